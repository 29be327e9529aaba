import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { detailOf, GongjoError } from '../kernel/index.ts';

/** Writes documents into a folder; a file that is there is left as it is. Throws `file-exists`, `file-unwritable`. */
export function writeHoldFiles(
  folder: string,
  documents: readonly { readonly name: string; readonly sha256: string; readonly content: string }[],
): { file: string; sha256: string }[] {
  return documents.map(({ name, sha256, content }) => {
    const file = path.join(folder, path.basename(name));
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, Buffer.from(content, 'base64'), { flag: 'wx' });
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') throw new GongjoError('file-exists', { file }, thrown);
      throw new GongjoError('file-unwritable', { file, detail: detailOf(thrown) }, thrown);
    }
    return { file, sha256 };
  });
}
