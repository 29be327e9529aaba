import { z } from 'zod';
import { NUMBER_MAX, zAnswer, zAsk, zPacked, zReturn, zTell, zTold } from '../../overlap/index.ts';

/** The doors of a comparison, and what is said at each: the session's messages, and what has to be known before one. */
export const overlapRoot = '/overlap/v1/';

/** 1.5 MB of a list a request: under 3 MB as a signed message. */
export const partBytesMax = 1_500_000;
/** Four thousand questions and their offer, as a signed message. */
export const askBytesMax = 512 * 1024;

const zKey = zPacked(32, 1, 1);
const zCount = z.int().min(0).max(NUMBER_MAX);
const zEpoch = z.int().min(1).max(NUMBER_MAX);

const zHello = z.strictObject({ kind: z.literal('hello'), epoch: zEpoch, key: zKey });
/** The commitment of the one who answers, its list in force, and what it allows the asker. */
const zState = z.strictObject({
  kind: z.literal('state'),
  epoch: zEpoch,
  key: zKey,
  list: zKey,
  serial: zCount,
  perHour: zCount,
  perDay: zCount,
  reverseCount: z.int().min(1).max(4096),
});
export type State = z.infer<typeof zState>;

const zListAsk = z.strictObject({ kind: z.literal('list'), epoch: zCount, have: zCount, from: z.int().min(0) });
const zPart = z.strictObject({
  kind: z.literal('part'),
  /** From `have`; else the whole list. */
  difference: z.boolean(),
  list: zKey,
  total: z.int().min(0),
  bytes: zPacked(1, 0, partBytesMax),
});
const zReturned = z.strictObject({ kind: z.literal('returned'), session: z.uuid() });

/** What is asked at each door and answered there. */
export const overlapSteps = {
  hello: { asked: zHello, answered: zState },
  list: { asked: zListAsk, answered: zPart },
  ask: { asked: zAsk, answered: zAnswer },
  return: { asked: zReturn, answered: zReturned },
  tell: { asked: zTell, answered: zTold },
} as const;
export type OverlapStep = keyof typeof overlapSteps;
export type AskedAt<S extends OverlapStep> = z.infer<(typeof overlapSteps)[S]['asked']>;
export type AnsweredAt<S extends OverlapStep> = z.infer<(typeof overlapSteps)[S]['answered']>;
