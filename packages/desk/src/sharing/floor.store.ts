import type { Tlp } from '@gongjo/contract';
import type { Db, Records } from '../platform/index.ts';
import { type HandlingBook, handlingOfDefinition, type StixObject } from '../stix/index.ts';
import { contradicting, marksOn } from './marking.ts';
import type { Handling } from './party.ts';

/** Objects that one statement reads for their marks: some megabytes. */
const objectsAtOnce = 1_000;

/** What marking definitions that are here ask for, so that the database knows how strictly what carries them is meant. */
export async function keepFloors(tx: Db, book: HandlingBook, definitions: readonly StixObject[]): Promise<void> {
  const floors = definitions.flatMap((it): [string, Tlp][] => {
    const mark = it.type === 'marking-definition' ? handlingOfDefinition(it, book) : null;
    return mark ? [[it.id.toLowerCase(), mark.tlp]] : [];
  });
  if (floors.length === 0) return;
  await tx.query(
    `insert into handling_floors (mark, tlp) select * from unnest($1::text[], $2::text[]) on conflict do nothing`,
    [floors.map(([mark]) => mark), floors.map(([, tlp]) => tlp)],
  );
}

/** At the start: by the agency's list as it is now; and what was kept before marks were read is read for them. */
export async function settleFloors(records: Records, { book }: Handling): Promise<void> {
  await records.transaction(async (tx) => {
    await tx.query('delete from handling_floors');
    const listed = [...book.byDefinition].map(([mark, { tlp }]) => [mark, tlp] as const);
    await tx.query('insert into handling_floors (mark, tlp) select * from unnest($1::text[], $2::text[])', [
      [contradicting, ...listed.map(([mark]) => mark)],
      ['red', ...listed.map(([, tlp]) => tlp)],
    ]);
    const rows = await tx.query<{ body: string }>(
      `select distinct on (id) body from shared_objects where type = 'marking-definition' order by id, added_seq`,
    );
    await keepFloors(
      tx,
      book,
      rows.map(({ body }) => JSON.parse(body) as StixObject),
    );
  });
  while ((await readMarks(records)) === objectsAtOnce);
}

async function readMarks(records: Records): Promise<number> {
  return records.transaction(async (tx) => {
    const rows = await tx.query<{ added_seq: number; body: string }>(
      'select added_seq, body from shared_objects where marks is null limit $1',
      [objectsAtOnce],
    );
    await tx.query(
      `update shared_objects o set marks = string_to_array(r.marks, ' ')
       from unnest($1::integer[], $2::text[]) as r (seq, marks) where o.added_seq = r.seq`,
      [
        rows.map(({ added_seq }) => added_seq),
        rows.map(({ body }) => marksOn(JSON.parse(body) as StixObject).join(' ')),
      ],
    );
    return rows.length;
  });
}
