import type { Disclosure, IdentifierKind } from '@gongjo/contract';
import { instant } from '../../kernel/index.ts';
import { type Entry, type Identifier, nameOf } from '../../overlap/index.ts';
import type { Clock, Db } from '../../platform/index.ts';

/** What this desk compares: everything it works on, by where it comes from. */
export interface StoredEntry extends Entry {
  readonly source: string;
  /** Part of the list; what was only asked once is not. */
  readonly listed: boolean;
  readonly addedAt: string;
}

interface Row {
  id: string;
  source: string;
  listed: boolean;
  kind: IdentifierKind;
  text: string;
  disclosure: Disclosure;
  contact: string;
  reference: string | null;
  added_at: Date;
}

const entryOf = ({ kind, text, added_at, ...row }: Row): StoredEntry => ({
  id: row.id,
  source: row.source,
  listed: row.listed,
  identifier: { kind, text } as Identifier,
  disclosure: row.disclosure,
  contact: row.contact,
  reference: row.reference,
  addedAt: instant(added_at.getTime()),
});

/** A bound on one statement's parameters; more are kept in pieces. */
const rowsPerStatement = 5000;

export async function keepEntries(
  tx: Db,
  clock: Clock,
  source: string,
  listed: boolean,
  entries: readonly Entry[],
): Promise<void> {
  for (let at = 0; at < entries.length; at += rowsPerStatement) {
    const rows = entries.slice(at, at + rowsPerStatement);
    await tx.query(
      `insert into overlap_entries (id, source, listed, kind, text, disclosure, contact, reference, added_at)
       select r.id, $1, $2, r.kind, r.text, r.disclosure, r.contact, r.reference, $3
       from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
         as r (id, kind, text, disclosure, contact, reference)
       on conflict (id) do update set disclosure = excluded.disclosure, contact = excluded.contact,
         reference = excluded.reference, removed_at = null`,
      [
        source,
        listed,
        instant(clock.now()),
        rows.map(({ id }) => id),
        rows.map(({ identifier }) => identifier.kind),
        rows.map(({ identifier }) => identifier.text),
        rows.map(({ disclosure }) => disclosure),
        rows.map(({ contact }) => contact),
        rows.map(({ reference }) => reference),
      ],
    );
  }
}

/** Takes entries of a source off the list, all but those named. Answers how many. */
export async function removeOthers(tx: Db, clock: Clock, source: string, kept: readonly string[]): Promise<number> {
  const rows = await tx.query(
    'update overlap_entries set removed_at = $3 where source = $1 and removed_at is null and id <> all($2) returning id',
    [source, kept, instant(clock.now())],
  );
  return rows.length;
}

export async function removeEntries(tx: Db, clock: Clock, ids: readonly string[]): Promise<number> {
  const rows = await tx.query(
    'update overlap_entries set removed_at = $2 where id = any($1) and removed_at is null returning id',
    [ids, instant(clock.now())],
  );
  return rows.length;
}

export async function entriesOf(db: Db, which: { readonly listed: boolean }): Promise<StoredEntry[]> {
  const rows = await db.query<Row>(
    'select * from overlap_entries where removed_at is null and (listed or not $1) order by added_at, id',
    [which.listed],
  );
  return rows.map(entryOf);
}

export async function entriesNamed(db: Db, ids: readonly string[]): Promise<StoredEntry[]> {
  return (await db.query<Row>('select * from overlap_entries where id = any($1)', [ids])).map(entryOf);
}

/** Identifiers of the list of which a partner is told nothing. */
export async function countSilent(db: Db): Promise<number> {
  const [row] = await db.query<{ count: string | number }>(
    `select count(*) as count from (select distinct kind, text from overlap_entries
     where removed_at is null and listed and disclosure = 'silent') as silent`,
  );
  return Number(row?.count ?? 0);
}

/** Entries of the list that name these identifiers, whoever wrote them. */
export async function entriesAbout(db: Db, identifiers: readonly Identifier[]): Promise<StoredEntry[]> {
  const rows = await db.query<Row>(
    `select * from overlap_entries where removed_at is null and listed
       and (kind, text) in (select kind, text from unnest($1::text[], $2::text[]) as named (kind, text))`,
    [identifiers.map(({ kind }) => kind), identifiers.map(({ text }) => text)],
  );
  return rows.map(entryOf);
}

/** Entries of the list that have no output under a partner's key yet, the oldest first. */
export async function waitingFor(db: Db, desk: string, epoch: number, most: number): Promise<StoredEntry[]> {
  const rows = await db.query<Row>(
    `select e.* from overlap_entries e
     where e.removed_at is null and e.listed
       and not exists (select 1 from overlap_known k where k.desk = $1 and k.epoch = $2 and k.kind = e.kind and k.text = e.text)
     order by e.added_at, e.id limit $3`,
    [desk, epoch, most],
  );
  return rows.map(entryOf);
}

/** Entries of the list whose identifier has one of these values under the own key. */
export async function entriesByValue(
  db: Db,
  epoch: number,
  values: readonly bigint[],
): Promise<{ readonly entry: StoredEntry; readonly value: bigint }[]> {
  const rows = await db.query<Row & { value: string }>(
    `select e.*, v.value from overlap_values v join overlap_entries e on e.kind = v.kind and e.text = v.text
     where v.epoch = $1 and v.value = any($2) and e.removed_at is null and e.listed`,
    [epoch, values.map((value) => value.toString(16))],
  );
  return rows.map((row) => ({ entry: entryOf(row), value: BigInt(`0x${row.value}`) }));
}

/** Values of identifiers under the own key, in hexadecimal. */
export async function valuesOf(db: Db, epoch: number): Promise<Map<string, bigint>> {
  const rows = await db.query<Identifier & { value: string }>(
    'select kind, text, value from overlap_values where epoch = $1',
    [epoch],
  );
  return new Map(rows.map((row) => [nameOf(row), BigInt(`0x${row.value}`)]));
}

export async function keepValues(
  tx: Db,
  epoch: number,
  identifiers: readonly Identifier[],
  values: BigUint64Array,
): Promise<void> {
  for (let at = 0; at < identifiers.length; at += rowsPerStatement) {
    const rows = identifiers.slice(at, at + rowsPerStatement);
    await tx.query(
      `insert into overlap_values (epoch, kind, text, value)
       select $1, r.kind, r.text, r.value from unnest($2::text[], $3::text[], $4::text[]) as r (kind, text, value)
       on conflict do nothing`,
      [
        epoch,
        rows.map(({ kind }) => kind),
        rows.map(({ text }) => text),
        rows.map((_, index) => (values[at + index] ?? 0n).toString(16)),
      ],
    );
  }
}
