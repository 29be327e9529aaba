import {
  type AssetId,
  type DirectoryEntry,
  type DirectoryFile,
  type Issuer,
  type Text,
  zDirectoryFile,
} from '@gongjo/contract';
import { type Book, bookOf } from './book.ts';

export interface Directory {
  find(id: string | null): DirectoryEntry | null;
  /** The name and country to show for a holder; null where the directory does not know it. */
  nameOf(id: string | null): Text | null;
  countryOf(id: string | null): string | null;
  /** Whose token it is. */
  issuerOf(asset: AssetId): Issuer | null;
  /** Everything, for the questions of this module (`whoMustKnow`, `onDuty`, …). */
  readonly book: Book;
}

/** A directory of the short form alone: holders by name and country. */
export function createDirectory(entries: readonly DirectoryEntry[]): Directory {
  return directoryOf([{ ...zDirectoryFile.parse({}), entries: [...entries] }]);
}

/** A later file's entry with the same id replaces an earlier one, so that an agency's own file can correct a shipped one. */
export function directoryOf(files: readonly DirectoryFile[]): Directory {
  const book = bookOf(files);
  const holders = new Map<string, DirectoryEntry>();
  for (const { id, name, country } of book.agencies.values()) holders.set(id, { id, name, country, kind: 'agency' });
  for (const { id, name, countries } of book.issuers.values()) {
    const [country, ...others] = countries;
    holders.set(id, { id, name, kind: 'service', ...(country && others.length === 0 ? { country } : {}) });
  }
  for (const { id, name, country, kind, actors } of book.vasps.values())
    for (const known of [...actors, id]) holders.set(known, { id, name, kind, ...(country ? { country } : {}) });
  for (const entry of book.entries.values()) holders.set(entry.id, entry);
  const issuers = new Map<string, Issuer>();
  for (const issuer of book.issuers.values())
    for (const { asset } of issuer.assets) issuers.set(asset.toLowerCase(), issuer);
  const find = (id: string | null) => (id === null ? null : (holders.get(id) ?? null));
  return {
    find,
    nameOf: (id) => find(id)?.name ?? null,
    countryOf: (id) => find(id)?.country ?? null,
    issuerOf: (asset) => issuers.get(asset.toLowerCase()) ?? null,
    book,
  };
}

/** A directory that can be read anew while the desk runs: whoever holds it sees the newest. */
export interface LiveDirectory extends Directory {
  replace(next: Directory): void;
}

export function liveDirectory(first: Directory): LiveDirectory {
  let current = first;
  return {
    find: (id) => current.find(id),
    nameOf: (id) => current.nameOf(id),
    countryOf: (id) => current.countryOf(id),
    issuerOf: (asset) => current.issuerOf(asset),
    get book() {
      return current.book;
    },
    replace: (next) => {
      current = next;
    },
  };
}
