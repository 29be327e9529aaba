import { type FileHandle, open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { detailOf, GongjoError } from '../../kernel/index.ts';
import { deobfuscate, OBFUSCATION_KEY_BYTES } from './obfuscation.ts';
import type { BlockFile } from './records.ts';

/** A folder `blocks` of Bitcoin Core: its block files in the order of their numbers, and the key that they are combined with. */
export interface BlockFolder {
  readonly path: string;
  readonly files: readonly string[];
  /** Opens the file, hands it over and closes it. */
  withFile<T>(file: number, use: (opened: BlockFile) => Promise<T>): Promise<T>;
}

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
    async withFile(file, use) {
      const handle = await readable(path, open(join(path, files[file] ?? '')));
      try {
        const { size } = await readable(path, handle.stat());
        return await use({ bytes: size, read: (at, length) => readable(path, piece(handle, at, length, size, key)) });
      } finally {
        await handle.close();
      }
    },
  };
}

async function piece(handle: FileHandle, at: number, length: number, size: number, key: Uint8Array) {
  const bytes = new Uint8Array(Math.max(0, Math.min(length, size - at)));
  let got = 0;
  while (got < bytes.length) {
    const { bytesRead } = await handle.read(bytes, got, bytes.length - got, at + got);
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
