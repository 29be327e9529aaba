import type { TagChange } from '@gongjo/contract';
import type { ActorRow, TagRow } from './model.ts';

/** What a source says already: the digest of each item under its key, and since when. */
export interface Held {
  readonly digest: string;
  readonly firstSeen: number;
}

/** One line of history. `superseded`: the old label of an address whose tag changed its label; it is told as one change. */
export const changeKinds = ['removed', 'added', 'changed', 'superseded'] as const;
export type ChangeKind = (typeof changeKinds)[number];

export interface Change<Item> {
  readonly kind: ChangeKind;
  readonly key: string;
  /** Null where it is taken away. */
  readonly item: Item | null;
  readonly digest: string;
  readonly firstSeen: number;
}

export interface Diff<Item> {
  readonly changes: readonly Change<Item>[];
  readonly counts: Readonly<Record<TagChange['change'], number>>;
  readonly unchanged: number;
}

const separator = '\u0000';

/** A tag is the same tag while chain, address and label are; the key is their text. */
export function tagKey({ chain, address, label }: Pick<TagRow, 'chain' | 'address' | 'label'>): string {
  return [chain, address, label].join(separator);
}

export function actorKey({ id }: Pick<ActorRow, 'id'>): string {
  return id;
}

/** Chain and address of a tag's key. */
function placeOf(key: string): string {
  return key.slice(0, key.lastIndexOf(separator));
}

/**
 * What a list says now against what it said before. Where it says other labels of one address than before, as many as
 * possible are told as changed, so that `added` and `removed` are what came on the list and what left it. `stays` holds back
 * removals: a row that was refused has not left the list. `whole` is false where the list tells only a part.
 */
export function diffOf<Item>(
  held: ReadonlyMap<string, Held>,
  next: ReadonlyMap<string, { readonly item: Item; readonly digest: string }>,
  options: { readonly now: number; readonly whole: boolean; readonly stays: (key: string) => boolean },
): Diff<Item> {
  const changes: Change<Item>[] = [];
  const counts = { added: 0, changed: 0, removed: 0 };
  let unchanged = 0;
  const leaving = new Map<string, { key: string; firstSeen: number }[]>();
  if (options.whole) {
    for (const [key, { firstSeen }] of held) {
      if (next.has(key) || options.stays(key)) continue;
      const place = placeOf(key);
      const list = leaving.get(place);
      if (list) list.push({ key, firstSeen });
      else leaving.set(place, [{ key, firstSeen }]);
    }
  }
  for (const [key, { item, digest }] of next) {
    const before = held.get(key);
    if (before?.digest === digest) {
      unchanged += 1;
      continue;
    }
    const old = before ? undefined : leaving.get(placeOf(key))?.pop();
    if (old) changes.push({ kind: 'superseded', key: old.key, item: null, digest: '', firstSeen: old.firstSeen });
    const kind = before || old ? 'changed' : 'added';
    counts[kind] += 1;
    changes.push({ kind, key, item, digest, firstSeen: (before ?? old)?.firstSeen ?? options.now });
  }
  for (const list of leaving.values()) {
    for (const { key, firstSeen } of list) {
      counts.removed += 1;
      changes.push({ kind: 'removed', key, item: null, digest: '', firstSeen });
    }
  }
  return { changes, counts, unchanged };
}
