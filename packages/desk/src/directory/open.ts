import type { DirectoryFinding, DirectorySummary } from '@gongjo/contract';
import { directoryLists } from '@gongjo/contract';
import { GongjoError } from '../kernel/index.ts';
import { keepOwnFile, type OriginText, readDirectoryFiles } from './directory.store.ts';
import { type Directory, liveDirectory } from './directory.ts';
import { type DirectoryText, directoryFrom, readDirectory } from './read.ts';

/** The directory of a desk and the files it is made of. Nothing that is not valid ever replaces what is. */
export interface OpenDirectory {
  readonly directory: Directory;
  summary(): DirectorySummary;
  /** What would be wrong with these files, laid over all that the desk has. */
  validate(texts: readonly DirectoryText[]): readonly DirectoryFinding[];
  /** Reads every file again. Throws `directory-invalid`. */
  reload(): void;
  /** Writes a file of the agency’s own copy, or removes it where the text is null. Throws `directory-invalid`. */
  put(name: string, text: string | null): void;
}

/** A name that is a file in the folder and nothing else. */
const ownName = /^[a-z0-9][a-z0-9-]{0,63}\.ya?ml$/;

/** Opens the directory of a data folder. Throws `directory-invalid` or `settings-unreadable`. */
export function openDirectory(data: string, named: readonly string[]): OpenDirectory {
  let files = readDirectoryFiles(data, named);
  const directory = liveDirectory(directoryFrom(files));
  const take = (next: readonly OriginText[], keep: () => void = () => undefined) => {
    const read = directoryFrom(next);
    keep();
    files = [...next];
    directory.replace(read);
  };
  return {
    directory,
    summary: () => {
      const { book } = directory;
      const counts = Object.fromEntries(directoryLists.map((list) => [list, book[list].size]));
      return {
        files: files.map(({ name, origin }) => ({ name, origin })),
        counts: counts as DirectorySummary['counts'],
      };
    },
    validate: (texts) => readDirectory([...files, ...texts]).findings,
    reload: () => take(readDirectoryFiles(data, named)),
    put: (name, text) => {
      if (!ownName.test(name)) throw new GongjoError('input-invalid', { detail: `name: ${name.slice(0, 100)}` });
      const isIt = (file: OriginText) => file.origin === 'own' && file.name === name;
      if (text === null && !files.some(isIt)) throw new GongjoError('not-found');
      const others = files.filter((file) => !isIt(file));
      const own = [
        ...others.filter(({ origin }) => origin === 'own'),
        ...(text === null ? [] : [{ name, text, origin: 'own' as const }]),
      ].sort((a, b) => (a.name < b.name ? -1 : 1));
      take([...others.filter(({ origin }) => origin !== 'own'), ...own], () => keepOwnFile(data, name, text));
    },
  };
}
