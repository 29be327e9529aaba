import type { HoldFile } from '@gongjo/contract';
import { GongjoError, instant } from '../../kernel/index.ts';
import { type Db, sha256Hex } from '../../platform/index.ts';

interface Row {
  id: string;
  kind: HoldFile['kind'];
  name: string;
  media_type: string;
  size: number;
  sha256: string;
  giver: string;
  received_at: Date;
  taken_at: Date;
  by: string;
  note: string | null;
}

const columns = 'id, kind, name, media_type, size, sha256, giver, received_at, taken_at, by, note';

/** Keeps a file exactly as it came. */
export async function keepReceived(tx: Db, hold: string, file: HoldFile, content: Uint8Array): Promise<void> {
  const { id, sha256, kind, name, mediaType, bytes, from, receivedAt, takenAt, by, note } = file;
  await tx.query(
    `insert into hold_received (id, hold, seq, sha256, kind, name, media_type, size, content, giver, received_at, taken_at, by, note)
     select $1, $2, coalesce(max(seq), 0) + 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13 from hold_received where hold = $2`,
    [id, hold, sha256, kind, name, mediaType, bytes, content, from, receivedAt, takenAt, by, note],
  );
}

/** The oldest first. */
export async function listReceived(db: Db, hold: string): Promise<HoldFile[]> {
  const rows = await db.query<Row>(`select ${columns} from hold_received where hold = $1 order by seq`, [hold]);
  return rows.map(fileOf);
}

/** One file with its bytes. Throws `not-found`, and `hold-file-damaged` where they are not those that came. */
export async function readReceived(
  db: Db,
  hold: string,
  id: string,
): Promise<{ readonly file: HoldFile; readonly content: Uint8Array }> {
  const [row] = await db.query<Row & { content: Uint8Array }>(
    `select ${columns}, content from hold_received where hold = $1 and id = $2`,
    [hold, id],
  );
  if (!row) throw new GongjoError('not-found');
  if (sha256Hex(row.content) !== row.sha256) throw new GongjoError('hold-file-damaged', { name: row.name });
  return { file: fileOf(row), content: row.content };
}

function fileOf({ media_type: mediaType, size: bytes, giver: from, received_at, taken_at, ...same }: Row): HoldFile {
  const { id, kind, name, sha256, by, note } = same;
  return {
    ...{ id, kind, name, mediaType, bytes, sha256, from, by, note },
    receivedAt: instant(received_at.getTime()),
    takenAt: instant(taken_at.getTime()),
  };
}
