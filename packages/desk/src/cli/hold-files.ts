import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { detailOf, GongjoError } from '../kernel/index.ts';
import { writeNew } from './new-file.ts';

/** Writes documents into a folder; a file that is there is left as it is. Throws `file-exists`, `file-unwritable`. */
export function writeHoldFiles(
  folder: string,
  documents: readonly { readonly name: string; readonly sha256: string; readonly content: string }[],
): { file: string; sha256: string }[] {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (thrown) {
    throw new GongjoError('file-unwritable', { file: folder, detail: detailOf(thrown) }, thrown);
  }
  return documents.map(({ name, sha256, content }) => {
    const file = path.join(folder, path.basename(name));
    writeNew(file, Buffer.from(content, 'base64'));
    return { file, sha256 };
  });
}

/** A file as it is sent to the desk, with the hash that it has here. Throws `usage-wrong`. */
export function readHoldFile(file: string): { name: string; base64: string; sha256: string } {
  try {
    const content = readFileSync(file);
    return {
      name: path.basename(file),
      base64: content.toString('base64'),
      sha256: createHash('sha256').update(content).digest('hex'),
    };
  } catch (thrown) {
    throw new GongjoError('usage-wrong', { detail: `${file}: ${detailOf(thrown)}` });
  }
}
