import type { AssetId, Text } from '@gongjo/contract';
import { endsReached, type Stop, type Trace } from '../../trace/index.ts';
import type { Finding } from './model.ts';

/** What the directory says of a token. */
export interface IssuerFacts {
  canFreeze(asset: AssetId): boolean;
  issuerOf(asset: AssetId): { readonly id: string; readonly name: Text; readonly countries: readonly string[] } | null;
}

const unspent: ReadonlySet<Stop['kind']> = new Set(['unspent']);

/**
 * `freezable-now`: followed value came to rest, outside of services, in a token whose issuer the directory says can freeze
 * it – be it moved there or swapped into the token. Harmony, January 2023: the thieves held a freezable token for minutes,
 * and those were enough where somebody watched. Tether's letter to the US Congress of 15 December 2023 tells how often
 * issuers do.
 *
 * Fails: where the directory is wrong or old (each issuer stands in it with source and date); issuers decide by their own
 * rules; a service's address that no tag names takes customers' value along.
 */
export function freezable(trace: Pick<Trace, 'hops' | 'stops'>, directory: IssuerFacts): Finding[] {
  return endsReached(trace, unspent).flatMap(({ hop, stop }) => {
    const issuer = directory.canFreeze(stop.asset) ? directory.issuerOf(stop.asset) : null;
    if (issuer === null || stop.address === null) return [];
    const { name, countries, id } = issuer;
    // A swap's hop is about what was given; what came back stands now.
    const back = hop.received.find(({ asset }) => asset === stop.asset);
    const at = back ? { ...hop, asset: back.asset, units: back.units, to: hop.from } : hop;
    return [{ rule: 'freezable-now', at, subject: stop.address, holder: { label: id, name, countries } }];
  });
}
