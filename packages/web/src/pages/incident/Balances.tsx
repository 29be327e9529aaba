import type { Balance, IncidentDetail } from '@gongjo/contract';
import { fill } from '@gongjo/contract';
import { balanceOf } from '../../format/balance.ts';
import { Amount, amountWords } from '../../parts/Amount.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Section } from '../../parts/Section.tsx';
import { useReader } from '../../texts/language.tsx';

/** Value in equals value out, shown for each asset with its numbers, and checked here once more. */
export function Balances({ incident }: { readonly incident: IncidentDetail }) {
  const { t } = useReader();
  const balances = incident.trace?.balances ?? [];
  if (balances.length === 0) return null;
  const words = t.incident.balance;
  return (
    <Section title={t.incident.balances}>
      <div className="panel table-scroll">
        <table className="table balances">
          <tbody>
            {balances.map((balance) => (
              <BalanceLine key={balance.asset} balance={balance} incident={incident} words={words} />
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function BalanceLine({
  balance,
  incident,
  words,
}: {
  readonly balance: Balance;
  readonly incident: IncidentDetail;
  readonly words: ReturnType<typeof useReader>['t']['incident']['balance'];
}) {
  const asset = incident.trace?.assets.find(({ id }) => id === balance.asset);
  const { standing, difference } = balanceOf(balance);
  const side = (units: string, name: string) => (
    <span className="balance-side">
      <span className="soft small">{name}</span>
      <Amount units={units} asset={asset} />
    </span>
  );
  return (
    <tr data-testid="balance" data-even={difference === 0n}>
      <td>
        <div className="balance">
          {balance.lead === '0' && balance.swappedIn !== '0' ? null : side(balance.lead, words.lead)}
          {balance.lead === '0' || balance.swappedIn === '0' ? null : <span aria-hidden="true">+</span>}
          {balance.swappedIn === '0' ? null : side(balance.swappedIn, words.swappedIn)}
          <span aria-hidden="true">=</span>
          {balance.swappedOut === '0' ? null : side(balance.swappedOut, words.swappedOut)}
          {balance.swappedOut === '0' ? null : <span aria-hidden="true">+</span>}
          {side(String(standing), words.standing)}
        </div>
      </td>
      <td>
        {difference === 0n ? (
          <span className="chip good">
            <Icon name="check" size={12} />
            {words.even}
          </span>
        ) : (
          <span className="chip act balance-off">
            {fill(words.uneven, { amount: amountWords(String(difference < 0n ? -difference : difference), asset) })}
          </span>
        )}
      </td>
    </tr>
  );
}
