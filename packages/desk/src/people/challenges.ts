import type { Clock, Random } from '../platform/index.ts';

/** What a browser was asked to sign, or sent away with, and comes back with. */
export interface Challenges<T> {
  /** A fresh one for this purpose. */
  make(about: T): string;
  /** What it was made for, once; null for one that is used, too old or invented. */
  take(challenge: string): T | null;
}

/** A person touches a key or types a password within this. */
export const challengeLifeMs = 10 * 60_000;
/** Anybody may ask for one. More at a time than a desk has people is not its people, and the oldest give way. */
const challengesMax = 10_000;

/** Challenges live for minutes and only in this process: after a restart people press the button again. */
export function createChallenges<T>({
  clock,
  random,
}: {
  readonly clock: Clock;
  readonly random: Random;
}): Challenges<T> {
  const made = new Map<string, { readonly about: T; readonly until: number }>();
  const forgetOld = () => {
    for (const [key, { until }] of made) {
      if (until > clock.now() && made.size < challengesMax) return;
      made.delete(key);
    }
  };
  return {
    make: (about) => {
      forgetOld();
      const challenge = random.token();
      made.set(challenge, { about, until: clock.now() + challengeLifeMs });
      return challenge;
    },
    take: (challenge) => {
      const found = made.get(challenge);
      made.delete(challenge);
      return found && found.until > clock.now() ? found.about : null;
    },
  };
}
