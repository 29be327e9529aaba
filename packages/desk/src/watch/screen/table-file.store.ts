import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import type { Seed } from './fingerprint.ts';
import { FingerprintTable } from './table.ts';

/** What of the stores a table holds, and the word by which the records know the file. */
export interface TableMark {
  readonly token: string;
  readonly seed: Seed;
  /** The last row of the records that it holds. */
  readonly rows: number;
  /** The last list. */
  readonly lists: number;
}

export interface KeptTable extends TableMark {
  readonly table: FingerprintTable;
}

/**
 * The file: a head of `headBytes` (JSON, padded with spaces), the words of the table as this machine has them in memory, and
 * the CRC-32 (ISO 3309) of both. A file that is torn, damaged or of another machine's byte order is no file: the table is
 * then made from the stores again.
 */
const headBytes = 4096;
const chunkBytes = 4 * 1024 * 1024;
const magic = 'gongjo-screen-1';

const zHead = z.object({
  magic: z.literal(magic),
  littleEndian: z.literal(new Uint8Array(new Uint32Array([1]).buffer)[0] === 1),
  token: z.string(),
  seed: z.tuple([z.int(), z.int()]),
  rows: z.int().min(0),
  lists: z.int().min(0),
  size: z.int().min(0),
  words: z.int().min(0),
});

/** Written beside and put in place whole. Copied bit by bit, for addresses are added meanwhile, which does no harm. */
export async function writeTable(file: string, { table, ...mark }: KeptTable): Promise<void> {
  const { slots, size } = table;
  const head = Buffer.alloc(headBytes, ' ');
  head.write(
    JSON.stringify({ magic, littleEndian: zHead.shape.littleEndian.value, ...mark, size, words: slots.length }),
  );
  await mkdir(path.dirname(file), { recursive: true });
  const beside = `${file}.new`;
  const handle = await open(beside, 'w');
  try {
    await handle.writeFile(head);
    let sum = crc32(head);
    for (let at = 0; at < slots.byteLength; at += chunkBytes) {
      const chunk = Buffer.from(
        new Uint8Array(slots.buffer, slots.byteOffset + at, Math.min(chunkBytes, slots.byteLength - at)),
      );
      sum = crc32(chunk, sum);
      await handle.writeFile(chunk);
    }
    const trailer = Buffer.alloc(4);
    trailer.writeUInt32LE(sum);
    await handle.writeFile(trailer);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, file);
}

/** Null where there is no whole file of this form. */
export async function readTable(file: string): Promise<KeptTable | null> {
  const bytes = await readFile(file).catch(() => null);
  if (bytes === null || bytes.length < headBytes + 4) return null;
  const body = bytes.subarray(0, -4);
  if (crc32(body) !== bytes.readUInt32LE(bytes.length - 4)) return null;
  const head = zHead.safeParse(jsonOf(body.toString('utf8', 0, headBytes)));
  if (!head.success || head.data.words * 4 !== body.length - headBytes) return null;
  const { token, seed, rows, lists, size, words } = head.data;
  const at = bytes.byteOffset + headBytes;
  const slots =
    at % 4 === 0
      ? new Uint32Array(bytes.buffer, at, words)
      : new Uint32Array(Uint8Array.from(body.subarray(headBytes)).buffer);
  const table = FingerprintTable.of(slots, size);
  return table && { token, seed, rows, lists, table };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
