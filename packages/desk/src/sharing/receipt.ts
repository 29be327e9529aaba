import { recordAudit } from '../audit/index.ts';
import { nothingElse, tell } from '../cases/index.ts';
import { instant } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { findDelivery, markDelivered } from './delivery.store.ts';
import type { ReceiptFacts } from './receive.ts';
import type { Party, SharingContext } from './release.ts';

/** Keeps a partner's verified receipt, in the caller's transaction; once, however often it comes. */
export async function keepReceipt(
  tx: Db,
  { clock }: SharingContext,
  partner: Party,
  facts: ReceiptFacts,
  jws: string,
): Promise<void> {
  const delivery = await findDelivery(tx, partner.desk, 'out', facts.delivery);
  if (!delivery) return;
  if (!(await markDelivered(tx, partner.desk, delivery.id, { at: facts.receivedAt, by: facts.by, jws }))) return;
  if (delivery.incident !== null) {
    await tell(tx, delivery.incident, [
      {
        ...nothingElse,
        key: `receipted|${delivery.id}`,
        at: instant(clock.now()),
        kind: 'receipted',
        who: partner.name,
        count: delivery.objects.length,
      },
    ]);
  }
  await recordAudit(tx, clock, {
    actor: `desk:${partner.desk}`,
    action: 'sharing.receipted',
    subject: delivery.id,
    details: { envelopeSha256: facts.envelopeSha256 },
  });
}
