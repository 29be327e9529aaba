import type { z } from 'zod';
import { GongjoError } from '../../kernel/index.ts';
import { ComeBackLater } from '../come-back-later.ts';
import type { Partner } from '../partner.store.ts';
import { sealFor, unsealFrom } from '../sealed.ts';
import { callSealed } from '../sealed-call.client.ts';
import { vowTypes } from '../vow.ts';
import type { OverlapContext } from './context.ts';
import { type AnsweredAt, type AskedAt, type OverlapStep, overlapRoot, overlapSteps } from './wire.ts';

/** Four thousand questions take the other side three seconds on one core, and it may be busy. */
const answerTimeoutMs = 60_000;
const answerBytesMax = 4 * 1024 * 1024;
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
  const { desk, url } = partner.card;
  const answer = await callSealed(context, partner, {
    path: `${overlapRoot}${step}`,
    message: await sealFor(context, partner, vowTypes.overlap, body),
    ...{ signal, timeoutMs: answerTimeoutMs, bytesMax: answerBytesMax },
  });
  if (answer.message !== null) {
    const shape = overlapSteps[step].answered as z.ZodType<unknown>;
    const said = await unsealFrom(context, partner, vowTypes.overlap, shape, answer.message);
    return { said: said as AnsweredAt<S>, signed: answer.message };
  }
  const { code, status, retryAfterS } = answer;
  const laterS = Math.min(retryAfterS ?? retryAfterSUsual, retryAfterSMax);
  if (code === 'overlap-quota-exceeded') throw new ComeBackLater(code, { desk }, laterS);
  // Whatever else it has no time for, or fails at, says nothing of the question: it is asked again.
  if (status === tooMany)
    throw new ComeBackLater('partner-unreachable', { desk, url, detail: code ?? `HTTP ${status}` }, laterS);
  if (code === null || status >= 500)
    throw new GongjoError('partner-unreachable', {
      desk,
      url,
      detail: ['HTTP', status, code].filter(Boolean).join(' '),
    });
  if (code === 'overlap-not-agreed') throw new GongjoError(code, { desk });
  throw new GongjoError('overlap-refused', { desk, detail: code });
}
