import type { OverlapSign } from '@gongjo/contract';

/**
 * Whether a partner's questions look like a search through all addresses instead of work on cases.
 *
 * What can be seen is little, and that is the point of the protocol: questions are blinded, so that sequence, nearness and
 * repetition of what is asked are invisible, and so is whether a question is filler. What remains is how many there are, when,
 * and how few of them are about anything that either side works on. A patient partner who stays within its quota and usual rate
 * is not recognised; what that can yield is bounded by the quota, which is why the quota is part of the agreement.
 */
export interface AskStatistics {
  /** Blinded questions of the last 24 hours, filler included, one count an hour, the latest last. */
  readonly hourly: readonly number[];
  readonly quotaPerHour: number;
  readonly quotaPerDay: number;
  /** Questions of a usual day: the median of the days on which the partner asked; null where there are fewer than seven. */
  readonly usualPerDay: number | null;
  /** Overlaps that this desk saw in the last 24 hours, told and silent: what the questions were about as far as anyone here knows. */
  readonly overlaps: number;
  /** Asks that were refused in the last 24 hours because a quota was used up. */
  readonly refusals: number;
}

export interface EnumerationJudgement {
  readonly level: 'calm' | 'notice' | 'alarm';
  readonly signs: OverlapSign[];
}

/** A client that does not know the quota runs into it once or twice; a script does not stop. */
const refusalsMax = 3;
const usedUpShare = 0.9;
/** A new case of size brings some hundred questions in one session of 1,024; less is never unusual. */
const volumeMin = 2 * 1024;
const unusualTimes = 8;
/** Desks that work on the same thefts share far more than one address in a thousand; a search of a chain shares less. */
const sharedMin = 1 / 1000;
const busyHoursMax = 20;
/** An hour counts as busy from this share of its quota on. */
const busyShare = 0.25;

/** One sign is worth a look; two together, or questions that go on after a refusal, are an alarm. */
export function judgeEnumeration(asked: AskStatistics): EnumerationJudgement {
  const day = asked.hourly.reduce((sum, count) => sum + count, 0);
  const busyHours = asked.hourly.filter((count) => count >= Math.max(1, asked.quotaPerHour * busyShare)).length;
  const holds: Readonly<Record<OverlapSign, boolean>> = {
    refused: asked.refusals >= refusalsMax,
    'used-up': day >= asked.quotaPerDay * usedUpShare && day > 0,
    unusual: day >= volumeMin && asked.usualPerDay !== null && day > asked.usualPerDay * unusualTimes,
    'never-seen': day >= volumeMin && asked.overlaps / day < sharedMin,
    'round-the-clock': busyHours >= busyHoursMax,
  };
  const signs = (Object.keys(holds) as OverlapSign[]).filter((sign) => holds[sign]);
  return { level: holds.refused || signs.length > 1 ? 'alarm' : signs.length === 1 ? 'notice' : 'calm', signs };
}
