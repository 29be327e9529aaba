import { type Decoy, type IncidentDetail, terms } from '@gongjo/contract';
import { contractOf } from '../../format/symbol.ts';
import { Address, Transaction } from '../../parts/Address.tsx';
import { Amount } from '../../parts/Amount.tsx';
import { Filled } from '../../parts/Filled.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Section } from '../../parts/Section.tsx';
import { useReader } from '../../texts/language.tsx';

/** Movements that were made to mislead; seen, said, and not followed. */
export function Decoys({ incident }: { readonly incident: IncidentDetail }) {
  const { t } = useReader();
  const decoys = incident.trace?.decoys ?? [];
  return (
    <Section title={t.incident.decoys}>
      <ul className="panel lines">
        {decoys.length === 0 ? <li className="soft">{t.incident.decoysNone}</li> : null}
        {decoys.map((decoy) => (
          <DecoyLine
            key={`${decoy.txid} ${decoy.kind} ${decoy.from} ${decoy.to} ${decoy.asset} ${decoy.units}`}
            decoy={decoy}
            incident={incident}
          />
        ))}
      </ul>
    </Section>
  );
}

function DecoyLine({ decoy, incident }: { readonly decoy: Decoy; readonly incident: IncidentDetail }) {
  const { t, say } = useReader();
  const { from, to, imitates } = decoy;
  const known = [...incident.assets, ...(incident.trace?.assets ?? [])];
  const asset = known.find(({ id }) => id === decoy.asset);
  const contract = contractOf(decoy.asset);
  const imitated = known.find(({ id }) => id === imitates)?.symbol;
  return (
    <li data-testid="decoy">
      <span className="decoy-mark">
        <Icon name="act" size={14} />
      </span>
      <div>
        <p className="row">
          <strong>{say(terms.decoy[decoy.kind])}</strong>
          <Amount units={decoy.units} asset={asset} />
          {decoy.kind === 'look-alike-symbol' && contract !== null ? <Address address={contract} /> : null}
        </p>
        <p className="row small">
          {from === null ? null : <Address address={from} copy={false} />}
          <Icon name="arrow" size={12} />
          {to === null ? null : <Address address={to} copy={false} />}
          <Transaction txid={decoy.txid} />
        </p>
        {imitates === null ? null : (
          <p className="row small soft">
            <Filled text={t.incident.imitates} values={{ what: <Imitated what={imitates} symbol={imitated} /> }} />
          </p>
        )}
      </div>
    </li>
  );
}

/** An address, or a token by its symbol and its contract, as the symbol alone is what was imitated. */
function Imitated({ what, symbol }: { readonly what: string; readonly symbol: string | undefined }) {
  return (
    <>
      {symbol} <Address address={contractOf(what) ?? what} copy={false} />
    </>
  );
}
