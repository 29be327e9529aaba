import { terms, type UtxoTransactionView } from '@gongjo/contract';
import { Transaction } from '../../parts/Address.tsx';
import { Amount } from '../../parts/Amount.tsx';
import { Section } from '../../parts/Section.tsx';
import { useReader } from '../../texts/language.tsx';
import { Named } from './Movements.tsx';

/** What a transaction of a chain of outputs spends and makes. */
export function Outputs({ view }: { readonly view: UtxoTransactionView }) {
  const { t, say } = useReader();
  const { column, ...text } = t.known;
  return (
    <>
      {view.verdicts.length === 0 ? null : (
        <Section title={text.looksLike}>
          <p className="panel line-list row">
            {view.verdicts.map(({ kind }) => (
              <span key={kind} className="chip warn">
                {say(terms.verdict[kind])}
              </span>
            ))}
          </p>
        </Section>
      )}
      <Section
        title={text.inputs}
        aside={
          view.feeUnits === null ? null : (
            <span className="soft small">
              {text.fee} <Amount units={view.feeUnits} asset={view.asset} exact />
            </span>
          )
        }
      >
        <div className="panel table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{column.address}</th>
                <th scope="col" className="number">
                  {column.amount}
                </th>
                <th scope="col">{column.of}</th>
              </tr>
            </thead>
            <tbody>
              {view.inputs.map(({ address, units, of }, index) => {
                const key = `${of?.txid} ${of?.index ?? index}`;
                return (
                  <tr key={key}>
                    <td>
                      {address === null ? of === null ? text.newCoins : text.noAddress : <Named address={address} />}
                    </td>
                    <td className="number">
                      {units === null ? t.common.none : <Amount units={units} asset={view.asset} exact />}
                    </td>
                    <td>{of === null ? t.common.none : <Transaction txid={of.txid} />}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </Section>
      <Section title={text.outputs}>
        <div className="panel table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{column.address}</th>
                <th scope="col" className="number">
                  {column.amount}
                </th>
                <th scope="col">{column.spentBy}</th>
              </tr>
            </thead>
            <tbody>
              {view.outputs.map(({ address, units, spentBy }, index) => {
                const key = `${index}`;
                return (
                  <tr key={key}>
                    <td>{address === null ? text.noAddress : <Named address={address} />}</td>
                    <td className="number">
                      <Amount units={units} asset={view.asset} exact />
                    </td>
                    <td>
                      {spentBy === null ? (
                        <span className="soft">{text.unspent}</span>
                      ) : (
                        <Transaction txid={spentBy.txid} />
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      </Section>
    </>
  );
}
