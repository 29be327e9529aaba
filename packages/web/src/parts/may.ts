import type { Right } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../api/queries.ts';

/**
 * Whether the reader may do something: what they may not is not shown. The desk decides anew at each request; this only
 * spares the reader a refusal. Until it is known who the reader is, nothing may be done.
 */
export function useMay(): (right: Right) => boolean {
  const rights = useQuery(queries.me).data?.rights;
  return (right) => rights?.includes(right) ?? false;
}
