import { fill, type Trace, terms } from '@gongjo/contract';
import type { ReactNode } from 'react';
import { group } from '../format/amount.ts';
import { Address, Holder, Transaction } from '../parts/Address.tsx';
import { Amount, amountWords } from '../parts/Amount.tsx';
import { Icon } from '../parts/Icon.tsx';
import { When } from '../parts/When.tsx';
import { useReader } from '../texts/language.tsx';
import type { Ribbon } from './layout.ts';

/** The step that is pointed at: amount, rule, certainty, transaction. Its room is kept, so that pointing moves nothing. */
export function HopDetail({
  ribbon,
  trace,
  pinned,
}: {
  readonly ribbon: Ribbon | null;
  readonly trace: Trace;
  readonly pinned: boolean;
}) {
  const { t, say } = useReader();
  if (ribbon === null) {
    return <p className="flow-detail soft small">{t.flow.pick}</p>;
  }
  const { hop } = ribbon;
  const asset = (id: string) => trace.assets.find((one) => one.id === id);
  return (
    <dl className="flow-detail" data-testid="hop-detail">
      <Fact name={hop.rule === 'lead' ? say(terms.rule.lead) : t.flow.amount}>
        <Amount units={hop.units} asset={asset(hop.asset)} exact />
        {hop.units === hop.movementUnits ? null : (
          <span className="soft small">
            {fill(t.flow.ofMovement, { amount: amountWords(hop.movementUnits, asset(hop.asset)) })}
          </span>
        )}
      </Fact>
      {hop.received.length === 0 ? null : (
        <Fact name={t.flow.received}>
          {hop.received.map(({ asset: id, units }) => (
            <Amount key={id} units={units} asset={asset(id)} exact />
          ))}
        </Fact>
      )}
      <Fact name={`${t.flow.rule} · ${t.flow.certainty}`}>
        <span>{say(terms.rule[hop.rule])}</span>
        <span className={`small ${hop.certainty === 'exact' ? 'soft' : 'warn-text'}`}>
          {say(terms.certainty[hop.certainty])}
        </span>
      </Fact>
      <Fact name={`${t.today.from} → ${hop.rule === 'swap' ? t.flow.via : t.today.to}`}>
        <span className="row">
          {hop.from === null ? t.flow.unknown : <Address address={hop.from} />}
          <Icon name="arrow" size={12} />
          {hop.to === null ? hop.rule === 'fee' ? t.flow.fee : t.flow.burned : <Address address={hop.to} />}
        </span>
        {hop.to === null ? null : (
          <span className="small soft">
            <Holder address={hop.to} />
          </span>
        )}
      </Fact>
      <Fact name={t.today.inTransaction}>
        <Transaction txid={hop.txid} />
        <span className="small soft">
          <When at={hop.time} /> · {fill(t.today.blockTime, { height: group(String(hop.height)) })}
        </span>
      </Fact>
      {pinned ? <p className="visually-hidden">{t.flow.pinned}</p> : null}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
