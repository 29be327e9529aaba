import { readFileSync, statSync } from 'node:fs';
import { detailOf, GongjoError } from '../kernel/index.ts';
import { envelopeOf, fileBounds, type Reading, readObjects } from '../stix/index.ts';

/** All of ATT&CK for Enterprise is 45 MB; a file that is parsed at once may not fill the memory. */
const fileBytesMax = 128 * 1024 * 1024;

/** Reads a file of STIX objects. Throws `stix-file-unreadable` and `stix-file-too-large`. */
export function readStixFile(file: string): Reading {
  return readObjects(envelopeOf(jsonOf(file, bytesOf(file))), fileBounds);
}

function bytesOf(file: string): Uint8Array {
  try {
    const { size } = statSync(file);
    if (size > fileBytesMax) throw new GongjoError('stix-file-too-large', { file, limit: fileBytesMax });
    return readFileSync(file);
  } catch (thrown) {
    if (thrown instanceof GongjoError) throw thrown;
    throw new GongjoError('stix-file-unreadable', { file, detail: detailOf(thrown) }, thrown);
  }
}

function jsonOf(file: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (thrown) {
    throw new GongjoError('stix-file-unreadable', { file, detail: detailOf(thrown) }, thrown);
  }
}
