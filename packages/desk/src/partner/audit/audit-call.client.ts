import { GongjoError } from '../../kernel/index.ts';
import type { PartnerContext } from '../inbox.ts';
import type { Partner } from '../partner.store.ts';
import { sealFor, unsealFrom } from '../sealed.ts';
import { callSealed } from '../sealed-call.client.ts';
import { vowTypes } from '../vow.ts';
import { auditBytesMax, auditRoot, auditStep, type Seen, type Show, zSeen } from './wire.ts';

/** A proof is a hundred hashes; a desk that does not answer within this is busy or down. */
const answerTimeoutMs = 15_000;

/** Shows a checkpoint at a partner's door. Answers what it said, verified. Throws `partner-unreachable`, `audit-not-witnessed`. */
export async function callAudit(
  context: PartnerContext,
  partner: Partner,
  body: Show,
  signal: AbortSignal,
): Promise<Seen> {
  const answer = await callSealed(context, partner, {
    path: `${auditRoot}${auditStep}`,
    message: await sealFor(context, partner, vowTypes.audit, body),
    ...{ signal, timeoutMs: answerTimeoutMs, bytesMax: auditBytesMax },
  });
  if (answer.message !== null) return unsealFrom(context, partner, vowTypes.audit, zSeen, answer.message);
  const detail = answer.code ?? `HTTP ${answer.status}`;
  throw new GongjoError('audit-not-witnessed', { desk: partner.card.desk, detail });
}
