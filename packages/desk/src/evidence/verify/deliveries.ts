import type { EvidenceFindingCode } from '@gongjo/contract';
import { z } from 'zod';
import { sha256 } from '../archive/sums.ts';
import { thumbprint } from '../archive/thumbprint.ts';
import type { DeliveriesFile } from '../content.ts';
import type { Found } from './blocks.ts';
import { verifyJws } from './jws.ts';

const zDelivery = z.object({
  typ: z.literal('gongjo-delivery+jws'),
  iss: z.string(),
  aud: z.string(),
  jti: z.string(),
});
const zReceipt = z.object({ delivery: z.string(), from: z.string(), by: z.string(), envelopeSha256: z.string() });

/** Whether every delivery was signed by its sender for its receiver, and every receipt by the receiver for that delivery. */
export function checkDeliveries({ deliveries, omitted }: DeliveriesFile): Found {
  const findings: { code: EvidenceFindingCode; detail: string }[] = [];
  const counts = { deliveries: 0, receipts: 0 };
  const signers: NonNullable<Found['keys']>[number][] = [];
  let unsigned = 0;
  for (const it of deliveries) {
    const { delivery: id, envelope, signature, receipt, sender, receiver } = it;
    if (sha256(Buffer.from(envelope)) !== it.envelopeSha256)
      findings.push({ code: 'envelope-digest-wrong', detail: id });
    const keys = (desk: string) => (it.keys[desk] ?? []).filter((key) => thumbprint(key) === key.kid);
    if (signature === null) unsigned += 1;
    else {
      const [head = '', middle, mark = ''] = signature.split('.');
      const attached = `${head}.${Buffer.from(envelope).toString('base64url')}.${mark}`;
      const read = middle === '' ? verifyJws(keys(sender), attached) : null;
      const said = zDelivery.safeParse(read?.header);
      if (read && said.success && said.data.iss === sender && said.data.aud === receiver && said.data.jti === id) {
        counts.deliveries += 1;
        signers.push({ desk: sender, key: read.key, use: 'delivery' });
      } else findings.push({ code: 'delivery-signature-wrong', detail: id });
    }
    if (receipt === null) continue;
    const read = verifyJws(keys(receiver), receipt);
    const said = zReceipt.safeParse(read?.header.typ === 'gongjo-receipt+jws' ? read.payload() : null);
    const isOf =
      said.success &&
      said.data.delivery === id &&
      said.data.from === sender &&
      said.data.by === receiver &&
      said.data.envelopeSha256 === it.envelopeSha256;
    if (read && isOf) {
      counts.receipts += 1;
      signers.push({ desk: receiver, key: read.key, use: 'receipt' });
    } else findings.push({ code: 'receipt-wrong', detail: id });
  }
  return {
    ...{ findings, counts, keys: signers },
    notes: [
      ...(unsigned > 0 ? [{ code: 'deliveries-unsigned' as const, count: unsigned }] : []),
      ...(omitted > 0 ? [{ code: 'deliveries-omitted' as const, count: omitted }] : []),
    ],
  };
}
