import type { KeyRecord } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { GongjoError, instant } from '../kernel/index.ts';
import type { DeskKeys } from '../platform/index.ts';
import { putInOutbox } from '../sharing/index.ts';
import type { PartnerContext } from './inbox.ts';
import { vouch } from './key-change.ts';
import { currentOwnKey, keepOwnKey, ownKeys, revokeOwn } from './own-key.store.ts';
import { burnUnfinished } from './pairing.store.ts';
import { activePartners, keepNotice, listPartners, suspendPartner } from './partner.store.ts';
import { signVow, vowTypes } from './vow.ts';

/**
 * The records say which key is the desk's; the key files follow. A crash between the two is mended here at the next start: a
 * key that was made and never recorded stays unused, one that was recorded is used.
 */
export async function settleKeys({ records, clock, keys }: PartnerContext): Promise<void> {
  const recorded = await currentOwnKey(records);
  if (recorded === keys.keyId) return;
  if (recorded !== null && keys.find(recorded)) return keys.use(recorded);
  // The first start, or an operator put another key file there: it is the desk's key, and partners have to be told by hand.
  await records.transaction((tx) => keepOwnKey(tx, clock, keys.keyId, keys.publicKey));
}

/**
 * A new key for the desk. Every partner is told in order with everything else: what waits before the letter goes out under the
 * old key, what follows it under the new one. Commits with the records' transaction. Throws `key-changing` where somebody else was quicker.
 */
export async function rotateKey(context: PartnerContext, by: string): Promise<KeyRecord[]> {
  const { records, clock, keys, desk } = context;
  const { old, next, at } = await nextKey(context);
  const letter = await vouch(old, next, desk.desk, at);
  await records.transaction(async (tx) => {
    await becomes(tx, context, old, next);
    for (const { card } of await activePartners(tx))
      await putInOutbox(tx, context, { id: card.desk }, { ...nothingElse, notice: letter });
    await recordAudit(tx, clock, {
      actor: by,
      action: 'key.rotated',
      subject: next.keyId,
      details: { from: old.keyId },
    });
  });
  await keys.use(next.keyId);
  return ownKeys(records);
}

/**
 * Takes back a key of this desk that somebody else may have. Where it is the one in use, a new one takes its place – which the
 * old one cannot vouch for – so every partner is told, and nothing goes to it or comes from it until the two have paired again
 * by words.
 */
export async function revokeOwnKey(
  context: PartnerContext,
  asked: { readonly kid: string | null; readonly reason: string; readonly by: string },
): Promise<KeyRecord[]> {
  const { records, clock, keys, desk } = context;
  const kid = asked.kid ?? keys.keyId;
  const revoked = keys.find(kid);
  if (!revoked) throw new GongjoError('key-unknown', { desk: desk.desk, kid });
  const isCurrent = kid === keys.keyId;
  const { old, next, at } = await nextKey(context);
  const { reason, by } = asked;
  const notice = await signVow(revoked, vowTypes.key, { change: 'revoked', desk: desk.desk, kid, at, reason });
  await records.transaction(async (tx) => {
    if (isCurrent) await becomes(tx, context, old, next);
    if (!(await revokeOwn(tx, clock, kid, reason))) throw new GongjoError('key-unknown', { desk: desk.desk, kid });
    for (const { card, ourKey } of await listPartners(tx)) {
      await keepNotice(tx, card.desk, notice);
      if (isCurrent || ourKey === kid) await suspendPartner(tx, card.desk);
    }
    await recordAudit(tx, clock, { actor: by, action: 'key.revoked', subject: kid, details: { reason } });
  });
  if (isCurrent) await keys.use(next.keyId);
  return ownKeys(records);
}

/** A letter carries no objects and belongs to no incident. */
const nothingElse = { incident: null, bodies: [], objects: [], reasons: [] };

async function nextKey({ keys, clock }: PartnerContext) {
  const old: DeskKeys = { privateKey: keys.privateKey, publicKey: keys.publicKey, keyId: keys.keyId };
  return { old, next: await keys.make(), at: instant(clock.now()) };
}

async function becomes(
  tx: Parameters<typeof keepOwnKey>[0],
  { clock, desk }: PartnerContext,
  old: DeskKeys,
  next: DeskKeys,
): Promise<void> {
  // Two letters that both follow one key would break the chain at every partner.
  const recorded = await currentOwnKey(tx);
  if (recorded !== null && recorded !== old.keyId) throw new GongjoError('key-changing');
  await keepOwnKey(tx, clock, old.keyId, old.publicKey);
  await keepOwnKey(tx, clock, next.keyId, next.publicKey);
  const { problem } = new GongjoError('pairing-ended', { desk: desk.desk, detail: 'the key of this desk was changed' });
  await burnUnfinished(tx, clock, problem);
}
