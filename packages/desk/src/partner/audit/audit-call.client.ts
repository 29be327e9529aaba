import { zProblem } from '@gongjo/contract';
import { z } from 'zod';
import { detailOf, GongjoError } from '../../kernel/index.ts';
import type { PartnerContext } from '../inbox.ts';
import { signerFor } from '../keys-of.ts';
import type { Partner } from '../partner.store.ts';
import { signToken } from '../seal.ts';
import { plainWire } from '../wire.client.ts';
import { auditBytesMax, auditRoot, auditStep, type Seen, type Show, sealAudit, unsealAudit, zSeen } from './wire.ts';

/** A proof is a hundred hashes; a desk that does not answer within this is busy or down. */
const answerTimeoutMs = 15_000;

const zAnswer = z.strictObject({ message: z.string().max(auditBytesMax) });

/** Shows a checkpoint at a partner's door. Answers what it said, verified. Throws `partner-unreachable`, `audit-not-witnessed`. */
export async function callAudit(
  context: PartnerContext,
  partner: Partner,
  body: Show,
  signal: AbortSignal,
): Promise<Seen> {
  const { wire = plainWire, keys, clock, desk } = context;
  const { card } = partner;
  let status: number;
  let json: unknown;
  try {
    const token = await signToken(signerFor(keys, partner), clock, desk.desk, card.desk);
    const answer = await wire({
      url: new URL(`${auditRoot}${auditStep}`, card.url),
      headers: { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ message: await sealAudit(context, partner, body) }),
      signal,
      timeoutMs: answerTimeoutMs,
      bytesMax: auditBytesMax,
    });
    status = answer.status;
    json = JSON.parse(answer.text);
  } catch (thrown) {
    throw new GongjoError('partner-unreachable', { desk: card.desk, url: card.url, detail: detailOf(thrown) });
  }
  const answered = zAnswer.safeParse(json);
  if (status === 200 && answered.success) return unsealAudit(context, partner, zSeen, answered.data.message);
  // Another desk's text: its code is ours, its words are not taken.
  const problem = zProblem.safeParse(json);
  const detail = problem.success ? problem.data.code : `HTTP ${status}`;
  throw new GongjoError('audit-not-witnessed', { desk: card.desk, detail });
}
