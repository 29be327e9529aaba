import type { Text, Tlp } from '@gongjo/contract';
import { GongjoError, instant } from '../kernel/index.ts';
import type { Clock, Db, Random } from '../platform/index.ts';
import type { Filled, Party, Selection } from '../sharing/index.ts';

/** A collection that accounts read and write, and that other servers are pushed from. */
export interface TaxiiCollection {
  readonly alias: string;
  readonly id: string;
  readonly title: Text;
  readonly description: Text | null;
  readonly selection: Selection;
  /** The level that an addition without a marking gets. */
  readonly unmarked: Tlp | 'refuse';
  readonly country: string;
  readonly agreement: string | null;
  readonly roles: readonly string[];
  readonly communities: readonly string[];
  /** Copies in it are marked at least this strictly; null: as they are. */
  readonly markFloor: Tlp | null;
  readonly createdAt: string;
}

/** The name under which decisions about a collection are kept. */
export const recipientOf = (alias: string) => `collection:${alias}`;

/** A collection as a recipient: it stands for everybody who may read it. */
export function partyOfCollection(collection: TaxiiCollection): Party {
  const { alias, title: name, country, agreement, roles, communities, markFloor } = collection;
  return {
    id: recipientOf(alias),
    kind: 'collection',
    name,
    country,
    agreement,
    roles,
    communities,
    markFloor: markFloor ?? 'clear',
  };
}

export type NewCollection = Omit<TaxiiCollection, 'id' | 'createdAt'>;

/** Each is filled for itself; a desk serves communities, not readers one by one. */
const collectionsMax = 200;

interface Row {
  alias: string;
  id: string;
  title: Text;
  description: Text | null;
  selection: Selection;
  unmarked: TaxiiCollection['unmarked'];
  country: string;
  agreement: string | null;
  roles: string[];
  communities: string[];
  mark_floor: TaxiiCollection['markFloor'];
  created_at: Date;
  filled_to: number;
  filled_basis: string;
}

/** Throws `collection-exists` for a name that is or was in use: what was decided under it would be read again. */
export async function addCollection(
  tx: Db,
  clock: Clock,
  random: Random,
  collection: NewCollection,
): Promise<TaxiiCollection> {
  const known = await listCollections(tx);
  if (known.length >= collectionsMax)
    throw new GongjoError('input-invalid', { detail: `more than ${collectionsMax} collections` });
  const used = await tx.query('select 1 from release_decisions where recipient = $1 limit 1', [
    recipientOf(collection.alias),
  ]);
  if (used.length > 0 || known.some(({ alias }) => alias === collection.alias))
    throw new GongjoError('collection-exists', { collection: collection.alias });
  await tx.query(
    `insert into taxii_collections (alias, id, title, description, selection, unmarked, country, agreement, roles, communities, mark_floor, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      collection.alias,
      random.uuid(),
      JSON.stringify(collection.title),
      collection.description && JSON.stringify(collection.description),
      JSON.stringify(collection.selection),
      collection.unmarked,
      collection.country,
      collection.agreement,
      JSON.stringify(collection.roles),
      JSON.stringify(collection.communities),
      collection.markFloor,
      instant(clock.now()),
    ],
  );
  return collectionNamed(tx, collection.alias);
}

export async function listCollections(db: Db): Promise<TaxiiCollection[]> {
  return (await db.query<Row>('select * from taxii_collections order by alias')).map(collectionOf);
}

/** By alias. */
export async function collectionNamed(db: Db, alias: string): Promise<TaxiiCollection> {
  const [row] = await db.query<Row>('select * from taxii_collections where alias = $1', [alias]);
  if (!row) throw new GongjoError('collection-unknown', { collection: alias });
  return collectionOf(row);
}

export async function removeCollection(tx: Db, alias: string): Promise<void> {
  const removed = await tx.query('delete from taxii_collections where alias = $1 returning alias', [alias]);
  if (removed.length === 0) throw new GongjoError('collection-unknown', { collection: alias });
}

/** How far it has been filled; null where it is gone. */
export async function filledTo(db: Db, alias: string): Promise<Filled | null> {
  const [row] = await db.query<Row>('select filled_to, filled_basis from taxii_collections where alias = $1', [alias]);
  return row ? { to: row.filled_to, basis: row.filled_basis } : null;
}

export async function keepFilled(tx: Db, alias: string, { to, basis }: Filled): Promise<void> {
  await tx.query('update taxii_collections set filled_to = $2, filled_basis = $3 where alias = $1', [alias, to, basis]);
}

function collectionOf(row: Row): TaxiiCollection {
  const { mark_floor, created_at, filled_to: _, filled_basis: __, ...same } = row;
  return { ...same, markFloor: mark_floor, createdAt: instant(created_at.getTime()) };
}

/** Who is behind an identifier of a collection; null for any other, and where it is gone. */
export async function findCollectionParty(db: Db, id: string): Promise<Party | null> {
  if (!id.startsWith(recipientOf(''))) return null;
  const [row] = await db.query<Row>('select * from taxii_collections where alias = $1', [
    id.slice(recipientOf('').length),
  ]);
  return row ? partyOfCollection(collectionOf(row)) : null;
}
