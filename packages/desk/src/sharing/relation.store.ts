import type { HeldObjectDetail } from '@gongjo/contract';
import { instant } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';

/** A page shows these; a hub of a graph can have thousands. */
const relationsMax = 200;

type Relation = NonNullable<HeldObjectDetail['relations']>[number];

/** How many sightings say that each of these was seen; the line of a sighting is what it saw. */
export async function sightingCounts(db: Db, ids: readonly string[]): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await db.query<{ label: string; count: number }>(
    `select label, count(distinct id)::integer as count from shared_objects where type = 'sighting' and label = any($1) group by label`,
    [ids],
  );
  return new Map(rows.map(({ label, count }) => [label, count]));
}

/** Relationships that begin or end at an object, and sightings of it, with what they join it with. */
export async function relationsOf(db: Db, id: string): Promise<Relation[]> {
  const rows = await db.query<{ id: string; type: string; body: string; added_at: Date }>(
    `select distinct on (id) id, type, body, added_at from (
       select * from shared_objects where type = 'sighting' and label = $1
       union all select * from (select * from shared_objects
         where to_tsvector('simple', label) @@ phraseto_tsquery('simple', $1) offset 0) as r where type = 'relationship' and not revoked) as found
     order by id, added_seq desc limit ${relationsMax}`,
    [id],
  );
  const found = rows.flatMap((row) => {
    const {
      source_ref: source,
      target_ref: target,
      relationship_type: kind,
      where_sighted_refs: where,
    } = JSON.parse(row.body) as Readonly<Record<string, unknown>>;
    const at = instant(row.added_at.getTime());
    if (row.type === 'sighting') {
      const [seen] = Array.isArray(where) ? where : [];
      return [{ id: row.id, kind: 'sighting', outward: false, other: typeof seen === 'string' ? seen : row.id, at }];
    }
    if (source !== id && target !== id) return [];
    return [
      { id: row.id, kind: String(kind), outward: source === id, other: String(source === id ? target : source), at },
    ];
  });
  const labels = await labelsOf(
    db,
    found.map(({ other }) => other),
  );
  return found
    .map((it) => ({
      ...it,
      other: { id: it.other, type: it.other.slice(0, it.other.indexOf('--')), label: labels.get(it.other) ?? null },
    }))
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

async function labelsOf(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.query<{ id: string; label: string }>(
    'select distinct on (id) id, label from shared_objects where id = any($1) order by id, added_seq desc',
    [ids],
  );
  return new Map(rows.map(({ id, label }) => [id, label]));
}
