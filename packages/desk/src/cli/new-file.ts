import { writeFileSync } from 'node:fs';
import { detailOf, GongjoError } from '../kernel/index.ts';

/** Writes a file that is not there yet; one that is there is left as it is. Throws `file-exists`, `file-unwritable`. */
export function writeNew(file: string, content: string | Uint8Array): void {
  try {
    writeFileSync(file, content, { flag: 'wx' });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') throw new GongjoError('file-exists', { file }, thrown);
    throw new GongjoError('file-unwritable', { file, detail: detailOf(thrown) }, thrown);
  }
}
