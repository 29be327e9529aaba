import { BLOCK_BYTES_MAX } from './check.ts';
import { u32At } from './cursor.ts';
import { type BlockHeader, HEADER_BYTES, isMined, readHeader, targetOf } from './header.ts';
import type { BitcoinNetwork } from './network.ts';

/** A block file as it is read: what `read` gives is clear text, not to be changed, and shorter only at the end of the file. */
export interface BlockFile {
  readonly bytes: number;
  read(at: number, length: number): Promise<Uint8Array>;
}

/** What stands in a block file: a block's header and the place of its bytes, or what is wrong at an offset. */
export type FileRecord =
  | { readonly header: BlockHeader; readonly offset: number; readonly bytes: number }
  | { readonly damage: string; readonly offset: number };

/** Magic and length. */
const PREFIX_BYTES = 8;
/** A header and one byte: what is shorter holds no transaction. */
const BLOCK_BYTES_MIN = HEADER_BYTES + 1;

/**
 * Where no block is, the next is searched in steps that double: short ones where noise is full of false beginnings, long
 * ones over the zeros that a node writes ahead.
 */
const SEARCH_BYTES_MIN = 512;
const SEARCH_BYTES_MAX = 1024 * 1024;

/**
 * What a file `blk*.dat` of Bitcoin Core holds, front to back, read no further than the headers: each block after the
 * network's magic and its length. Zeros between blocks and at the end (space that the node has reserved) are passed over.
 * A record is believed when its header is mined and its length leads to another record, to zeros or to the file's end;
 * otherwise the next magic is searched, so that one wrong byte costs one block.
 */
export async function* records(file: BlockFile, network: BitcoinNetwork): AsyncGenerator<FileRecord> {
  const magic = new Uint8Array(new Uint32Array([network.magic]).buffer);

  /** Where the next magic stands, or the end of the file; and the first byte that is not zero before it. */
  async function search(from: number): Promise<{ readonly found: number; readonly other: number | null }> {
    let other: number | null = null;
    let step = SEARCH_BYTES_MIN;
    for (let at = from; at < file.bytes; step = Math.min(step * 2, SEARCH_BYTES_MAX)) {
      const some = await file.read(at, step);
      if (some.length === 0) break;
      const found = Buffer.from(some.buffer, some.byteOffset, some.length).indexOf(magic);
      const before = found < 0 ? some.length : found;
      if (other === null) {
        const index = some.subarray(0, before).findIndex((byte) => byte !== 0);
        if (index >= 0) other = at + index;
      }
      if (found >= 0) return { found: at + found, other };
      // A magic can begin in the last three bytes.
      at += some.length < step ? some.length : some.length - 3;
    }
    return { found: file.bytes, other };
  }

  async function leadsOn(at: number): Promise<boolean> {
    const next = await file.read(at, 4);
    return next.length < 4 || u32At(next, 0) === network.magic || u32At(next, 0) === 0;
  }

  for (let at = 0; at < file.bytes; ) {
    const head = await file.read(at, PREFIX_BYTES + HEADER_BYTES);
    if (head.length < 4 || u32At(head, 0) !== network.magic) {
      const { found, other } = await search(at);
      if (other !== null) yield { damage: `what stands here is no block (${found - other} bytes)`, offset: other };
      at = found;
      continue;
    }
    const offset = at + PREFIX_BYTES;
    const read = readRecord(head, file.bytes - offset, network);
    if (typeof read === 'string') {
      yield { damage: read, offset: at };
      at = (await search(at + magic.length)).found;
      continue;
    }
    yield { ...read, offset };
    at = offset + read.bytes;
    if (await leadsOn(at)) continue;
    yield { damage: 'what follows this block is no block', offset: at };
    // Its length may be wrong; its header is not.
    at = (await search(offset + HEADER_BYTES)).found;
  }
}

/** The header and the length of a record that is believed, or what is wrong with it. */
function readRecord(
  head: Uint8Array,
  left: number,
  network: BitcoinNetwork,
): { readonly header: BlockHeader; readonly bytes: number } | string {
  if (head.length < PREFIX_BYTES + HEADER_BYTES) return 'the file ends within a block';
  const bytes = u32At(head, 4);
  if (bytes < BLOCK_BYTES_MIN || bytes > BLOCK_BYTES_MAX) return `a block cannot have ${bytes} bytes`;
  const header = readHeader(head, PREFIX_BYTES);
  const target = targetOf(header.bits);
  if (target === null || target > network.targetMax || !isMined(header)) {
    return 'the header is damaged: its hash does not meet its target';
  }
  return bytes > left ? 'the file ends within a block' : { header, bytes };
}
