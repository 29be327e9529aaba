import { zProblem } from '@gongjo/contract';
import { z } from 'zod';
import { detailOf, GongjoError } from '../../kernel/index.ts';
import { ComeBackLater } from '../come-back-later.ts';
import { signerFor } from '../keys-of.ts';
import type { Partner } from '../partner.store.ts';
import { signToken } from '../seal.ts';
import { plainWire } from '../wire.client.ts';
import type { OverlapContext } from './context.ts';
import { type AnsweredAt, type AskedAt, type OverlapStep, overlapRoot, overlapSteps, seal, unseal } from './wire.ts';

/** Four thousand questions take the other side three seconds on one core, and it may be busy. */
const answerTimeoutMs = 60_000;
const answerBytesMax = 4 * 1024 * 1024;

const zAnswer = z.strictObject({ message: z.string().max(answerBytesMax) });
const retryAfterSMax = 86_400;
const retryAfterSUsual = 60;
/** RFC 6585 section 4. */
const tooMany = 429;

/** Says something at a door of the partner. Answers its message, verified, with the signed text of it. */
export async function callOverlap<S extends OverlapStep>(
  context: OverlapContext,
  partner: Partner,
  step: S,
  body: AskedAt<S>,
  signal: AbortSignal,
): Promise<{ readonly said: AnsweredAt<S>; readonly signed: string }> {
  const { wire = plainWire, keys, clock, desk } = context;
  const { card } = partner;
  const unreachable = (detail: string) =>
    new GongjoError('partner-unreachable', { desk: card.desk, url: card.url, detail });
  let status: number;
  let retryAfterS: number | null;
  let json: unknown;
  try {
    const token = await signToken(signerFor(keys, partner), clock, desk.desk, card.desk);
    const answer = await wire({
      url: new URL(`${overlapRoot}${step}`, card.url),
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        authorization: `Bearer ${token}`,
      },
      body: JSON.stringify({ message: await seal(context, partner, body) }),
      signal,
      timeoutMs: answerTimeoutMs,
      bytesMax: answerBytesMax,
    });
    ({ status, retryAfterS } = answer);
    json = JSON.parse(answer.text);
  } catch (thrown) {
    throw unreachable(detailOf(thrown));
  }
  const answered = zAnswer.safeParse(json);
  if (status === 200 && answered.success) {
    const { message } = answered.data;
    const said = await unseal(context, partner, overlapSteps[step].answered as z.ZodType<unknown>, message);
    return { said: said as AnsweredAt<S>, signed: message };
  }
  const problem = zProblem.safeParse(json);
  if (!problem.success) throw unreachable(`HTTP ${status}`);
  // Another desk's text: its code is ours, its words are not taken.
  const { code } = problem.data;
  const laterS = Math.min(retryAfterS ?? retryAfterSUsual, retryAfterSMax);
  if (code === 'overlap-quota-exceeded') throw new ComeBackLater(code, { desk: card.desk }, laterS);
  // Whatever else it has no time for, or fails at, says nothing of the question: it is asked again.
  if (status === tooMany)
    throw new ComeBackLater('partner-unreachable', { desk: card.desk, url: card.url, detail: code }, laterS);
  if (status >= 500) throw unreachable(`HTTP ${status}: ${code}`);
  if (code === 'overlap-not-agreed') throw new GongjoError(code, { desk: card.desk });
  throw new GongjoError('overlap-refused', { desk: card.desk, detail: code });
}
