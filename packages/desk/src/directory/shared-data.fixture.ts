import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * A folder of published data that tests may use: below `GONGJO_SHARED`, or `shared` beside the repository. Null
 * where it is absent; such tests then report themselves as skipped.
 */
export function sharedFolder(name: string): string | null {
  const root = process.env.GONGJO_SHARED ?? resolve(import.meta.dirname, '../../../../../shared');
  const folder = join(root, 'data', name);
  return existsSync(folder) ? folder : null;
}

/** The options of a test that needs the folder. */
export function needs(folder: string | null): { skip: string | false } {
  return { skip: folder === null ? 'the shared data folder is absent (GONGJO_SHARED)' : false };
}
