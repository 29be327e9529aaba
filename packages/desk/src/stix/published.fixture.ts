import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = process.env.GONGJO_SHARED ?? resolve(import.meta.dirname, '../../../../../shared');

/** A file of published STIX data that tests may use, or `null` where it is absent. */
export function stixFile(name: string): string | null {
  const file = join(root, 'data/stix', name);
  return existsSync(file) ? file : null;
}

/** The options of a test that needs the file. */
export function needs(file: string | null): { skip: string | false } {
  return { skip: file === null ? 'published STIX data is absent (GONGJO_SHARED)' : false };
}
