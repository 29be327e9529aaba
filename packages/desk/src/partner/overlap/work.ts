import {
  type Ask,
  applyDelta,
  type Context,
  claimsOf,
  type Entry,
  type EpochKeys,
  epochKeys,
  type Identifier,
  inputOf,
  type List,
  publish,
  readList,
  startAsk,
  type Tell,
  takeAnswer,
  takeAsk,
  takeReturn,
  valueFrom,
} from '../../overlap/index.ts';

/**
 * What is computed beside the desk's own thread, by name. Arguments and results are plain data, copied between threads; values
 * in shared memory are not copied.
 */
export const work = {
  keys: ({ voprf }: Context, seed: Uint8Array, epoch: number) => epochKeys(voprf, seed, epoch),
  values: ({ voprf }: Context, secretKey: Uint8Array, identifiers: readonly Identifier[]) =>
    BigUint64Array.from(identifiers, (it) => valueFrom(voprf.evaluate(secretKey, inputOf(it)))),
  publish: (_: Context, ...args: Parameters<typeof publish>) => publish(...args),
  read: (_: Context, bytes: Uint8Array) => readList(bytes),
  apply: (_: Context, from: List, bytes: Uint8Array) => applyDelta(from, bytes),
  ask: (context: Context, facts: Parameters<typeof startAsk>[1]) => startAsk(context, facts),
  compare: (context: Context, ...[asking, answer, at]: Tail<Parameters<typeof takeAnswer>>) =>
    takeAnswer(context, asking, answer, at),
  answer: (context: Context, ask: Ask, facts: Parameters<typeof takeAsk>[2]) => takeAsk(context, ask, facts),
  finish: (context: Context, ...[answering, message, theirs]: Tail<Parameters<typeof takeReturn>>) =>
    takeReturn(context, answering, message, theirs),
  claims: (context: Context, own: EpochKeys, message: Tell, candidates: ReadonlyMap<bigint, Entry>) =>
    claimsOf(context, own, message, (value) => candidates.get(value) ?? null),
};

type Tail<T extends readonly unknown[]> = T extends readonly [unknown, ...infer Rest] ? Rest : never;

export type Work = typeof work;
export type WorkName = keyof Work;
export type WorkArgs<K extends WorkName> = Tail<Parameters<Work[K]>>;
