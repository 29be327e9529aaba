import { fill } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { queries } from '../../api/queries.ts';
import type { TransactionView } from '../../api/search.client.ts';
import { lookAlikes, shorten } from '../../format/address.ts';
import { group } from '../../format/amount.ts';
import { AddressBookContext } from '../../parts/address-book.ts';
import { Fact } from '../../parts/Fact.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { ChainContext } from '../../parts/on-chain.ts';
import { usePageTitle } from '../../parts/page-title.ts';
import { Waiting } from '../../parts/Waiting.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { WhatIsHere } from './Around.tsx';
import { KnownHead } from './KnownHead.tsx';
import { Movements } from './Movements.tsx';
import { Outputs } from './Outputs.tsx';
import './known.css';

/** Everything that the desk knows of one transaction. */
export function TransactionPage() {
  const { chain, txid } = useParams({ from: '/shell/transaction/$chain/$txid' });
  const { t } = useReader();
  const known = useQuery(queries.knownTransaction(chain, txid));
  const ledger = useQuery({ ...queries.ledgerTransaction(chain, txid), enabled: known.data?.followed === true });
  usePageTitle(`${t.known.transaction} ${shorten(txid)}`);
  const view = ledger.data;
  const book = useMemo(() => bookOf(view), [view]);
  if (known.data === undefined)
    return known.error === null ? (
      <Waiting heights={[64, 120, 200]} />
    ) : (
      <Failure error={known.error} onRetry={() => void known.refetch()} />
    );
  const text = t.known;
  const { followed } = known.data;
  return (
    <ChainContext value={known.data.chain}>
      <AddressBookContext value={book}>
        <div className="stack" data-testid="known-transaction">
          <KnownHead as="transaction" value={known.data.txid} known={known.data}>
            {view === undefined ? null : (
              <Fact name={fill(text.block, { height: group(String(view.height)) })}>
                <When at={view.time} />
              </Fact>
            )}
          </KnownHead>
          {ledger.error === null || !followed ? null : (
            <Failure error={ledger.error} onRetry={() => void ledger.refetch()} />
          )}
          <div className="known-below">
            <div className="stack">
              {view === undefined ? (
                ledger.isFetching ? (
                  <Waiting heights={[180]} />
                ) : null
              ) : 'movements' in view ? (
                <Movements view={view} />
              ) : (
                <Outputs view={view} />
              )}
            </div>
            <div className="stack">
              <WhatIsHere known={known.data} />
            </div>
          </div>
        </div>
      </AddressBookContext>
    </ChainContext>
  );
}

function bookOf(view: TransactionView | undefined) {
  const ends =
    view === undefined
      ? []
      : 'movements' in view
        ? view.movements.flatMap(({ from, to }) => [from, to])
        : [...view.inputs, ...view.outputs].map(({ address }) => address);
  const names = new Map((view?.tags ?? []).map(({ address, label }) => [address as string, { en: label, ko: label }]));
  return { names, differsAt: lookAlikes(ends.filter((it) => it !== null)) };
}
