import {
  zAuditEntry,
  zBlockHash,
  zChainId,
  zInstant,
  zPublicKey,
  zSha256,
  zTag,
  zText,
  zTlp,
  zTxId,
} from '@gongjo/contract';
import { z } from 'zod';

/** What the files of a package say, beside the question, the rows and the trace. */

export const zIncidentFile = z.strictObject({
  id: z.string().max(200),
  title: zText,
  kind: z.string().max(100),
  chain: zChainId,
  txids: z.array(zTxId).max(1000),
  victim: z.string().max(1000).nullable(),
  tlp: zTlp,
  origin: z.string().max(64).nullable(),
  occurredAt: zInstant.nullable(),
  openedAt: zInstant,
  /** Of an exercise: nothing of it happened. */
  drill: z.boolean(),
});
export type IncidentFile = z.infer<typeof zIncidentFile>;

/** How many of a list stand in the desk's records but not in the package. */
const zOmitted = z.int().min(0);

/** A hash of a Merkle branch. */
const zHash = z.string().regex(/^[0-9a-f]{64}$/);

/** The blocks of the transactions of the trace. `header` null: the ledger holds none, so nothing is proved of that block. */
export const zBlocksFile = z.strictObject({
  chain: zChainId,
  /** `merkle`: the chain's blocks are proved by branches; `none`: the ledger of such chains holds no proofs. */
  proofs: z.enum(['merkle', 'none']),
  blocks: z.array(
    z.strictObject({
      height: z.int().min(0),
      hash: zBlockHash,
      parent: zBlockHash,
      time: zInstant,
      transactionCount: z.int().min(0),
      /** 80 bytes, hexadecimal. */
      header: z
        .string()
        .regex(/^[0-9a-f]{160}$/)
        .nullable(),
      transactions: z.array(
        z.strictObject({
          txid: zTxId,
          branch: z.strictObject({ index: z.int().min(0), hashes: z.array(zHash).max(32) }).nullable(),
        }),
      ),
    }),
  ),
});
export type BlocksFile = z.infer<typeof zBlocksFile>;

const zKeyed = zPublicKey.extend({ kid: z.string().max(100) }).strict();

/** Signed deliveries about the incident, in both directions, each with the keys that its signatures were made with. */
export const zDeliveriesFile = z.strictObject({
  deliveries: z.array(
    z.strictObject({
      format: z.literal('gongjo-proof-1'),
      delivery: z.string().max(100),
      sender: z.string().max(64),
      receiver: z.string().max(64),
      decidedAt: zInstant,
      envelope: z.string(),
      envelopeSha256: zSha256,
      signature: z.string().max(2000).nullable(),
      receipt: z.string().nullable(),
      recalledBy: z.array(z.string().max(100)),
      keys: z.record(z.string(), z.array(zKeyed)),
    }),
  ),
  omitted: zOmitted,
});
export type DeliveriesFile = z.infer<typeof zDeliveriesFile>;

const zBase64 = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);

/** The audit record's entries about the incident, each with its inclusion proof in one signed checkpoint. */
export const zAuditFile = z.strictObject({
  checkpoint: z.string().max(20_000),
  entries: z.array(z.strictObject({ entry: zAuditEntry.strict(), proof: z.array(zBase64).max(64) })),
  omitted: zOmitted,
  /** Of partners whose cosignatures stand on the checkpoint. */
  witnesses: z.record(z.string(), z.array(zPublicKey)),
});
export type AuditFile = z.infer<typeof zAuditFile>;

export const zCustodyFile = z.strictObject({
  records: z.array(
    z.strictObject({
      id: z.string().max(100),
      at: zInstant,
      direction: z.enum(['in', 'out']),
      name: z.string().max(500),
      mediaType: z.string().max(200),
      bytes: z.int().min(0).nullable(),
      sha256: zSha256,
      who: z.string().max(300),
      why: z.string().max(1000),
    }),
  ),
  omitted: zOmitted,
});
export type CustodyFile = z.infer<typeof zCustodyFile>;

/** Every attribution that the trace was told, with its source. */
export const zTagsFile = z.strictObject({ tags: z.array(zTag) });
export type TagsFile = z.infer<typeof zTagsFile>;
