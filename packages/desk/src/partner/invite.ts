import type { Pairing } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { GongjoError, instant } from '../kernel/index.ts';
import type { PartnerContext } from './inbox.ts';
import { invitationText } from './invitation.ts';
import { addPairing, burnPairing, findPairing, shownPairing } from './pairing.store.ts';

export interface Inviting {
  /** What the operator calls whom it is for. */
  readonly name: string | null;
  readonly agreement: string | null;
  readonly expiresInMs: number;
  readonly by: string;
}

/** Makes an invitation for one pairing. Its text is answered once and kept nowhere; its secret until it is used. */
export async function invite(
  { records, clock, random, keys, desk }: PartnerContext,
  { name, agreement, expiresInMs, by }: Inviting,
): Promise<{ readonly invitation: string; readonly pairing: Pairing }> {
  const id = random.uuid();
  const secret = random.token();
  const expiresAtMs = clock.now() + expiresInMs;
  const kept = await records.transaction(async (tx) => {
    await addPairing(tx, clock, {
      ...{ id, side: 'inviter', name, agreement, secret, expiresAtMs, by },
      ourKey: keys.keyId,
    });
    await recordAudit(tx, clock, {
      actor: by,
      action: 'partner.invited',
      subject: id,
      details: { name, expiresAt: instant(expiresAtMs) },
    });
    return findPairing(tx, id);
  });
  if (!kept) throw new GongjoError('pairing-unknown', { desk: id });
  const invitation = invitationText({ id, card: { ...desk }, secret, expiresAt: instant(expiresAtMs) });
  return { invitation, pairing: shownPairing(kept, clock.now()) };
}

/** Takes an invitation back, or ends a pairing that is under way. */
export async function withdraw({ records, clock }: PartnerContext, id: string, by: string): Promise<void> {
  await records.transaction(async (tx) => {
    if (!(await findPairing(tx, id))) throw new GongjoError('pairing-unknown', { desk: id });
    const { problem } = new GongjoError('pairing-ended', { desk: id, detail: 'withdrawn here' });
    await burnPairing(tx, clock, id, problem);
    await recordAudit(tx, clock, { actor: by, action: 'partner.invitation-withdrawn', subject: id, details: {} });
  });
}
