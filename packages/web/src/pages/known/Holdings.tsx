import type { AddressView, AssetId } from '@gongjo/contract';
import { amountLine } from '../../format/amount.ts';
import { Address } from '../../parts/Address.tsx';
import { Amount } from '../../parts/Amount.tsx';
import { CsvButton } from '../../parts/CsvButton.tsx';
import { Scroll } from '../../parts/Scroll.tsx';
import { Section } from '../../parts/Section.tsx';
import { useReader } from '../../texts/language.tsx';

/** What it holds of each asset, received and spent. A ledger that begins late may have seen more spent than received. */
export function Holdings({ view }: { readonly view: AddressView }) {
  const { t } = useReader();
  const { column, ...text } = t.known;
  const assetOf = (id: AssetId) => view.assets.find((it) => it.id === id);
  if (view.holdings.length === 0) return null;
  return (
    <Section title={text.holdings}>
      <Scroll className="panel" label={text.holdings}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col" className="number">
                {column.balance}
              </th>
              <th scope="col" className="number">
                {column.received}
              </th>
              <th scope="col" className="number">
                {column.spent}
              </th>
            </tr>
          </thead>
          <tbody>
            {view.holdings.map(({ asset, balanceUnits, receivedUnits, spentUnits }) => (
              <tr key={asset} data-testid="known-holding">
                <td className="number">
                  {balanceUnits.startsWith('-') ? '−' : ''}
                  <Amount units={balanceUnits.replace('-', '')} asset={assetOf(asset)} exact />
                </td>
                <td className="number">
                  <Amount units={receivedUnits} asset={assetOf(asset)} exact />
                </td>
                <td className="number">
                  <Amount units={spentUnits} asset={assetOf(asset)} exact />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Section>
  );
}

/** Whom it dealt with. */
export function Counterparties({ view }: { readonly view: AddressView }) {
  const { t, count } = useReader();
  const { column, ...text } = t.known;
  const assetOf = (id: AssetId) => view.assets.find((it) => it.id === id);
  if (view.counterparties.length === 0) return null;
  const plain = (units: string, id: AssetId) => amountLine(units, assetOf(id)?.decimals ?? 0);
  const rows = () => [
    [column.address, column.asset, column.gave, column.took, column.transactions],
    ...view.counterparties.map((it) => [
      it.address,
      it.asset,
      plain(it.gaveUnits, it.asset),
      plain(it.tookUnits, it.asset),
      String(it.transactions),
    ]),
  ];
  return (
    <Section title={text.counterparties} aside={<CsvButton name={text.csvParties} rows={rows} />}>
      <div className="panel table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{column.address}</th>
              <th scope="col" className="number">
                {column.gave}
              </th>
              <th scope="col" className="number">
                {column.took}
              </th>
              <th scope="col" className="number">
                {column.transactions}
              </th>
            </tr>
          </thead>
          <tbody>
            {view.counterparties.map(({ address, asset, gaveUnits, tookUnits, transactions }) => (
              <tr key={`${address} ${asset}`} data-testid="known-party">
                <td>
                  <Address address={address} />
                </td>
                <td className="number">
                  {gaveUnits === '0' ? '' : <Amount units={gaveUnits} asset={assetOf(asset)} />}
                </td>
                <td className="number">
                  {tookUnits === '0' ? '' : <Amount units={tookUnits} asset={assetOf(asset)} />}
                </td>
                <td className="number">{transactions}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {view.counterpartiesMore === 0 ? null : (
        <p className="soft small below">{count(text.moreParties, view.counterpartiesMore)}</p>
      )}
    </Section>
  );
}
