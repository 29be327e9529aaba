import type { AssetId, Freezer, Tag, Totals } from '@gongjo/contract';
import type { Directory } from '../directory/index.ts';
import type { Stop, Trace } from '../trace/index.ts';

/** Who holds other people's value and so can be asked to keep it. Contracts (`dex`, `defi`, `bridge`) have no such keeper. */
const custodians: ReadonlySet<Tag['category']> = new Set([
  'exchange',
  'wallet',
  'payment',
  'gambling',
  'market',
  'service',
]);

/** Where nobody can hold it back any more, but for the issuer of a token. */
const lost: ReadonlySet<Stop['kind']> = new Set(['mixer', 'coinjoin', 'fee', 'burned']);
/** Where not even the issuer can. */
const gone: ReadonlySet<Stop['kind']> = new Set(['fee', 'burned']);

/** Who could freeze what stands at a stop of a forward trace. `docs/tracing.md` states the rule. */
export function freezerOf({ kind, asset, tag }: Pick<Stop, 'kind' | 'asset' | 'tag'>, directory: Directory): Freezer {
  if (kind === 'service' && tag !== null && custodians.has(tag.category)) return 'holder';
  if (!gone.has(kind) && directory.canFreeze(asset)) return 'issuer';
  return lost.has(kind) ? 'none' : 'unknown';
}

/** Under whose law a holder stands: the directory's word, else an actor pack's where it names one country alone. */
export function countryOf(directory: Directory, { actor, holder }: Tag): string | null {
  const [country, ...others] = holder?.countries ?? [];
  return directory.countryOf(actor) ?? (others.length === 0 ? (country ?? null) : null);
}

/** "Where is it now?" in sums: every unit at a stop is in each of the lists once. */
export function totalsOf({ stops, question }: Pick<Trace, 'stops' | 'question'>, directory: Directory): Totals {
  const country = ({ tag }: Stop) => (tag === null ? null : countryOf(directory, tag));
  return {
    byStop: sums(stops, ({ kind }) => kind).map(({ key, ...total }) => ({ stop: key, ...total })),
    byCountry: sums(stops, country).map(({ key, ...total }) => ({ country: key, ...total })),
    byFreezer:
      question.direction === 'backward'
        ? null
        : sums(stops, (stop) => freezerOf(stop, directory)).map(({ key, ...total }) => ({ freezer: key, ...total })),
  };
}

interface Sum<K> {
  readonly key: K;
  readonly asset: AssetId;
  readonly units: string;
  readonly sharePpm: number;
}

function sums<K extends string | null>(stops: readonly Stop[], keyOf: (stop: Stop) => K): Sum<K>[] {
  const assets = Map.groupBy(stops, ({ asset }) => asset);
  return [...assets].sort(compareKeys).flatMap(([asset, all]) => {
    const add = (some: readonly Stop[]) => some.reduce((sum, { units }) => sum + units, 0n);
    const whole = add(all);
    const share = (units: bigint) => (whole === 0n ? 0 : Number((units * 1_000_000n) / whole));
    return [...Map.groupBy(all, keyOf)]
      .map(([key, some]) => ({ key, units: add(some) }))
      .sort((a, b) => (a.units === b.units ? compareKeys([a.key], [b.key]) : a.units < b.units ? 1 : -1))
      .map(({ key, units }) => ({ key, asset, units: String(units), sharePpm: share(units) }));
  });
}

function compareKeys([a]: readonly [string | null, ...unknown[]], [b]: readonly [string | null, ...unknown[]]): number {
  return (a ?? '') < (b ?? '') ? -1 : 1;
}
