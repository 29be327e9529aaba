import { instant } from '../../kernel/index.ts';
import type { Clock, Db } from '../../platform/index.ts';

/** Epochs of the own key, commitments of partners, and what was published. */
export interface Epoch {
  readonly epoch: number;
  readonly publicKey: string;
  readonly since: string;
}

export async function listEpochs(db: Db): Promise<Epoch[]> {
  const rows = await db.query<{ epoch: number; public_key: string; since: Date }>(
    'select * from overlap_epochs order by epoch desc',
  );
  return rows.map(({ epoch, public_key, since }) => ({
    epoch,
    publicKey: public_key,
    since: instant(since.getTime()),
  }));
}

export async function keepEpoch(tx: Db, clock: Clock, epoch: number, publicKey: string): Promise<void> {
  await tx.query('insert into overlap_epochs (epoch, public_key, since) values ($1, $2, $3) on conflict do nothing', [
    epoch,
    publicKey,
    instant(clock.now()),
  ]);
}

export interface PublishedFacts {
  readonly epoch: number;
  readonly serial: number;
  readonly listId: string;
  readonly entries: number;
  readonly padding: { readonly from: number; readonly count: number };
}

export async function lastPublished(db: Db, epoch: number): Promise<PublishedFacts | null> {
  const [row] = await db.query<{
    epoch: number;
    serial: number;
    list_id: string;
    entries: number;
    pad_from: string | number;
    pad_count: number;
  }>('select * from overlap_published where epoch = $1 order by serial desc limit 1', [epoch]);
  if (!row) return null;
  const { serial, entries } = row;
  return { epoch, serial, listId: row.list_id, entries, padding: { from: Number(row.pad_from), count: row.pad_count } };
}

export async function keepPublished(tx: Db, clock: Clock, facts: PublishedFacts): Promise<void> {
  await tx.query(
    `insert into overlap_published (epoch, serial, list_id, entries, pad_from, pad_count, made_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      facts.epoch,
      facts.serial,
      facts.listId,
      facts.entries,
      facts.padding.from,
      facts.padding.count,
      instant(clock.now()),
    ],
  );
}

/** The key that a partner committed to for an epoch, as first said; `said` is its signed word. */
export async function commitmentOf(
  db: Db,
  desk: string,
  epoch: number,
): Promise<{ readonly publicKey: string; readonly said: string } | null> {
  const [row] = await db.query<{ public_key: string; said: string }>(
    'select public_key, said from overlap_commitments where desk = $1 and epoch = $2',
    [desk, epoch],
  );
  return row ? { publicKey: row.public_key, said: row.said } : null;
}

export async function keepCommitment(
  tx: Db,
  clock: Clock,
  desk: string,
  epoch: number,
  publicKey: string,
  said: string,
): Promise<void> {
  await tx.query(
    `insert into overlap_commitments (desk, epoch, public_key, said, seen_at) select $1, $2, $3, $4, $5::timestamptz
     where exists (select 1 from overlap_terms where desk = $1) on conflict do nothing`,
    [desk, epoch, publicKey, said, instant(clock.now())],
  );
}

export async function commitments(
  db: Db,
): Promise<{ readonly desk: string; readonly epoch: number; readonly publicKey: string }[]> {
  const rows = await db.query<{ desk: string; epoch: number; public_key: string }>(
    'select desk, epoch, public_key from overlap_commitments order by desk, epoch desc',
  );
  return rows.map(({ desk, epoch, public_key }) => ({ desk, epoch, publicKey: public_key }));
}
