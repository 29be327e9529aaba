import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { regtest } from './block.ts';

/** Bitcoin Core's `MAX_BLOCKFILE_SIZE`. */
const fileBytesMax = 128 << 20;

/** Writes `blk00000.dat` and so on as Bitcoin Core does: magic, length, block. */
export interface BlockFiles {
  write(block: Uint8Array): void;
  close(): void;
  readonly bytes: number;
}

/** @param key eight bytes with which everything is XORed and that go to `xor.dat` (Bitcoin Core since 28.0); null: no obfuscation */
export function blockFiles(folder: string, key: Buffer | null): BlockFiles {
  mkdirSync(folder, { recursive: true });
  if (key) writeFileSync(path.join(folder, 'xor.dat'), key, { flag: 'wx' });
  let file = -1;
  let files = 0;
  let at = 0;
  let total = 0;
  const record = Buffer.alloc(16 << 20);
  return {
    get bytes() {
      return total;
    },
    write: (block) => {
      const length = 8 + block.length;
      if (file < 0 || at + length > fileBytesMax) {
        if (file >= 0) closeSync(file);
        file = openSync(path.join(folder, `blk${String(files).padStart(5, '0')}.dat`), 'wx');
        files += 1;
        at = 0;
      }
      regtest.magic.copy(record, 0);
      record.writeUInt32LE(block.length, 4);
      record.set(block, 8);
      if (key) for (let i = 0; i < length; i += 1) record[i]! ^= key[(at + i) & 7]!;
      for (let done = 0; done < length; ) done += writeSync(file, record, done, length - done);
      at += length;
      total += length;
    },
    close: () => {
      if (file >= 0) closeSync(file);
      file = -1;
    },
  };
}
