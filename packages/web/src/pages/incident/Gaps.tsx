import { type Gap, terms } from '@gongjo/contract';
import { group } from '../../format/amount.ts';
import { Holder, Transaction } from '../../parts/Address.tsx';
import { Filled } from '../../parts/Filled.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Section } from '../../parts/Section.tsx';
import { useReader } from '../../texts/language.tsx';

/** What the trace could not see, each in one sentence. */
export function Gaps({ gaps }: { readonly gaps: readonly Gap[] }) {
  const { t, say } = useReader();
  return (
    <Section title={t.incident.gaps}>
      <ul className="panel lines">
        {gaps.length === 0 ? <li className="soft">{t.incident.gapsNone}</li> : null}
        {gaps.map(({ kind, address, txid, number }) => (
          <li key={`${kind} ${address} ${txid} ${number}`} data-testid="gap">
            <span className="gap-mark">
              <Icon name="know" size={14} />
            </span>
            <span>
              <Filled
                text={say(terms.gap[kind])}
                values={{
                  address: address === null ? t.common.unnamed : <Holder address={address} />,
                  txid: txid === null ? t.common.unnamed : <Transaction txid={txid} copy={false} />,
                  number: number === null ? t.common.none : group(String(number)),
                }}
              />
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
