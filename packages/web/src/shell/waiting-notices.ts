import type { Notice, NoticeChannel, Problem } from '@gongjo/contract';

/** Notices that one way does not take. */
export interface WaitingChannel {
  readonly channel: NoticeChannel;
  readonly count: number;
  readonly oldest: Notice;
  /** What the newest try says is wrong; null where a person has to do something, or nothing was tried yet. */
  readonly problem: Problem | null;
}

/** A notice that has just been decided is under way, not waiting. */
const UNDER_WAY_MS = 60_000;

/** What has not arrived, by the way that it should go; the way with the most first. */
export function waitingNotices(notices: readonly Notice[], now: string): WaitingChannel[] {
  const waiting = notices.filter(({ state, at }) => state !== 'due' || Date.parse(now) - Date.parse(at) > UNDER_WAY_MS);
  return [...Map.groupBy(waiting, ({ channel }) => channel)]
    .flatMap(([channel, some]): WaitingChannel[] => {
      const [oldest, ...rest] = some.toSorted((a, b) => a.at.localeCompare(b.at));
      if (oldest === undefined) return [];
      const problem = [oldest, ...rest].toReversed().find((notice) => notice.state === 'failed')?.problem ?? null;
      return [{ channel, count: some.length, oldest, problem }];
    })
    .sort((a, b) => b.count - a.count || a.channel.localeCompare(b.channel));
}
