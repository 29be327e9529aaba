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
  /** Whose token it is, by its contract; symbols decide nothing. Null where that is not known. */
  issuerOf(asset: AssetId): Issuer | null;
  /** Whether the issuer can freeze it in any address. A token that the directory does not have may be freezable, too. */
  canFreeze(asset: AssetId): boolean;
  /** Everything, for the questions of this module (`whoMustKnow`, `onDuty`, …). */
  readonly book: Book;
}

/** A directory of holders by name and country, the short form, and of issuers. */
export function createDirectory(entries: readonly DirectoryEntry[], issuers: readonly Issuer[] = []): Directory {
  return directoryOf([{ ...zDirectoryFile.parse({}), entries: [...entries], issuers: [...issuers] }]);
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
  const issued = new Map<string, { readonly issuer: Issuer; readonly freezable: boolean }>();
  for (const issuer of book.issuers.values())
    for (const { asset, freezable } of issuer.assets) issued.set(asset.toLowerCase(), { issuer, freezable });
  const find = (id: string | null) => (id === null ? null : (holders.get(id) ?? null));
  return {
    find,
    nameOf: (id) => find(id)?.name ?? null,
    countryOf: (id) => find(id)?.country ?? null,
    issuerOf: (asset) => issued.get(asset.toLowerCase())?.issuer ?? null,
    canFreeze: (asset) => issued.get(asset.toLowerCase())?.freezable ?? false,
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
    canFreeze: (asset) => current.canFreeze(asset),
    get book() {
      return current.book;
    },
    replace: (next) => {
      current = next;
    },
  };
}
