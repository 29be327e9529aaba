import type { DeskId } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { canonicalJson, GongjoError, instant } from '../kernel/index.ts';
import { type Db, type Records, sha256Hex } from '../platform/index.ts';
import { addDelivery, findDelivery } from './delivery.store.ts';
import { type Incoming, quarantine, type ReceiptFacts, type Received } from './receive.ts';
import type { SharingContext } from './release.ts';

/**
 * A delivery without objects, about the two desks themselves. It goes through the same outbox, in order with everything else,
 * is signed and receipted like everything else, and takes effect once.
 */
export async function sendLetter(
  tx: Db,
  { clock, random }: SharingContext,
  partner: DeskId,
  gongjo: { readonly kind: string; readonly [property: string]: unknown },
): Promise<string> {
  const id = random.uuid();
  await addDelivery(tx, clock, {
    id,
    direction: 'out',
    partner,
    incident: null,
    state: 'waiting',
    envelope: canonicalJson({ gongjo, objects: [] }),
    reasons: [],
    objects: [],
  });
  return id;
}

/** Canonical JSON sorts its keys: whatever is more than objects begins so. */
const letterStart = '{"gongjo":';

/** What an envelope says besides its objects; null where it says nothing or is no JSON. */
export function letterIn(envelope: string): { readonly kind: string } | null {
  if (!envelope.startsWith(letterStart)) return null;
  try {
    const { gongjo } = JSON.parse(envelope) as { gongjo: unknown };
    return typeof gongjo === 'object' && gongjo !== null && 'kind' in gongjo && typeof gongjo.kind === 'string'
      ? { ...gongjo, kind: gongjo.kind }
      : null;
  } catch {
    return null;
  }
}

/** Takes a letter: `apply` and the receipt in one transaction, or quarantine with its reason and nothing else. */
export async function receiveLetter(
  records: Records,
  context: SharingContext,
  incoming: Incoming,
  apply: (tx: Db) => Promise<void>,
  signReceipt: (facts: ReceiptFacts) => Promise<string>,
): Promise<Received> {
  const { clock, desk } = context;
  const { partner, id, envelope, signature } = incoming;
  const envelopeSha256 = sha256Hex(envelope);
  try {
    return await records.transaction(async (tx) => {
      const before = await findDelivery(tx, partner.desk, 'in', id);
      if (before?.receipt) {
        if (before.envelopeSha256 !== envelopeSha256) throw new GongjoError('delivery-conflict', { delivery: id });
        return { receipt: before.receipt.jws, objectCount: 0, repeated: true };
      }
      const receivedAt = instant(clock.now());
      // Signed before the letter takes effect: it may be about the keys.
      const receipt = await signReceipt({
        delivery: id,
        from: partner.desk,
        by: desk.desk,
        receivedAt,
        envelopeSha256,
        objects: [],
      });
      await apply(tx);
      await addDelivery(tx, clock, {
        id,
        direction: 'in',
        partner: partner.desk,
        incident: null,
        state: 'admitted',
        envelope,
        signature,
        reasons: [],
        objects: [],
        receipt: { at: receivedAt, by: desk.desk, jws: receipt },
      });
      await recordAudit(tx, clock, {
        actor: `desk:${partner.desk}`,
        action: 'sharing.letter-taken',
        subject: id,
        details: { kind: letterIn(envelope)?.kind ?? null, envelopeSha256 },
      });
      return { receipt, objectCount: 0, repeated: false };
    });
  } catch (thrown) {
    if (!(thrown instanceof GongjoError)) throw thrown;
    if (thrown.code !== 'delivery-conflict') await quarantine(records, context, incoming, thrown.problem);
    throw thrown;
  }
}

/** A delivery that waits is signed anew: the partner knows this desk by another key than when it was signed first. */
export async function signAnew(tx: Db, partner: string, id: string, signature: string): Promise<void> {
  await tx.query(
    `update deliveries set signature = $3 where partner = $1 and direction = 'out' and id = $2 and state = 'waiting'`,
    [partner, id, signature],
  );
}
