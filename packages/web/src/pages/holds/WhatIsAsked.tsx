import { type Hold, holdTerms } from '@gongjo/contract';
import { Address } from '../../parts/Address.tsx';
import { Amount } from '../../parts/Amount.tsx';
import { Fact } from '../../parts/Fact.tsx';
import { useReader } from '../../texts/language.tsx';

type Amounts = Hold['progress']['held'];

/** What a request says and what is held of it: the same lines for whoever asks and whoever is asked. */
export function WhatIsAsked({ facts, held }: { readonly facts: Hold['facts']; readonly held: Amounts }) {
  const { t, say, count } = useReader();
  const text = t.holds;
  const { chain, signatory } = facts;
  const amounts = (list: Amounts) =>
    list.map(({ asset, units }) => {
      const known = facts.amounts.find((it) => it.asset === asset);
      return known === undefined ? null : (
        <div key={asset}>
          <Amount units={units} asset={{ id: asset, symbol: known.symbol, decimals: known.decimals }} exact />
        </div>
      );
    });
  return (
    <>
      <Fact name={text.amounts}>
        {amounts(facts.amounts)}
        {facts.amountsMore > 0 ? <div className="soft small">{count(text.amountsMore, facts.amountsMore)}</div> : null}
      </Fact>
      {held.length === 0 ? null : <Fact name={text.held}>{amounts(held)}</Fact>}
      <Fact name={text.address}>
        <Address address={facts.address} chain={chain} />
      </Fact>
      {facts.hopBefore === null ? null : (
        <Fact name={text.hopBefore}>
          <Address address={facts.hopBefore} chain={chain} />
        </Fact>
      )}
      <Fact name={text.transactions}>{count(text.transactionCount, facts.transactions.length)}</Fact>
      <Fact name={text.scope}>{say(holdTerms.scope[facts.scope])}</Fact>
      <Fact name={text.duration}>{count(text.days, facts.days)}</Fact>
      <Fact name={text.customer}>{facts.reference ?? text.notSaid}</Fact>
      <Fact name={text.caseNumber}>{facts.caseNumber ?? text.notSaid}</Fact>
      <Fact name={text.legalBasis}>{facts.legalBasis === null ? text.notSaid : say(facts.legalBasis)}</Fact>
      <Fact name={text.disclosure}>
        {facts.disclosure
          ? [text.disclosureAsked, facts.disclosureBasis === null ? text.notSaid : say(facts.disclosureBasis)].join(
              ': ',
            )
          : text.notSaid}
      </Fact>
      <Fact name={text.signatory}>
        {signatory === null ? text.notSaid : `${say(signatory.name)}, ${say(signatory.title)}`}
      </Fact>
    </>
  );
}
