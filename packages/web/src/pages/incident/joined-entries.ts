import type { TimelineEntry } from '@gongjo/contract';

export interface JoinedEntry {
  /** The latest of them. */
  readonly entry: TimelineEntry;
  readonly times: number;
}

/** Entries, the latest first; those in a row that tell of one agency's escalation stand as one that counts. */
export function joinRepeated(entries: readonly TimelineEntry[]): JoinedEntry[] {
  const joined: JoinedEntry[] = [];
  for (const entry of entries) {
    const last = joined.at(-1);
    if (last !== undefined && isRepeated(last.entry, entry))
      joined[joined.length - 1] = { ...last, times: last.times + 1 };
    else joined.push({ entry, times: 1 });
  }
  return joined;
}

function isRepeated(one: TimelineEntry, other: TimelineEntry): boolean {
  return one.kind === 'escalated' && other.kind === 'escalated' && one.who?.en === other.who?.en;
}
