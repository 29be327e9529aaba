import type { DeliveryProof, DeskId } from '@gongjo/contract';
import { decodeProtectedHeader } from 'jose';
import { proofOf } from '../sharing/index.ts';
import type { PartnerContext } from './inbox.ts';
import { keyNamed } from './keys-of.ts';
import { partnerNamed } from './partner.store.ts';

/** What proves one delivery. Throws `object-unknown`, `partner-unknown`. */
export async function proofWithKeys(context: PartnerContext, id: string): Promise<DeliveryProof> {
  const { records, clock, keys, desk } = context;
  const proof = await proofOf(records, desk, id);
  const keysOf = async (by: string, jws: string | null) => {
    const kid = jws === null ? undefined : decodeProtectedHeader(jws).kid;
    if (kid === undefined) return [];
    if (by === desk.desk) {
      const own = keys.find(kid);
      return own ? [{ ...own.publicKey, kid }] : [];
    }
    const { key } = await keyNamed(records, clock, await partnerNamed(records, by as DeskId), kid);
    return [{ ...key, kid }];
  };
  return {
    ...proof,
    keys: {
      [proof.sender]: await keysOf(proof.sender, proof.signature),
      [proof.receiver]: await keysOf(proof.receiver, proof.receipt),
    },
  };
}
