import type { AccountTransactionView, AssetId } from '@gongjo/contract';
import { amountLine } from '../../format/amount.ts';
import { Address } from '../../parts/Address.tsx';
import { Amount } from '../../parts/Amount.tsx';
import { useAddressBook } from '../../parts/address-book.ts';
import { CsvButton } from '../../parts/CsvButton.tsx';
import { Section } from '../../parts/Section.tsx';
import { useReader } from '../../texts/language.tsx';

/** What a transaction of a chain of accounts moved, in its order. */
export function Movements({ view }: { readonly view: AccountTransactionView }) {
  const { t } = useReader();
  const { column, movement: kinds, ...text } = t.known;
  const assetOf = (id: AssetId) => view.assets.find((it) => it.id === id);
  const kindOf = (kind: string) => (kind in kinds ? kinds[kind as keyof typeof kinds] : kind);
  const rows = () => [
    [column.index, column.kind, column.from, column.to, column.asset, column.amount],
    ...view.movements.map(({ ord, kind, from, to, asset, units }) => [
      String(ord),
      kindOf(kind),
      from ?? '',
      to ?? '',
      asset,
      amountLine(units, assetOf(asset)?.decimals ?? 0),
    ]),
  ];
  return (
    <Section title={text.movements} aside={<CsvButton name={text.csvMovements} rows={rows} />}>
      <div className="panel table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{column.from}</th>
              <th scope="col">{column.to}</th>
              <th scope="col" className="number">
                {column.amount}
              </th>
              <th scope="col">{column.kind}</th>
            </tr>
          </thead>
          <tbody>
            {view.movements.map(({ ord, kind, from, to, asset, units }) => (
              <tr key={ord} data-testid="known-movement">
                <td>{from === null ? text.newCoins : <Named address={from} />}</td>
                <td>{to === null ? kind === 'burn' ? kindOf(kind) : t.flow.burned : <Named address={to} />}</td>
                <td className="number">
                  <Amount units={units} asset={assetOf(asset)} exact />
                </td>
                <td className="nowrap">{kindOf(kind)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {view.tags.length === 0 ? null : (
        <p className="soft small below">{view.tags.map(({ label, source }) => `${label} (${source})`).join(' · ')}</p>
      )}
    </Section>
  );
}

/** An address with who stands there, where a list says so. */
export function Named({ address }: { readonly address: string }) {
  const { say } = useReader();
  const name = useAddressBook().names.get(address);
  return (
    <>
      <Address address={address} />
      {name === undefined ? null : <div className="soft small">{say(name)}</div>}
    </>
  );
}
