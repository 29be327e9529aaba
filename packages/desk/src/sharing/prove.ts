import type { DeliveryProof, DeskCard } from '@gongjo/contract';
import { GongjoError, instant } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { deliveriesNamed } from './delivery.store.ts';

/** What proves a delivery; the keys are added by who holds them. */
export type Proof = Omit<DeliveryProof, 'keys'>;

/** Throws `object-unknown`. */
export async function proofOf(db: Db, { desk }: DeskCard, id: string): Promise<Proof> {
  const [delivery] = await deliveriesNamed(db, id);
  if (!delivery) throw new GongjoError('object-unknown', { id });
  const isOurs = delivery.direction === 'out';
  const recalls = await db.query<{ id: string }>(
    `select l.id from deliveries l where l.partner = $1 and l.direction = $2 and l.kind = 'recall'
       and exists (select 1 from jsonb_array_elements(l.envelope::jsonb -> 'gongjo' -> 'objects') as r
         where r ->> 'id' = any($3)) order by l.seq`,
    [delivery.partner, delivery.direction, delivery.objects.map((it) => it.id)],
  );
  return {
    format: 'gongjo-proof-1',
    delivery: delivery.id,
    sender: isOurs ? desk : delivery.partner,
    receiver: isOurs ? delivery.partner : desk,
    decidedAt: instant(Date.parse(delivery.decidedAt)),
    envelope: delivery.envelope,
    envelopeSha256: delivery.envelopeSha256,
    signature: delivery.signature,
    receipt: delivery.receipt?.jws ?? null,
    recalledBy: recalls.map((it) => it.id).filter((it) => it !== id),
  };
}
