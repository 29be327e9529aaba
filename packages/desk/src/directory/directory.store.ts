import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { detailOf, GongjoError } from '../kernel/index.ts';
import { DIRECTORY_CHARS_MAX, type DirectoryText } from './read.ts';

/** Whence a file of the directory is: with the program, named in the settings, or the agency's own in its data folder. */
export type DirectoryOrigin = 'shipped' | 'settings' | 'own';
export interface OriginText extends DirectoryText {
  readonly origin: DirectoryOrigin;
}

/** A person edits them; a hundred thousand files would be something else. */
const FILES_MAX = 1000;

const shippedFolder = fileURLToPath(new URL('../../directory/', import.meta.url));
const ownFolder = (data: string) => path.join(data, 'directory');

/**
 * The files of a desk in the order in which they count: the shipped edition, those that the settings name, the agency's own.
 * Throws `settings-unreadable` for a file that is named and cannot be read.
 */
export function readDirectoryFiles(data: string, named: readonly string[]): OriginText[] {
  const shipped = yamlIn(shippedFolder).map((name) => ({
    name,
    text: readText(path.join(shippedFolder, name)),
    origin: 'shipped' as const,
  }));
  const settings = named.map((file) => ({ name: file, text: readText(file), origin: 'settings' as const }));
  const folder = ownFolder(data);
  const own = existsSync(folder)
    ? yamlIn(folder).map((name) => ({ name, text: readText(path.join(folder, name)), origin: 'own' as const }))
    : [];
  return [...shipped, ...settings, ...own];
}

/** Writes or, with null, removes a file of the agency's own copy, whole or not at all. */
export function keepOwnFile(data: string, name: string, text: string | null): void {
  const folder = ownFolder(data);
  const file = path.join(folder, name);
  if (text === null) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}

function yamlIn(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
  return names.sort().slice(0, FILES_MAX);
}

function readText(file: string): string {
  try {
    if (statSync(file).size > 4 * DIRECTORY_CHARS_MAX)
      throw new Error(`it is larger than ${4 * DIRECTORY_CHARS_MAX} bytes`);
    return readFileSync(file, 'utf8');
  } catch (thrown) {
    throw new GongjoError('settings-unreadable', { file, detail: detailOf(thrown) }, thrown);
  }
}
