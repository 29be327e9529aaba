import {
  type AssetId,
  fillText,
  type HoldAmount,
  type HoldEventKind,
  type HoldHappening,
  type HoldProgress,
  holdTerms,
  type Instant,
  type Units,
} from '@gongjo/contract';
import { epochMs, GongjoError, instant } from '../../kernel/index.ts';
import { afterEvent } from './states.ts';

const dayMs = 86_400_000;

/** What a request says that its progress depends on. */
export interface HoldTerms {
  readonly amounts: readonly Pick<HoldAmount, 'asset' | 'units' | 'symbol'>[];
  /** Days asked for. */
  readonly days: number;
  /** Days that the addressee holds at a request; null: it publishes none. */
  readonly courtesyDays: number | null;
  /** The addressee says of its holds that they end otherwise than by time. */
  readonly endsOtherwise: boolean;
  /** Persons besides whoever drafted it. */
  readonly approvalsNeeded: number;
}

export const notBegun: HoldProgress = {
  state: 'drafted',
  approvals: [],
  approvedAt: null,
  sentAt: null,
  way: null,
  to: null,
  acknowledgedAt: null,
  heldAt: null,
  held: [],
  expiresAt: null,
  extended: 0,
  theirReference: null,
  orderReference: null,
  endedAt: null,
  reason: null,
};

export type Happened = Omit<HoldHappening, 'seq' | 'enteredAt'>;

/**
 * The progress after one more thing has happened; it is a pure function of the two, so the record of what happened is the
 * whole truth. Throws `hold-step-forbidden`, `hold-amount-wrong` or `hold-time-wrong`.
 */
export function afterHappening(before: HoldProgress, terms: HoldTerms, happened: Happened): HoldProgress {
  const { kind, at } = happened;
  const state = afterEvent(before.state, kind);
  checkTimes(before, happened);
  const reached = { ...before, state };
  const theirs = happened.reference === undefined ? {} : { theirReference: happened.reference };
  switch (kind) {
    case 'revise':
      return { ...reached, approvals: [], approvedAt: null };
    case 'approve': {
      const approvals = [...before.approvals, { by: happened.by, at }];
      const isDone = approvals.length >= terms.approvalsNeeded;
      return { ...before, approvals, ...(isDone && { state, approvedAt: at }) };
    }
    case 'send':
      return {
        ...reached,
        sentAt: before.sentAt !== null && before.sentAt < at ? before.sentAt : at,
        way: happened.way ?? before.way,
        to: happened.to ?? before.to,
      };
    case 'acknowledge':
      return { ...reached, ...theirs, acknowledgedAt: at };
    case 'hold-part':
    case 'hold-full': {
      const held = heldOf(terms, happened);
      return {
        ...reached,
        ...theirs,
        held,
        heldAt: before.heldAt ?? at,
        acknowledgedAt: before.acknowledgedAt ?? at,
        expiresAt: happened.until ?? before.expiresAt ?? endOf(terms, before.heldAt ?? at),
      };
    }
    case 'extend':
      return { ...reached, expiresAt: laterOf(before, happened), extended: before.extended + 1 };
    case 'order':
      return { ...reached, orderReference: happened.reference ?? null, expiresAt: happened.until ?? null };
    case 'release':
    case 'refuse':
    case 'withdraw':
      return { ...reached, endedAt: at, expiresAt: null, reason: happened.reason ?? null };
    case 'seize':
    case 'return':
      return { ...reached, endedAt: at, expiresAt: null, orderReference: happened.reference ?? before.orderReference };
  }
}

/** Whether amounts are all that was asked for. Throws `hold-amount-wrong`. */
export function heldKind(terms: HoldTerms, held: readonly { asset: AssetId; units: Units }[]): HoldEventKind {
  const isFull = terms.amounts.every(({ asset, units }) => held.some((it) => it.asset === asset && it.units === units));
  checkAmounts(terms, held);
  return isFull ? 'hold-full' : 'hold-part';
}

function heldOf(terms: HoldTerms, { amounts }: Happened): HoldProgress['held'] {
  const held = amounts ?? terms.amounts.map(({ asset, units }) => ({ asset, units }));
  checkAmounts(terms, held);
  return held;
}

function checkAmounts(terms: HoldTerms, held: readonly { asset: AssetId; units: Units }[]): void {
  const seen = new Set<AssetId>();
  for (const { asset, units } of held) {
    const asked = terms.amounts.find((it) => it.asset === asset);
    if (!asked || seen.has(asset) || BigInt(units) > BigInt(asked.units))
      throw new GongjoError('hold-amount-wrong', { asset: asked?.symbol ?? asset });
    seen.add(asset);
  }
}

/** When a hold ends that begins at `at`, as far as anybody knows; null: it does not end by time. */
function endOf({ courtesyDays, endsOtherwise, days }: HoldTerms, at: string): string | null {
  if (courtesyDays === null && endsOtherwise) return null;
  return instant(epochMs(at) + (courtesyDays ?? days) * dayMs);
}

function laterOf({ expiresAt }: HoldProgress, { until }: Happened): string {
  if (until && (expiresAt === null || until > expiresAt)) return until;
  throw wrongTime(until ?? '–', 'later', expiresAt ?? '–');
}

/** What becomes of the request itself; everything else becomes of what is held. */
const ofRequest: ReadonlySet<HoldEventKind> = new Set(['acknowledge', 'hold-part', 'hold-full', 'refuse', 'withdraw']);

/** Nothing comes before what it answers, and nothing ends before it begins. */
function checkTimes({ sentAt, approvedAt, heldAt }: HoldProgress, { kind, at, until }: Happened): void {
  for (const time of [at, until]) if (time && !isTime(time)) throw wrongTime(time, 'none');
  const after = sentAt === null || kind === 'send' ? approvedAt : ofRequest.has(kind) ? sentAt : (heldAt ?? sentAt);
  if (after !== null && at < after) throw wrongTime(at, 'notBefore', after);
  if (until && until <= at) throw wrongTime(until, 'later', at);
}

/** When something happens that no person gave a time for: now, though a machine's clock may have been set back since. */
export function momentOf({ approvedAt, sentAt, heldAt }: HoldProgress, nowMs: number): Instant {
  return [instant(nowMs), approvedAt ?? '', sentAt ?? '', heldAt ?? ''].sort().at(-1) ?? '';
}

/** There is no 31st of November. */
export const isTime = (text: string) => Number.isFinite(Date.parse(text)) && instant(Date.parse(text)) === text;

/** A time that cannot be, and why: `hold-time-wrong`. */
export function wrongTime(at: string, why: keyof typeof holdTerms.time, than = ''): GongjoError {
  return new GongjoError('hold-time-wrong', { at, detail: fillText(holdTerms.time[why], { at: than }) });
}
