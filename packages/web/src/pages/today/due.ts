import type { AskedHoldSummary, HoldClock, HoldSummary, ReleaseRequest, RequestView } from '@gongjo/contract';
import { isMine } from '../approvals/order.ts';
import { nextClock } from '../holds/hold-rows.ts';

/** Something that waits for a person of this desk, and until when. */
export type Due = { readonly at: string } & (
  | { readonly kind: 'asked-hold'; readonly hold: AskedHoldSummary; readonly clock: HoldClock }
  | { readonly kind: 'hold'; readonly hold: HoldSummary; readonly clock: HoldClock }
  | { readonly kind: 'asked' | 'asked-back' | 'late'; readonly request: RequestView }
  | { readonly kind: 'approval'; readonly approval: ReleaseRequest }
);

/** A hold that ends later needs nobody today. */
const holdAheadMs = 72 * 3_600_000;
const settled: readonly RequestView['state'][] = ['draft', 'answered', 'refused', 'withdrawn', 'closed'];
/** Whoever asked for the hold waits for nothing any more. */
const endedThere: readonly AskedHoldSummary['stateThere'][] = [
  'withdrawn',
  'refused',
  'released',
  'seized',
  'returned',
];

/** All that waits, what is due first on top: decisions, requests that partners make, and clocks of this desk's own requests. */
export function dueOf(
  known: {
    readonly asked: readonly AskedHoldSummary[];
    readonly holds: readonly HoldSummary[];
    readonly requests: readonly RequestView[];
    readonly approvals: readonly ReleaseRequest[];
  },
  now: string,
): Due[] {
  const isNear = (at: string) => Date.parse(at) - Date.parse(now) <= holdAheadMs;
  const due: Due[] = [
    ...known.approvals
      .filter(isMine)
      .map((approval) => ({ kind: 'approval' as const, at: approval.expiresAt, approval })),
    ...known.asked.flatMap((hold) => {
      const clock = nextClock(hold.clocks);
      return clock === null || endedThere.includes(hold.stateThere) || (clock.kind === 'expiry' && !isNear(clock.dueAt))
        ? []
        : [{ kind: 'asked-hold' as const, at: clock.dueAt, hold, clock }];
    }),
    ...known.holds.flatMap((hold) => {
      const clock = nextClock(hold.clocks);
      return hold.desk !== null || clock === null || !isNear(clock.dueAt)
        ? []
        : [{ kind: 'hold' as const, at: clock.dueAt, hold, clock }];
    }),
    ...known.requests.flatMap((request) => {
      const kind = requestKind(request);
      return kind === null ? [] : [{ kind, at: request.deadline, request }];
    }),
  ];
  return due.sort((a, b) => a.at.localeCompare(b.at));
}

/** Whoever was asked back is the one who acts; an own request is looked at again when its answer is late. */
function requestKind({ state, own, overdue }: RequestView): 'asked' | 'asked-back' | 'late' | null {
  if (settled.includes(state)) return null;
  if (state === 'queried') return own ? 'asked-back' : null;
  if (own) return overdue ? 'late' : null;
  return 'asked';
}
