import type { Notice, NoticeChannel, Problem } from '@gongjo/contract';

/** What an agency's notices come to. `waiting`: no way has worked yet. */
export type ToldState = 'waiting' | 'told' | 'acknowledged';

export interface AgencyTold {
  readonly agency: Notice['agency'];
  readonly state: ToldState;
  /** The first that it was decided, that a way worked, and that somebody there said so. */
  readonly dueAt: string;
  readonly toldAt: string | null;
  readonly acknowledgedAt: string | null;
  readonly acknowledgedBy: string | null;
  /** In the order in which they were decided; those that were dropped come last. */
  readonly notices: readonly Notice[];
}

/** Notices as the agencies see them: who waits stands first, then who was told, then who acknowledged. */
export function agenciesTold(notices: readonly Notice[]): AgencyTold[] {
  const groups = Map.groupBy(notices, ({ agency }) => agency.id);
  const rank: Readonly<Record<ToldState, number>> = { waiting: 0, told: 1, acknowledged: 2 };
  return [...groups.values()]
    .flatMap((group) => agencyTold(group) ?? [])
    .sort(
      (a, b) =>
        rank[a.state] - rank[b.state] || a.dueAt.localeCompare(b.dueAt) || a.agency.id.localeCompare(b.agency.id),
    );
}

function agencyTold(group: readonly Notice[]): AgencyTold | null {
  const isDropped = ({ state }: Notice) => state === 'dropped';
  const [first, ...rest] = group.toSorted(
    (a, b) => Number(isDropped(a)) - Number(isDropped(b)) || a.at.localeCompare(b.at) || a.id.localeCompare(b.id),
  );
  // An agency to which every way was dropped has nothing to do with the incident any more.
  if (first === undefined || group.every(isDropped)) return null;
  const notices = [first, ...rest];
  const acknowledged = notices
    .filter((notice) => notice.acknowledgedAt !== null)
    .sort((a, b) => (a.acknowledgedAt ?? '').localeCompare(b.acknowledgedAt ?? ''))[0];
  const toldAt = earliest(notices.map(({ sentAt, deliveredAt }) => earliest([sentAt, deliveredAt])));
  return {
    agency: first.agency,
    state: acknowledged ? 'acknowledged' : toldAt === null ? 'waiting' : 'told',
    dueAt: earliest(notices.map(({ at }) => at)) ?? first.at,
    toldAt,
    acknowledgedAt: acknowledged?.acknowledgedAt ?? null,
    acknowledgedBy: acknowledged?.acknowledgedBy ?? null,
    notices,
  };
}

function earliest(times: readonly (string | null)[]): string | null {
  return times.filter((time) => time !== null).sort()[0] ?? null;
}

/** It has not arrived, and nobody has acknowledged. */
export function isWaiting({ state, acknowledgedAt }: Notice): boolean {
  return acknowledgedAt === null && (state === 'due' || state === 'failed' || state === 'by-hand');
}

/** One kind of thing that is wrong, as the first notice of it says, and how many wait because of it. */
export interface WhyWaiting {
  readonly problem: Problem;
  readonly channels: readonly NoticeChannel[];
  readonly count: number;
  /** How many others say it of something else, such as of another agency. */
  readonly others: number;
}

/** What keeps notices from arriving, each kind said once; what keeps the most of them first. */
export function whyWaiting(notices: readonly Notice[]): WhyWaiting[] {
  const stuck = notices
    .filter(isWaiting)
    .flatMap(({ problem, channel }) => (problem === null ? [] : { problem, channel }));
  return [...Map.groupBy(stuck, ({ problem }) => problem.code).values()]
    .flatMap((some) => {
      const [first] = some;
      if (first === undefined) return [];
      const channels = [...new Set(some.map(({ channel }) => channel))];
      const others = new Set(some.map(({ problem }) => problem.text.en)).size - 1;
      return [{ problem: first.problem, channels, count: some.length, others }];
    })
    .sort((a, b) => b.count - a.count || a.problem.code.localeCompare(b.problem.code));
}
