import { useQuery } from '@tanstack/react-query';
import { queries } from '../api/queries.ts';

/** What the operator calls a chain, else its identifier. */
export function useChainName(): (chain: string) => string {
  const chains = useQuery(queries.status).data?.chains;
  return (chain) => chains?.find((one) => one.chain === chain)?.name ?? chain;
}
