import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { GongjoError } from '../kernel/index.ts';
import { writeWhole } from './whole-file.store.ts';

/** As long as the hash that it keys (RFC 2104 section 3). */
const secretBytes = 32;

/** A secret of the data folder, made at the first asking: a file of mode 0600, written whole or not at all. */
export function openSecret(folder: string, name: string): Buffer {
  const file = path.join(folder, name);
  if (!existsSync(file)) writeWhole(file, randomBytes(secretBytes).toString('base64url'));
  const secret = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url');
  if (secret.length === secretBytes) return secret;
  throw new GongjoError('data-folder-corrupt', { folder, part: name, detail: `${secret.length} bytes` });
}
