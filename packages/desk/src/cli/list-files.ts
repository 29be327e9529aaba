import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { TagListKind } from '@gongjo/contract';
import { detailOf, GongjoError } from '../kernel/index.ts';
import { type ListFile, listCharsMax } from '../ledger/index.ts';

/** What files of a kind are called; of a folder only these are read. */
const namesOf: Readonly<Record<TagListKind, RegExp>> = {
  tagpack: /\.ya?ml$/i,
  ofac: /\.(?:txt|json|csv)$/i,
  csv: /\.csv$/i,
};
/** Files of one command; public collections of packs have hundreds. */
const filesMax = 10_000;

/** A list with the path of a file of its own, or of several that belong together. */
export interface SourceFiles {
  readonly source: string;
  readonly paths: readonly string[];
}

/**
 * The lists below these paths, in order. `source` names them all as one list; without it OFAC's files are the one list
 * `ofac`, and every other file is a list of its own, called by its kind and its name without ending. Throws
 * `tag-list-unreadable` for a path that is not there.
 */
export function sourcesOf(kind: TagListKind, paths: readonly string[], source: string | undefined): SourceFiles[] {
  const found = new Map<string, string[]>();
  let count = 0;
  const add = (file: string) => {
    count += 1;
    if (count > filesMax) throw new GongjoError('tag-list-too-large', { limit: `${filesMax} files` });
    const name = source ?? (kind === 'ofac' ? 'ofac' : `${kind}:${path.parse(file).name}`);
    const list = found.get(name);
    if (list) list.push(file);
    else found.set(name, [file]);
  };
  for (const given of paths) {
    const folder = reading(given, () => statSync(given).isDirectory());
    if (!folder) add(given);
    else {
      const below = reading(given, () => readdirSync(given, { recursive: true, withFileTypes: true }));
      const files = below.filter((entry) => entry.isFile() && namesOf[kind].test(entry.name));
      for (const file of files.map((entry) => path.join(entry.parentPath, entry.name)).sort()) add(file);
    }
  }
  return [...found].map(([name, files]) => ({ source: name, paths: files }));
}

/** Reads one list. Throws `tag-list-unreadable` and `tag-list-too-large`. */
export function filesOf({ paths }: SourceFiles): ListFile[] {
  let bytes = 0;
  return paths.map((file) => {
    bytes += reading(file, () => statSync(file).size);
    if (bytes > listCharsMax) throw new GongjoError('tag-list-too-large', { limit: `${listCharsMax} bytes` });
    return { name: path.basename(file), text: reading(file, () => readFileSync(file, 'utf8')) };
  });
}

function reading<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw new GongjoError('tag-list-unreadable', { file, detail: detailOf(thrown) }, thrown);
  }
}
