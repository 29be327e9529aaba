import type { Address, ChainId } from '@gongjo/contract';
import { originsOf } from '../cases/index.ts';
import { addressOn } from '../ledger/index.ts';
import type { Clock, Db } from '../platform/index.ts';
import { chainOf, type StixObject, walletPatternAddresses, watchables } from '../stix/index.ts';
import { watchOnly, watchSubjects, watchToo } from '../watch/index.ts';
import { type HeldObject, type HeldRow, heldColumns, heldOf, newestObjects } from './object.store.ts';

/** "This indicator belongs to this incident", said by whoever both came from. */
interface Link {
  readonly indicator: string;
  readonly incident: string;
}

const linkOf = (relationship: StixObject): Link => ({
  indicator: String(relationship.source_ref),
  incident: String(relationship.target_ref),
});

/** Watches the addresses of indicators for the incidents that they are now said to belong to, if both came from `origin`. */
export async function watchLinked(tx: Db, origin: string, relationships: readonly StixObject[]): Promise<void> {
  for (const { incident, chain, addresses } of await watchedBy(tx, origin, relationships.map(linkOf)))
    await watchToo(tx, chain, incident, 'indicator', addresses);
}

/**
 * What the patterns of an origin's indicators name, wallets aside that are watched on their chain, is noted: the subjects of
 * the newest version, none of one that is revoked or taken back. What cannot be watched is kept and shown with its reason.
 */
export async function watchNamed(tx: Db, clock: Clock, origin: string, indicators: readonly string[]): Promise<void> {
  if (indicators.length === 0) return;
  const newest = (await newestObjects(tx, origin, indicators)).filter(({ type }) => type === 'indicator');
  await watchSubjects(
    tx,
    clock,
    newest.map((held) => {
      const { pattern, pattern_type: language } = held.object;
      const subjects = isInUse(held) ? watchables(String(pattern), String(language)).subjects : [];
      return { origin, indicator: held.id, subjects };
    }),
  );
}

/** Watches anew for every incident that these objects of an origin have to do with: some of them changed, or are no more. */
export async function rewatch(tx: Db, origin: string, changed: readonly string[]): Promise<void> {
  if (changed.length === 0) return;
  const touched = await linksOf(tx, origin, { anyOf: changed });
  const incidents = [...new Set(touched.map(({ incident }) => incident))];
  if (incidents.length === 0) return;
  const links = await linksOf(tx, origin, { incidents });
  const watched = await watchedBy(
    tx,
    origin,
    links.filter(({ live }) => live),
  );
  const chains = await chainsWatched(tx, incidents);
  for (const { incident, chain } of chains) {
    const found = watched.find((it) => it.incident === incident && it.chain === chain);
    await watchOnly(tx, chain, incident, 'indicator', found?.addresses ?? []);
  }
  for (const { incident, chain, addresses } of watched) await watchToo(tx, chain, incident, 'indicator', addresses);
}

async function chainsWatched(tx: Db, incidents: readonly string[]): Promise<{ incident: string; chain: ChainId }[]> {
  return tx.query(
    `select distinct incident, chain from watched_addresses where incident = any($1) and source = 'indicator'`,
    [incidents],
  );
}

async function watchedBy(
  tx: Db,
  origin: string,
  links: readonly Link[],
): Promise<{ incident: string; chain: ChainId; addresses: Address[] }[]> {
  const origins = await originsOf(
    tx,
    links.map(({ incident }) => incident),
  );
  const gone = (await newestObjects(tx, origin, [...origins.keys()])).filter((it) => it.revoked || it.recalled);
  const past = new Set(gone.map(({ id }) => id));
  const theirs = links.filter(({ incident }) => origins.get(incident) === origin && !past.has(incident));
  const indicators = await newestObjects(
    tx,
    origin,
    theirs.map(({ indicator }) => indicator),
  );
  const byId = new Map(indicators.map((it) => [it.id, it]));
  const watched = new Map<string, { incident: string; chain: ChainId; addresses: Set<Address> }>();
  for (const { indicator: id, incident } of theirs) {
    const held = byId.get(id);
    const chain = held && isInUse(held) ? chainOf(held.object) : null;
    if (!held || !chain) continue;
    const key = `${chain} ${incident}`;
    const entry = watched.get(key) ?? { incident, chain, addresses: new Set() };
    for (const text of walletPatternAddresses(String(held.object.pattern)) ?? []) {
      const address = addressOn(chain, text);
      if (address) entry.addresses.add(address);
    }
    watched.set(key, entry);
  }
  return [...watched.values()].map((it) => ({ ...it, addresses: [...it.addresses] }));
}

function isInUse({ type, revoked, recalled }: HeldObject): boolean {
  return type === 'indicator' && !revoked && !recalled;
}

async function linksOf(
  tx: Db,
  origin: string,
  which: { readonly anyOf: readonly string[] } | { readonly incidents: readonly string[] },
): Promise<(Link & { readonly live: boolean })[]> {
  const where =
    'anyOf' in which
      ? `(id = any($2) or body::jsonb ->> 'source_ref' = any($2) or body::jsonb ->> 'target_ref' = any($2))`
      : `body::jsonb ->> 'target_ref' = any($2)`;
  const rows = await tx.query<HeldRow>(
    `select distinct on (id) ${heldColumns} from shared_objects where origin = $1 and type = 'relationship' and ${where}
     order by id, nullif(modified, '')::timestamptz desc, added_seq desc`,
    [origin, 'anyOf' in which ? which.anyOf : which.incidents],
  );
  return rows.map(heldOf).map((it) => ({ ...linkOf(it.object), live: !it.revoked && !it.recalled }));
}
