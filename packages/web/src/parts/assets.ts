import type { Asset } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { queries } from '../api/queries.ts';

/** What is known of an asset from any incident here: a measure counts all parts of an incident, each on its own chain. */
export function useAssetOf(): (id: string) => Asset | undefined {
  const incidents = useQuery(queries.incidents).data;
  const known = useMemo(
    () => new Map<string, Asset>(incidents?.flatMap(({ assets }) => assets.map((asset) => [asset.id, asset]))),
    [incidents],
  );
  return (id) => known.get(id);
}
