import {
  type Ask,
  applyDelta,
  type Context,
  claimsOf,
  deltaBytes,
  type Entry,
  type EpochKeys,
  epochKeys,
  type Identifier,
  inputOf,
  type List,
  type ListRead,
  listBytes,
  type Published,
  publish,
  readList,
  restored,
  sharedValues,
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
  publish: (_: Context, ...args: Parameters<typeof publish>): Published => {
    const { list, entries, padding } = publish(...args);
    return { list: shared(list), entries: sharedValues(entries), padding };
  },
  restore: (_: Context, ...args: Parameters<typeof restored>): Published => {
    const { list, entries, padding } = restored(...args);
    return { list: shared(list), entries: sharedValues(entries), padding };
  },
  read: (_: Context, bytes: Uint8Array) => sharedRead(readList(bytes)),
  apply: (_: Context, from: List, bytes: Uint8Array) => sharedRead(applyDelta(from, bytes)),
  /** The difference from a list as it was written; the whole list where that cannot be read. */
  difference: (_: Context, from: Uint8Array, to: List) => {
    const { list } = readList(from);
    return list === null ? listBytes(to) : deltaBytes(list, to);
  },
  ask: (context: Context, facts: Parameters<typeof startAsk>[1]) => startAsk(context, facts),
  compare: (context: Context, ...[asking, answer, at]: Tail<Parameters<typeof takeAnswer>>) =>
    takeAnswer(context, asking, answer, at),
  answer: (context: Context, ask: Ask, facts: Parameters<typeof takeAsk>[2]) => takeAsk(context, ask, facts),
  finish: (context: Context, ...[answering, message, theirs]: Tail<Parameters<typeof takeReturn>>) =>
    takeReturn(context, answering, message, theirs),
  claims: (context: Context, own: EpochKeys, message: Tell, candidates: ReadonlyMap<bigint, Entry>) =>
    claimsOf(context, own, message, (value) => candidates.get(value) ?? null),
};

const shared = ({ header, values }: List): List => ({ header, values: sharedValues(values) });
const sharedRead = (read: ListRead): ListRead => (read.list === null ? read : { ...read, list: shared(read.list) });

type Tail<T extends readonly unknown[]> = T extends readonly [unknown, ...infer Rest] ? Rest : never;

export type Work = typeof work;
export type WorkName = keyof Work;
export type WorkArgs<K extends WorkName> = Tail<Parameters<Work[K]>>;
