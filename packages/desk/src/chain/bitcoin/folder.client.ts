import { type FileHandle, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { detailOf, GongjoError } from '../../kernel/index.ts';
import { deobfuscate, OBFUSCATION_KEY_BYTES } from './obfuscation.ts';
import type { BlockFile } from './records.ts';

/** A folder `blocks` of Bitcoin Core: its block files in the order of their numbers, and the key that they are combined with. */
export interface BlockFolder {
  readonly path: string;
  readonly files: readonly string[];
  /** Files are opened at their first use and closed when `use` is done. */
  reading<T>(use: (opened: (file: number) => Promise<BlockFile>) => Promise<T>): Promise<T>;
}

/** Blocks next to each other in the chain are in few files; this many descriptors no system misses. */
const OPEN_FILES_MAX = 16;

/** Of a large block's file, little is read in vain for its header; of small blocks, many are read at once. */
const WINDOW_BYTES = 16 * 1024;

const blockFileName = /^blk(\d{5,9})\.dat$/;

/** @throws GongjoError `block-files-unreadable` */
export async function blockFolder(path: string): Promise<BlockFolder> {
  const names = await readable(path, readdir(path));
  const numbers = new Map(names.map((name) => [name, Number(blockFileName.exec(name)?.[1] ?? -1)]));
  const files = names
    .filter((name) => blockFileName.test(name))
    .sort((a, b) => (numbers.get(a) ?? 0) - (numbers.get(b) ?? 0));
  if (files.length === 0) throw unreadable(path, 'there is no file blk*.dat in it');
  const key = names.includes('xor.dat') ? await readable(path, readFile(join(path, 'xor.dat'))) : new Uint8Array(8);
  if (key.length !== OBFUSCATION_KEY_BYTES) throw unreadable(path, `xor.dat has ${key.length} bytes instead of 8`);

  return {
    path,
    files,
    async reading(use) {
      const opened = new Map<number, BlockFile>();
      const handles: FileHandle[] = [];
      const close = async () => {
        opened.clear();
        await Promise.all(handles.splice(0).map((handle) => handle.close()));
      };
      try {
        return await use(async (file) => {
          const known = opened.get(file);
          if (known !== undefined) return known;
          if (handles.length === OPEN_FILES_MAX) await close();
          const handle = await readable(path, open(join(path, files[file] ?? '')));
          handles.push(handle);
          const { size } = await readable(path, handle.stat());
          const made = windowed(size, (at, length) => readable(path, piece(handle, at, length, key)));
          opened.set(file, made);
          return made;
        });
      } finally {
        await close();
      }
    },
  };
}

/** Short reads near each other, as of headers and of the small blocks of a chain's first years, become one. */
function windowed(bytes: number, read: BlockFile['read']): BlockFile {
  let window: Uint8Array = new Uint8Array(0);
  let windowAt = 0;
  return {
    bytes,
    async read(at, length) {
      const there = Math.max(0, Math.min(length, bytes - at));
      if (there > WINDOW_BYTES) return read(at, there);
      if (at < windowAt || at + there > windowAt + window.length) {
        window = await read(at, Math.min(WINDOW_BYTES, bytes - at));
        windowAt = at;
      }
      return window.subarray(at - windowAt, at - windowAt + there);
    },
  };
}

async function piece(handle: FileHandle, at: number, length: number, key: Uint8Array): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let got = 0;
  while (got < length) {
    const { bytesRead } = await handle.read(bytes, got, length - got, at + got);
    if (bytesRead === 0) break;
    got += bytesRead;
  }
  deobfuscate(bytes, at, key);
  return bytes.subarray(0, got);
}

/** A system error, which says file and reason, becomes one of the catalogue. */
async function readable<T>(path: string, reading: Promise<T>): Promise<T> {
  return reading.catch((error: unknown) => {
    throw unreadable(path, detailOf(error), error);
  });
}

export function unreadable(folder: string, detail: string, cause?: unknown): GongjoError {
  return new GongjoError('block-files-unreadable', { folder, detail }, cause);
}
