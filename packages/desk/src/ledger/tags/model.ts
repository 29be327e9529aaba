import type { Tag, TagListKind, TagRefusal } from '@gongjo/contract';

/** A file of a list, as it came: its name says what some lists say nowhere else. */
export interface ListFile {
  readonly name: string;
  readonly text: string;
}

/** A tag as a list says it; the source and the time of the import are added by the run. */
export type TagRow = Omit<Tag, 'source' | 'firstSeen' | 'holder'>;

/** An actor of an actor pack: who a tag's `actor` is. */
export interface ActorRow {
  readonly id: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  readonly uri: string;
}

/** One row of a list, taken or not. */
export type Read =
  | { readonly tag: TagRow }
  | { readonly actor: ActorRow }
  | { readonly refusal: Omit<TagRefusal, 'file'> };

/** Reads the rows of one file of a list. Throws `ListDamage` where the file as a whole cannot be read. */
export type ListReader = (file: ListFile) => AsyncIterable<Read>;

/** A whole file that is not what it should be; nothing of its run is kept. */
export class ListDamage extends Error {
  override name = 'ListDamage';
}

export interface TagList {
  readonly kind: TagListKind;
  /** What this desk calls the list; runs of the same source are compared with each other. */
  readonly source: string;
  readonly files: readonly ListFile[];
}

/** All files of a run together. The largest public packs have 4 MB; a national list of a million rows has about 30. */
export const listCharsMax = 32_000_000;
/** A run is compared in memory, about 500 bytes a row. */
export const rowsMax = 1_000_000;
/** Refusals that are told one by one; beyond it they are counted. A list with more is the wrong file. */
export const refusalsMax = 10_000;
/** What a refusal repeats of the row. */
const valueCharsMax = 200;

export function refusal(row: number, reason: TagRefusal['reason'], of: string, value: string): Read {
  return { refusal: { row, reason, of, value: value.slice(0, valueCharsMax) } };
}
