import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { queries } from '../api/queries.ts';

/** The incidents that are exercises, so that whatever names one can be marked. */
export function useDrills(): ReadonlySet<string> {
  const incidents = useQuery(queries.incidents).data;
  return useMemo(() => new Set(incidents?.filter(({ drill }) => drill === true).map(({ id }) => id)), [incidents]);
}
