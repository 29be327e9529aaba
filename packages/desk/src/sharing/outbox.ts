import type { Reason } from '@gongjo/contract';
import { canonicalJson } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { addDelivery } from './delivery.store.ts';
import type { SharedObject } from './object.store.ts';
import type { Party, SharingContext } from './party.ts';

/** What a delivery says of itself besides its objects: the property `gongjo` of its envelope. */
export interface Notice {
  readonly kind: string;
  readonly [property: string]: unknown;
}

export interface Outgoing {
  readonly incident: string | null;
  /** Objects in canonical JSON. */
  readonly bodies: readonly string[];
  readonly notice: Notice | null;
  readonly objects: SharedObject[];
  readonly reasons: readonly Reason[];
  readonly recall?: string;
}

/** Puts one delivery in a partner's outbox, in the caller's transaction; fixed from then on. Answers its identifier. */
export async function putInOutbox(
  tx: Db,
  { clock, random }: SharingContext,
  partner: Pick<Party, 'id'>,
  { incident, bodies, notice, objects, reasons, recall }: Outgoing,
): Promise<string> {
  const id = random.uuid();
  // Canonical JSON of objects that are canonical already; "gongjo" comes before "objects".
  const parts = [
    ...(notice ? [`"gongjo":${canonicalJson(notice)}`] : []),
    ...(bodies.length > 0 ? [`"objects":[${bodies.join(',')}]`] : []),
  ];
  await addDelivery(tx, clock, {
    id,
    direction: 'out',
    partner: partner.id,
    incident,
    state: 'waiting',
    kind: notice?.kind ?? 'objects',
    envelope: `{${parts.join(',')}}`,
    reasons: [...reasons],
    objects,
    recall: recall ?? null,
  });
  return id;
}

export function distinctReasons(judged: readonly { readonly reasons: readonly Reason[] }[]): Reason[] {
  return [...new Map(judged.flatMap(({ reasons }) => reasons.map((reason) => [reason.policy, reason]))).values()];
}
