import type { HeldObjectDetail, HeldObjectView } from '@gongjo/contract';
import { instant } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { sightingCounts } from './relation.store.ts';

/** Which objects are asked for; what is left out does not count. */
export interface ObjectFilter {
  readonly ids?: readonly string[] | undefined;
  readonly type?: string | undefined;
  readonly origin?: string | undefined;
  readonly incident?: string | undefined;
  /** Part of the identifier or of the line that people know the object by. */
  readonly text?: string | undefined;
}

/** A page of the list, and what an export reads at once. */
export const objectsPageMax = 500;

export interface ListedRow {
  added_seq: number;
  id: string;
  type: string;
  label: string;
  modified: string;
  origin: string;
  tlp: HeldObjectView['tlp'];
  incident: string | null;
  revoked: boolean;
  recalled_at: Date | null;
  added_at: Date;
  sha256: string;
  delivery: string | null;
  body?: string;
}

export const listedColumns =
  'o.added_seq, o.id, o.type, o.label, o.modified, o.origin, o.tlp, o.incident, o.revoked, o.recalled_at, o.added_at, o.sha256, o.delivery';

function filtered({ ids, type, origin, incident, text }: ObjectFilter, params: unknown[]): string {
  const conditions: string[] = [];
  const add = (condition: (place: string) => string, value: unknown) =>
    conditions.push(condition(`$${params.push(value)}`));
  if (ids) add((at) => `o.id = any(${at})`, ids);
  if (type !== undefined) add((at) => `o.type = ${at}`, type);
  if (origin !== undefined) add((at) => `o.origin = ${at}`, origin);
  if (incident !== undefined) add((at) => `o.incident = ${at}`, incident);
  if (text !== undefined) add((at) => `strpos(lower(o.label || ' ' || o.id), lower(${at})) > 0`, text);
  return conditions.map((it) => ` and ${it}`).join('');
}

/** The newest version of each object from each origin, what came last first, after a cursor. */
export async function listObjects(
  db: Db,
  filter: ObjectFilter,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<{ readonly objects: readonly HeldObjectView[]; readonly next: number | null }> {
  const params: unknown[] = [before, limit + 1];
  const where = filtered(filter, params);
  const rows = await db.query<ListedRow>(
    `select ${listedColumns} from shared_objects o
     where ($1::integer is null or o.added_seq < $1)${where}
       and not exists (select 1 from shared_objects n where n.id = o.id and n.origin = o.origin and n.added_seq > o.added_seq)
     order by o.added_seq desc limit $2`,
    params,
  );
  const sightings = await sightingCounts(
    db,
    rows.slice(0, limit).map(({ id }) => id),
  );
  const objects = rows.slice(0, limit).map((row) => ({ ...viewOf(row), sightings: sightings.get(row.id) ?? 0 }));
  return { objects, next: rows.length > limit ? (objects.at(-1)?.seq ?? null) : null };
}

/** Every version as it came, in the order of coming, after a cursor: canonical JSON, byte for byte. */
export async function exportObjects(
  db: Db,
  filter: ObjectFilter,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<{ readonly bodies: readonly string[]; readonly next: number | null }> {
  const params: unknown[] = [after, limit + 1];
  const where = filtered(filter, params);
  const rows = await db.query<{ added_seq: number; body: string }>(
    `select o.added_seq, o.body from shared_objects o where o.added_seq > $1${where} order by o.added_seq limit $2`,
    params,
  );
  const page = rows.slice(0, limit);
  return {
    bodies: page.map(({ body }) => body),
    next: rows.length > limit ? (page.at(-1)?.added_seq ?? null) : null,
  };
}

export async function versionsListed(db: Db, id: string): Promise<HeldObjectDetail['versions']> {
  const rows = await db.query<ListedRow>(
    `select ${listedColumns}, o.body from shared_objects o where o.id = $1 order by o.added_seq desc limit $2`,
    [id, objectsPageMax],
  );
  return rows.map((row) => ({
    ...viewOf(row),
    delivery: row.delivery,
    body: JSON.parse(row.body ?? '{}') as Record<string, unknown>,
  }));
}

/** Who was decided to get an object, newest first, with the receipts of deliveries that carried it. */
export async function recipientsListed(db: Db, id: string): Promise<HeldObjectDetail['recipients']> {
  const rows = await db.query<{
    recipient: string;
    modified: string;
    origin: string;
    outcome: string;
    released: boolean;
    withdrawn_at: Date | null;
    profile: string | null;
    removed: string[];
    purpose: string;
    legal_basis: string | null;
    decided_at: Date;
    reasons: HeldObjectDetail['recipients'][number]['reasons'];
    receipts: HeldObjectDetail['recipients'][number]['receipts'];
  }>(
    `select d.recipient, d.modified, d.origin, d.outcome, d.released, d.withdrawn_at, d.profile, d.removed, d.purpose, d.legal_basis,
       d.decided_at, d.reasons,
       coalesce((select jsonb_agg(jsonb_build_object('delivery', l.id, 'at', l.receipt ->> 'at', 'by', l.receipt ->> 'by') order by l.seq)
         from deliveries l where l.partner = d.recipient and l.direction = 'out' and l.receipt is not null
           and l.objects @> jsonb_build_array(jsonb_build_object('id', d.object_id, 'sha256', d.sha256))), '[]') as receipts
     from release_decisions d where d.object_id = $1 order by d.seq desc limit $2`,
    [id, objectsPageMax],
  );
  return rows.map(({ modified, withdrawn_at, legal_basis, decided_at, ...row }) => ({
    ...row,
    modified: modified === '' ? null : modified,
    withdrawnAt: withdrawn_at && instant(withdrawn_at.getTime()),
    legalBasis: legal_basis,
    decidedAt: instant(decided_at.getTime()),
  }));
}

export function viewOf({
  added_seq,
  modified,
  recalled_at,
  added_at,
  delivery: _,
  body: __,
  ...row
}: ListedRow): HeldObjectView {
  return {
    ...row,
    seq: added_seq,
    modified: modified === '' ? null : modified,
    recalledAt: recalled_at && instant(recalled_at.getTime()),
    addedAt: instant(added_at.getTime()),
  };
}
