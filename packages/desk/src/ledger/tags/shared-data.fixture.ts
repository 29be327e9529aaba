import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ListFile } from './model.ts';

/**
 * Lists that others published, below `GONGJO_SHARED`, or `shared` beside the repository. Null where they are absent; such
 * tests then report themselves as skipped.
 */
const root = path.join(
  process.env.GONGJO_SHARED ?? path.resolve(import.meta.dirname, '../../../../../../shared'),
  'data',
);

export function listsIn(folder: string): ((pattern: string) => ListFile[]) | null {
  const at = path.join(root, folder);
  if (!existsSync(at)) return null;
  return (pattern) =>
    globSync(pattern, { cwd: at })
      .sort()
      .map((file) => ({ name: path.basename(file), text: readFileSync(path.join(at, file), 'utf8') }));
}
