import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { GongjoError } from '../kernel/index.ts';

/** As long as the hash that it keys (RFC 2104 section 3). */
const secretBytes = 32;

/** A secret of the data folder, made at the first asking: a file of mode 0600, written whole or not at all. */
export function openSecret(folder: string, name: string): Buffer {
  const file = path.join(folder, name);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const handle = openSync(`${file}.new`, 'w', 0o600);
    writeSync(handle, randomBytes(secretBytes).toString('base64url'));
    fsyncSync(handle);
    closeSync(handle);
    renameSync(`${file}.new`, file);
  }
  const secret = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
  if (secret.length === secretBytes) return secret;
  throw new GongjoError('data-folder-corrupt', { folder, part: name, detail: `${secret.length} bytes` });
}
