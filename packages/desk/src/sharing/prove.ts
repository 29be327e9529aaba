import type { DeskCard } from '@gongjo/contract';
import { GongjoError, instant } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { deliveriesNamed } from './delivery.store.ts';

/**
 * What a stranger needs to verify one delivery without this desk: the bytes that were signed, the sender's detached JWS
 * over them and the receiver's JWS over its receipt. The keys are added by who holds them.
 */
export interface Proof {
  readonly format: 'gongjo-proof-1';
  readonly delivery: string;
  readonly sender: string;
  readonly receiver: string;
  readonly decidedAt: string;
  /** The text that was signed: its UTF-8 bytes are the payload of `signature`. */
  readonly envelope: string;
  readonly envelopeSha256: string;
  /** Detached JWS (RFC 7515 appendix F), `HEADER..SIGNATURE`, by the sender. */
  readonly signature: string | null;
  /** Compact JWS by the receiver. */
  readonly receipt: string | null;
  /** The recall that the delivery carries, and the deliveries by which objects of this one were recalled. */
  readonly recalledBy: readonly string[];
}

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
