import type { HoldClock, HoldProgress, HoldWarning, Instant } from '@gongjo/contract';
import { epochMs, instant } from '../../kernel/index.ts';
import type { HoldSettings } from '../../platform/index.ts';
import { isHeld } from './states.ts';

const hourMs = 3_600_000;

/** How long before its end a hold is warned of, from long to short, and how soon an addressee is to say that it has the request. */
export type HoldClockSettings = Pick<HoldSettings, 'warnHours' | 'acknowledgeHours'>;

/** Whole hours until then, the begun one counted; none where it is over. */
export function hoursLeft(dueAt: Instant, now: Instant): number {
  return Math.max(0, Math.ceil((epochMs(dueAt) - epochMs(now)) / hourMs));
}

type Watched = Pick<HoldProgress, 'state' | 'sentAt' | 'acknowledgedAt' | 'expiresAt'>;

/** The clocks of a request at an hour: pure functions of what happened. */
export function clocksOf(progress: Watched, settings: HoldClockSettings, now: Instant): HoldClock[] {
  const clocks: HoldClock[] = [];
  const { state, sentAt, acknowledgedAt, expiresAt } = progress;
  if (sentAt !== null) {
    const dueAt = instant(epochMs(sentAt) + settings.acknowledgeHours * hourMs);
    if (acknowledgedAt !== null) clocks.push({ kind: 'acknowledgement', dueAt, state: 'met' });
    else if (state === 'sent')
      clocks.push({ kind: 'acknowledgement', dueAt, state: now >= dueAt ? 'over' : 'running' });
  }
  if (isHeld(state) && expiresAt !== null) {
    const soonMs = (settings.warnHours[0] ?? 0) * hourMs;
    const left = epochMs(expiresAt) - epochMs(now);
    clocks.push({ kind: 'expiry', dueAt: expiresAt, state: left <= 0 ? 'over' : left <= soonMs ? 'soon' : 'running' });
  }
  return clocks;
}

export interface DueWarning extends Pick<HoldWarning, 'kind' | 'hours' | 'dueAt'> {
  /** Names it, so that it is told once. A hold that is extended is warned of anew. */
  readonly key: string;
}

export function warningKey({ kind, hours, dueAt }: Pick<HoldWarning, 'kind' | 'hours' | 'dueAt'>): string {
  return kind === 'expiry' ? `expiry|${dueAt}|${hours}` : `${kind}|${dueAt}`;
}

/** Whether a warning still tells what is so: nothing has come back that makes it needless, and no later one took its place. */
export function isStillSo(key: string, { state, acknowledgedAt, expiresAt }: Watched, now: Instant): boolean {
  const [kind, dueAt] = key.split('|');
  if (kind === 'unacknowledged') return state === 'sent' && acknowledgedAt === null;
  return isHeld(state) && dueAt === expiresAt && (kind === 'expired' || now < expiresAt);
}

/**
 * What is to be told at an hour, the most urgent last. Of several steps that a desk slept through only the last is told:
 * `passed` are those that it makes needless.
 */
export function warningsDue(
  progress: Watched,
  settings: HoldClockSettings,
  now: Instant,
  told: ReadonlySet<string>,
): { readonly due: DueWarning[]; readonly passed: DueWarning[] } {
  const { state, sentAt, acknowledgedAt, expiresAt } = progress;
  const due: DueWarning[] = [];
  const passed: DueWarning[] = [];
  if (state === 'sent' && sentAt !== null && acknowledgedAt === null) {
    const dueAt = instant(epochMs(sentAt) + settings.acknowledgeHours * hourMs);
    const key = warningKey({ kind: 'unacknowledged', hours: 0, dueAt });
    if (now >= dueAt && !told.has(key)) due.push({ key, kind: 'unacknowledged', hours: 0, dueAt });
  }
  if (isHeld(state) && expiresAt !== null) {
    const steps = [
      ...settings.warnHours.map(
        (hours): DueWarning => ({
          key: warningKey({ kind: 'expiry', hours, dueAt: expiresAt }),
          kind: 'expiry',
          hours,
          dueAt: expiresAt,
        }),
      ),
      {
        key: warningKey({ kind: 'expired', hours: 0, dueAt: expiresAt }),
        kind: 'expired' as const,
        hours: 0,
        dueAt: expiresAt,
      },
    ].filter(({ hours }) => epochMs(now) >= epochMs(expiresAt) - hours * hourMs);
    const last = steps.at(-1);
    if (last && !told.has(last.key)) due.push(last);
    passed.push(...steps.slice(0, -1).filter(({ key }) => !told.has(key)));
  }
  return { due, passed };
}
