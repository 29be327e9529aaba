import { type AddressView, fill, type KnownAddress } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { queries } from '../../api/queries.ts';
import { lookAlikes, shorten } from '../../format/address.ts';
import { group } from '../../format/amount.ts';
import { AddressBookContext } from '../../parts/address-book.ts';
import { Fact } from '../../parts/Fact.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { ChainContext } from '../../parts/on-chain.ts';
import { usePageTitle } from '../../parts/page-title.ts';
import { Waiting } from '../../parts/Waiting.tsx';
import { useTimeLine, When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { WhatIsHere } from './Around.tsx';
import { Cluster } from './Cluster.tsx';
import { Counterparties, Holdings } from './Holdings.tsx';
import { KnownHead } from './KnownHead.tsx';
import { Poisoning } from './Poisoning.tsx';
import { Tags } from './Tags.tsx';
import './known.css';

/** Everything that the desk knows of one address: what the ledger holds, what lists say, and what its own work says. */
export function AddressPage() {
  const { chain, address } = useParams({ from: '/shell/address/$chain/$address' });
  const { t } = useReader();
  const known = useQuery(queries.knownAddress(chain, address));
  const ledger = useQuery({ ...queries.ledgerAddress(chain, address), enabled: known.data?.followed === true });
  usePageTitle(`${t.known.address} ${shorten(address)}`);
  const book = useMemo(() => {
    const others = (known.data?.alike ?? []).map((it) => it.address);
    const parties = (ledger.data?.counterparties ?? []).map((it) => it.address);
    return { names: new Map(), differsAt: lookAlikes([address, ...others, ...parties]) };
  }, [address, known.data, ledger.data]);
  if (known.data === undefined)
    return known.error === null ? (
      <Waiting heights={[64, 120, 200, 160]} />
    ) : (
      <Failure error={known.error} onRetry={() => void known.refetch()} />
    );
  return (
    <ChainContext value={known.data.chain}>
      <AddressBookContext value={book}>
        <div className="stack" data-testid="known-address">
          <Head known={known.data} view={ledger.data} />
          <Poisoning address={known.data.address} alike={known.data.alike} />
          {ledger.error === null || !known.data.followed ? null : (
            <Failure error={ledger.error} onRetry={() => void ledger.refetch()} />
          )}
          <div className="known-below">
            <div className="stack">
              <Tags history={known.data.history} />
              {ledger.data === undefined ? (
                ledger.isFetching ? (
                  <Waiting heights={[120, 160]} />
                ) : null
              ) : (
                <>
                  <Holdings view={ledger.data} />
                  <Cluster view={ledger.data} />
                  <Counterparties view={ledger.data} />
                </>
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

function Head({ known, view }: { readonly known: KnownAddress; readonly view: AddressView | undefined }) {
  const { t } = useReader();
  const timeLine = useTimeLine();
  const text = t.known;
  return (
    <KnownHead
      as="address"
      value={known.address}
      known={known}
      acts={
        <Link className="button-link" to="/watches">
          {text.watch}
        </Link>
      }
      below={
        view === undefined ? null : (
          <p className="soft small">
            {fill(text.asOf, {
              height: group(String(view.asOf.height)),
              time: timeLine(view.asOf.time),
              from: group(String(view.from)),
            })}{' '}
            {view.first === null ? text.never : ''} {view.truncated ? text.truncated : ''}
          </p>
        )
      }
    >
      {view?.first == null ? null : (
        <Fact name={text.first}>
          <When at={view.first.time} />
        </Fact>
      )}
      {view?.last == null ? null : (
        <Fact name={text.last}>
          <When at={view.last.time} />
        </Fact>
      )}
      {view === undefined ? null : <Fact name={text.transactions}>{group(String(view.transactions))}</Fact>}
    </KnownHead>
  );
}
