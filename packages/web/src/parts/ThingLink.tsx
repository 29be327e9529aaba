import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useChain } from './on-chain.ts';

/**
 * The way to all that is known of an address or a transaction: its page, or, where the chain is not known here, the search for
 * it. Nothing is asked for before it is followed, for it says to a desk's record what its reader is about.
 */
export function ThingLink({
  as,
  value,
  chain,
  children,
}: {
  readonly as: 'address' | 'transaction';
  readonly value: string;
  readonly chain?: string | undefined;
  readonly children: ReactNode;
}) {
  const around = useChain();
  const on = chain ?? around;
  if (on === null)
    return (
      <Link to="/search" search={{ q: value }} preload={false} className="thing-link">
        {children}
      </Link>
    );
  if (as === 'address')
    return (
      <Link to="/address/$chain/$address" params={{ chain: on, address: value }} preload={false} className="thing-link">
        {children}
      </Link>
    );
  return (
    <Link to="/transaction/$chain/$txid" params={{ chain: on, txid: value }} preload={false} className="thing-link">
      {children}
    </Link>
  );
}
