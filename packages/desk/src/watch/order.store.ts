import type { Address, ChainId, NewWatch, TagCategory, Watch } from '@gongjo/contract';
import { GongjoError, instant } from '../kernel/index.ts';
import type { Clock, Db, Random } from '../platform/index.ts';

/** A watch that somebody ordered. `number` is how the ledger knows a list. */
export interface OrderedWatch extends Watch {
  readonly number: number;
}

interface Row {
  number: number;
  id: string;
  kind: Watch['kind'];
  chain: ChainId;
  name: string;
  reason: string;
  address: Address | null;
  category: TagCategory | null;
  count: number | null;
  added_at: Date;
  added_by: string;
  until: Date | null;
}

const columns = 'number, id, kind, chain, name, reason, address, category, count, added_at, added_by, until';

/** Standing: neither ended, nor past its time, nor a list that is not complete yet. */
const standing = `ended_at is null and (until is null or until > $1) and (kind <> 'list' or list_seq is not null)`;

/** More than people order one by one; what is longer is a list. */
const watchesMax = 10_000;

/** Orders a watch; a list is watched once it is complete. `address` is the ledger's own text of it. Throws `watches-too-many`. */
export async function orderWatch(
  tx: Db,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
  asked: NewWatch,
  by: string,
  address: Address | null,
): Promise<OrderedWatch> {
  const now = instant(clock.now());
  const [known] = await tx.query<{ n: number }>('select count(*)::integer as n from watches where ended_at is null');
  if ((known?.n ?? 0) >= watchesMax) throw new GongjoError('watches-too-many', { limit: watchesMax });
  const category = asked.kind === 'category' ? asked.category : null;
  const [row] = await tx.query<Row>(
    `insert into watches (id, kind, chain, name, reason, address, category, added_at, added_by, until)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning ${columns}`,
    [
      random.uuid(),
      asked.kind,
      asked.chain,
      asked.name ?? address ?? category,
      asked.reason,
      address,
      category,
      now,
      by,
      asked.until ?? null,
    ],
  );
  if (!row) throw new GongjoError('internal', { reference: 'watches' });
  if (address !== null)
    await tx.query(
      `insert into watched_addresses (chain, address, incident, source) values ($1, $2, $3, 'address') on conflict do nothing`,
      [asked.chain, address, row.id],
    );
  return watchOf(row);
}

/** The list is complete, with so many addresses, and watched from now on. */
export async function completeList(tx: Db, id: string, count: number): Promise<OrderedWatch> {
  const [row] = await tx.query<Row>(
    `update watches set count = $2, list_seq = coalesce(list_seq, (select coalesce(max(list_seq), 0) + 1 from watches))
     where id = $1 and kind = 'list' and ended_at is null returning ${columns}`,
    [id, count],
  );
  if (!row) throw new GongjoError('not-found');
  return watchOf(row);
}

/** A list that is still being filled. */
export async function openList(db: Db, id: string): Promise<OrderedWatch> {
  const [row] = await db.query<Row>(
    `select ${columns} from watches where id = $1 and kind = 'list' and ended_at is null and list_seq is null`,
    [id],
  );
  if (!row) throw new GongjoError('not-found');
  return watchOf(row);
}

export async function endWatch(tx: Db, clock: Clock, id: string): Promise<OrderedWatch> {
  const [row] = await tx.query<Row>(
    `update watches set ended_at = $2 where id = $1 and ended_at is null returning ${columns}`,
    [id, instant(clock.now())],
  );
  if (!row) throw new GongjoError('not-found');
  await tx.query(`delete from watched_addresses where incident = $1 and source = 'address'`, [id]);
  return watchOf(row);
}

export async function standingWatches(db: Db, clock: Clock): Promise<OrderedWatch[]> {
  const rows = await db.query<Row>(`select ${columns} from watches where ${standing} order by number`, [
    instant(clock.now()),
  ]);
  return rows.map(watchOf);
}

/** Whether anything was ordered for a chain. */
export async function isAnythingOrdered(db: Db, clock: Clock, chain: ChainId): Promise<boolean> {
  const rows = await db.query(`select 1 from watches where ${standing} and chain = $2 limit 1`, [
    instant(clock.now()),
    chain,
  ]);
  return rows.length > 0;
}

/** Lists that became complete after the one with this place, in order; ended ones are not among them. */
export async function listsAfter(db: Db, place: number): Promise<{ number: number; chain: ChainId; place: number }[]> {
  return db.query(
    `select number, chain, list_seq as place from watches where list_seq > $1 and ended_at is null order by list_seq`,
    [place],
  );
}

function watchOf({ added_at, added_by, until, ...row }: Row): OrderedWatch {
  return {
    ...row,
    addedAt: instant(added_at.getTime()),
    addedBy: added_by,
    until: until && instant(until.getTime()),
  };
}
