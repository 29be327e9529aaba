import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';

/** Lists as files: written whole or not at all, readable by the desk alone. */
const mode = { folder: 0o700, file: 0o600 };

export function keepFile(folder: string, name: string, bytes: Uint8Array): void {
  mkdirSync(folder, { recursive: true, mode: mode.folder });
  const file = path.join(folder, name);
  const handle = openSync(`${file}.new`, 'w', mode.file);
  for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(`${file}.new`, file);
}

/** Null where there is none. */
export function readFile(folder: string, name: string): Uint8Array | null {
  try {
    return new Uint8Array(readFileSync(path.join(folder, name)));
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  }
}

/** Removes the files of a kind of name that are not wanted any more. */
export function removeFiles(folder: string, unwanted: (name: string) => boolean): void {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names.filter(unwanted)) rmSync(path.join(folder, name), { force: true });
}
