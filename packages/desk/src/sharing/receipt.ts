import { recordAudit } from '../audit/index.ts';
import { nothingElse, tell } from '../cases/index.ts';
import { instant } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { findDelivery, markDelivered } from './delivery.store.ts';
import type { Party, SharingContext } from './party.ts';
import type { ReceiptFacts } from './receive.ts';

/** Keeps a partner's verified receipt, in the caller's transaction; once, however often it comes. */
export async function keepReceipt(
  tx: Db,
  { clock }: SharingContext,
  partner: Party,
  facts: ReceiptFacts,
  jws: string,
): Promise<void> {
  const delivery = await findDelivery(tx, partner.id, 'out', facts.delivery);
  if (!delivery) return;
  if (
    !(await markDelivered(
      tx,
      partner.id,
      delivery.id,
      { at: facts.receivedAt, by: facts.by, jws },
      facts.refused ?? [],
    ))
  )
    return;
  if (delivery.incident !== null) {
    await tell(tx, delivery.incident, [
      {
        ...nothingElse,
        key: `receipted|${delivery.id}`,
        at: instant(clock.now()),
        kind: 'receipted',
        who: partner.name,
        count: delivery.objects.length - (facts.refused?.length ?? 0),
      },
    ]);
  }
  await recordAudit(tx, clock, {
    actor: `desk:${partner.id}`,
    action: 'sharing.receipted',
    subject: delivery.id,
    details: { envelopeSha256: facts.envelopeSha256, refused: facts.refused?.length ?? 0 },
  });
}
