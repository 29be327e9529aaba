import {
  outputTypes,
  zAddress,
  zAsset,
  zAssetId,
  zChainId,
  zInstant,
  zTag,
  zText,
  zTxId,
  zUnits,
} from '@gongjo/contract';
import { z } from 'zod';

/** The window of an incident; what is longer is a history, which is not practised. */
export const recordedBlocksMax = 5_000;
/** Of accounts: what moved; of outputs: what was made. All of it is held in memory. */
export const recordedMovementsMax = 500_000;

export const recordedKinds = ['native', 'token', 'fee', 'burn', 'internal', 'issuance'] as const;

/** What was recorded, without its blocks. */
export const zRecording = z.strictObject({
  format: z.literal('gongjo-drill-recording-1'),
  /** The chain that it happened on, and of which kin that is. */
  chain: zChainId,
  kin: z.enum(['accounts', 'outputs']),
  /** The transactions that took the value. */
  txids: z.array(zTxId).min(1).max(100),
  title: zText.optional(),
  recordedAt: zInstant,
  blocks: z.int().min(1).max(recordedBlocksMax),
  assets: z.array(zAsset).max(100_000),
  /** What tags said of the addresses in it. */
  tags: z.array(zTag).max(recordedMovementsMax),
});
export type Recording = z.infer<typeof zRecording>;

const zMove = z.tuple([zAddress.nullable(), zAddress.nullable(), zAssetId, zUnits, z.enum(recordedKinds), z.boolean()]);
const zOutput = z.tuple([zAddress.nullable(), zUnits, z.enum(outputTypes)]);

/** One line for each block. */
export const zRecordedBlock = z.strictObject({
  time: zInstant,
  /** Of accounts: from, to, asset, units, kind, and whether code was called. */
  accounts: z.array(z.strictObject({ txid: zTxId, moves: z.array(zMove) })).optional(),
  /** Of outputs: what it spends – transaction and index – and what it makes: address, units, type. */
  outputs: z
    .array(
      z.strictObject({
        txid: zTxId,
        inputs: z.array(z.tuple([zTxId, z.int().min(0)])),
        outputs: z.array(zOutput),
      }),
    )
    .optional(),
});
export type RecordedBlock = z.infer<typeof zRecordedBlock>;
