import { percentile, timed } from './figure.ts';

/** Questions are asked again in turn, after a first round that warms caches up, until each was asked so often or so much time has passed. */
const roundsMax = 20;
const roundsMin = 2;
const roundsMs = 6_000;

export interface Repeated<T> {
  /** The answers of the first round. */
  readonly answers: readonly T[];
  readonly coldMs: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

export async function repeat<Q, T>(questions: readonly Q[], ask: (question: Q) => Promise<T>): Promise<Repeated<T>> {
  const first: { readonly value: T; readonly ms: number }[] = [];
  for (const question of questions) first.push(await timed(() => ask(question)));
  const times: number[] = [];
  let total = 0;
  for (let round = 0; round < roundsMin || (round < roundsMax && total < roundsMs); round += 1)
    for (const question of questions) {
      const { ms } = await timed(() => ask(question));
      times.push(ms);
      total += ms;
    }
  times.sort((a, b) => a - b);
  const cold = first.map(({ ms }) => ms).sort((a, b) => a - b);
  return {
    answers: first.map(({ value }) => value),
    coldMs: percentile(cold, 0.5),
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
  };
}

export const mean = (numbers: readonly number[]) => numbers.reduce((sum, it) => sum + it, 0) / numbers.length;
export const whole = (count: number) => Math.round(count).toLocaleString('en');
/** `p50 / p95 ms` */
export const spread = ({ p50Ms, p95Ms }: Pick<Repeated<unknown>, 'p50Ms' | 'p95Ms'>) =>
  `${p50Ms.toFixed(0)} / ${p95Ms.toFixed(0)} ms`;
