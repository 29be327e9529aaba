import { readFileSync, statSync } from 'node:fs';
import { archiveBytesMax } from '../evidence/index.ts';
import { detailOf, GongjoError } from '../kernel/index.ts';

/** Reads a package that is no larger than one can be. Throws `evidence-unreadable`. */
export function readPackage(file: string): Uint8Array {
  try {
    const { size } = statSync(file);
    if (size > archiveBytesMax) throw new Error(`it has ${size} bytes`);
    return readFileSync(file);
  } catch (thrown) {
    throw new GongjoError('evidence-unreadable', { file, detail: detailOf(thrown) }, thrown);
  }
}
