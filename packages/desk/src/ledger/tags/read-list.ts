import { setImmediate } from 'node:timers/promises';
import type { TagRefusal } from '@gongjo/contract';
import { GongjoError } from '../../kernel/index.ts';
import { readCsv } from './csv.ts';
import { actorKey, tagKey } from './diff.ts';
import { digestOf } from './digest.ts';
import {
  type ActorRow,
  ListDamage,
  type ListFile,
  listCharsMax,
  type Read,
  refusalsMax,
  rowsMax,
  type TagList,
  type TagRow,
} from './model.ts';
import { readOfac } from './ofac.ts';
import { readTagPack } from './tagpack.ts';

/** Everything that a list says, each item once. */
export interface ReadList {
  readonly tags: Map<string, { item: TagRow; digest: string }>;
  readonly actors: Map<string, { item: ActorRow; digest: string }>;
  readonly repeated: number;
  /** All refusals, of which the first are kept one by one. */
  readonly refused: number;
  readonly refusals: readonly TagRefusal[];
  /** False where a text was cut off: what is not in such a list has not left it. */
  readonly whole: boolean;
  /** The refused values in lower case: a tag whose address stands here has not left the list. */
  readonly refusedTexts: ReadonlySet<string>;
}

/** A row is taken in microseconds; other work of the desk runs in between. */
const rowsAtOnce = 500;

/**
 * Reads all files of a list. Of rows that say the same of the same address the last one counts. Throws `tag-list-unreadable`
 * where one file cannot be read as a whole, `tag-list-too-large` beyond the bounds.
 */
export async function readList({ kind, files }: TagList): Promise<ReadList> {
  const chars = files.reduce((sum, { text }) => sum + text.length, 0);
  if (chars > listCharsMax) throw new GongjoError('tag-list-too-large', { limit: `${listCharsMax} characters` });
  const tags: ReadList['tags'] = new Map();
  const actors: ReadList['actors'] = new Map();
  const refusals: TagRefusal[] = [];
  const refusedTexts = new Set<string>();
  let repeated = 0;
  let refused = 0;
  let whole = true;
  let rows = 0;
  for (const file of files) {
    const take = (read: Read) => {
      if ('refusal' in read) {
        refused += 1;
        if (read.refusal.reason === 'text-cut') whole = false;
        refusedTexts.add(read.refusal.value.toLowerCase());
        if (refusals.length < refusalsMax) refusals.push({ file: file.name, ...read.refusal });
      } else if ('actor' in read) {
        const key = actorKey(read.actor);
        if (actors.has(key)) repeated += 1;
        const { id, name, countries, uri } = read.actor;
        actors.set(key, { item: read.actor, digest: digestOf([id, name, countries, uri]) });
      } else {
        const key = tagKey(read.tag);
        if (tags.has(key)) repeated += 1;
        tags.set(key, { item: read.tag, digest: tagDigest(read.tag) });
      }
    };
    try {
      const reader = kind === 'tagpack' ? readTagPack(file) : kind === 'csv' ? readCsv(file) : readOfac(file, files);
      for await (const read of reader) {
        take(read);
        rows += 1;
        if (rows > rowsMax) throw new GongjoError('tag-list-too-large', { limit: `${rowsMax} rows` });
        if (rows % rowsAtOnce === 0) await setImmediate();
      }
    } catch (thrown) {
      throw damageOf(thrown, file);
    }
  }
  return { tags, actors, repeated, refused, refusals, refusedTexts, whole };
}

export function tagDigest(tag: TagRow): string {
  const { category, abuse, actor, confidence, creator, modified, uri, programmes } = tag;
  return digestOf([
    category,
    abuse ?? '',
    actor ?? '',
    confidence,
    creator ?? '',
    modified ?? '',
    uri ?? '',
    programmes ?? [],
  ]);
}

function damageOf(thrown: unknown, { name }: ListFile): unknown {
  if (!(thrown instanceof ListDamage)) return thrown;
  return new GongjoError('tag-list-unreadable', { file: name, detail: thrown.message }, thrown);
}
