import { fill, terms } from '@gongjo/contract';
import { Link } from '@tanstack/react-router';
import { group } from '../format/amount.ts';
import { Address, Holder, Transaction } from '../parts/Address.tsx';
import { Amount, amountWords } from '../parts/Amount.tsx';
import { Fact } from '../parts/Fact.tsx';
import { Icon } from '../parts/Icon.tsx';
import { When } from '../parts/When.tsx';
import { useReader } from '../texts/language.tsx';
import { hopKey } from './columns.ts';
import { DetailActions, type DetailProps, HolderActions, TagSource } from './DetailActions.tsx';
import { hopMark } from './edits.ts';
import type { Ribbon } from './layout.ts';

/** The step that is pointed at or picked: amount, rule, certainty, transaction, source, and what can be done with it. */
export function HopDetail({ ribbon, isPicked, ...rest }: DetailProps & { readonly ribbon: Ribbon | null }) {
  const { t, say } = useReader();
  if (ribbon === null) return <p className="flow-detail soft small">{t.flow.pick}</p>;
  const { trace } = rest;
  const { hop } = ribbon;
  const asset = (id: string) => trace.assets.find((one) => one.id === id);
  return (
    <div className="flow-detail" data-testid="hop-detail">
      <dl>
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
          <span title={t.flow.ruleSays[hop.rule]}>{say(terms.rule[hop.rule])}</span>
          {isPicked ? <span className="small soft flow-rule">{t.flow.ruleSays[hop.rule]}</span> : null}
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
          {isPicked && hop.to !== null ? <TagSource trace={trace} address={hop.to} /> : null}
        </Fact>
        <Fact name={t.today.inTransaction}>
          <Transaction txid={hop.txid} />
          <span className="small soft">
            <When at={hop.time} /> · {fill(t.today.blockTime, { height: group(String(hop.height)) })}
          </span>
          {isPicked ? <span className="small soft">{fill(t.flow.place, { ord: hop.ord })}</span> : null}
        </Fact>
      </dl>
      {isPicked ? (
        <>
          <p className="visually-hidden">{t.flow.pinned}</p>
          <DetailActions mark={hopMark(hopKey(hop))} {...rest}>
            {hop.to === null || hop.rule === 'swap' ? null : <HolderActions address={hop.to} {...rest} />}
            <Link to="/trace" search={{ chain: trace.chain, start: hop.txid }}>
              {t.flow.traceTransaction}
            </Link>
          </DetailActions>
        </>
      ) : null}
    </div>
  );
}
