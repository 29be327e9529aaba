import type { HoldDocument, Language } from '@gongjo/contract';
import { GongjoError, instant } from '../../kernel/index.ts';
import { type Clock, type Db, sha256Hex } from '../../platform/index.ts';
import type { MadeDocument } from './documents.ts';
import { findHold } from './hold.store.ts';

interface Row {
  name: string;
  form: HoldDocument['form'];
  language: Language | null;
  size: number;
  sha256: string;
  made_at: Date;
}

/** Keeps the documents of one round of approval; nothing ever changes them. */
export async function keepDocuments(
  tx: Db,
  clock: Clock,
  hold: string,
  round: number,
  documents: readonly MadeDocument[],
): Promise<void> {
  for (const { name, form, language, sha256: hash, content } of documents)
    await tx.query(
      `insert into hold_documents (hold, round, name, form, language, size, sha256, content, made_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [hold, round, name, form, language, content.length, hash, content.toString('base64'), instant(clock.now())],
    );
}

export async function listDocuments(db: Db, hold: string, round: number): Promise<HoldDocument[]> {
  const rows = await db.query<Row>(
    `select name, form, language, size, sha256, made_at from hold_documents where hold = $1 and round = $2 order by name`,
    [hold, round],
  );
  return rows.map(({ size, made_at, ...row }) => ({ ...row, bytes: size, madeAt: instant(made_at.getTime()) }));
}

/** The bytes as they were approved. Throws `not-found`, and `hold-document-damaged` where they are not those any more. */
export async function readDocuments(db: Db, hold: string, round: number, name?: string): Promise<MadeDocument[]> {
  const rows = await db.query<Row & { content: string }>(
    'select * from hold_documents where hold = $1 and round = $2 and ($3::text is null or name = $3) order by name',
    [hold, round, name ?? null],
  );
  if (rows.length === 0) throw new GongjoError('not-found');
  return rows.map(({ name: found, form, language, sha256: hash, content: text }) => {
    const content = Buffer.from(text, 'base64');
    if (sha256Hex(content) !== hash) throw new GongjoError('hold-document-damaged', { name: found });
    return { name: found, form, language, sha256: hash, content };
  });
}

/** The documents of a request as it is approved now; a draft has none, whatever it was before. Throws as `readDocuments`. */
export async function approvedDocuments(db: Db, id: string, name?: string): Promise<MadeDocument[]> {
  const { round, progress } = await findHold(db, id);
  if (progress.approvedAt === null) throw new GongjoError('not-found');
  return readDocuments(db, id, round, name);
}
