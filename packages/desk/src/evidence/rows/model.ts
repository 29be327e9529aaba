import {
  outputTypes,
  zAddress,
  zAsset,
  zAssetId,
  zBlockHash,
  zChainId,
  zInstant,
  zTag,
  zTxId,
  zUnits,
} from '@gongjo/contract';
import { z } from 'zod';

/**
 * Everything that a trace was told by the ledger, as the package carries it (`rows.json`): each row once, in a fixed order,
 * amounts as decimal strings. Transaction numbers of a chain of outputs are counted from the first that is named, so that
 * they say nothing of the ledger they come from.
 */
const zHeight = z.int().min(0);
const zSigned = z.string().regex(/^-?(0|[1-9]\d{0,77})$/);
const zPosition = z.strictObject({ height: zHeight, txIndex: z.int(), ord: z.int() });

const zBlock = z.strictObject({
  chain: zChainId,
  height: zHeight,
  hash: zBlockHash,
  parent: zBlockHash,
  time: zInstant,
  transactionCount: z.int().min(0),
});
const zCoverage = z.strictObject({ chain: zChainId, from: zHeight, tip: zBlock });
const zInternals = z.array(z.strictObject({ from: zHeight, to: zHeight }));

const zMovement = z.strictObject({
  chain: zChainId,
  height: zHeight,
  txIndex: z.int().min(0),
  ord: z.int().min(0),
  txid: zTxId,
  time: zInstant,
  kind: z.enum(['native', 'token', 'fee', 'burn', 'internal', 'issuance']),
  from: zAddress.nullable(),
  to: zAddress.nullable(),
  asset: zAssetId,
  units: zUnits,
  call: z.boolean(),
});

const zTags = z.array(z.strictObject({ address: zAddress, tags: z.array(zTag) }));

const zAccountRows = z.strictObject({
  family: z.literal('account'),
  coverage: zCoverage.extend({ internals: zInternals }).strict(),
  transactions: z.array(z.strictObject({ txid: zTxId, movements: z.array(zMovement) })),
  accounts: z.array(
    z.strictObject({
      address: zAddress,
      after: zPosition,
      opening: z.array(z.strictObject({ asset: zAssetId, units: zSigned })),
      movements: z.array(zMovement),
      truncated: z.boolean(),
    }),
  ),
  histories: z.array(
    z.strictObject({ address: zAddress, upTo: zPosition, movements: z.array(zMovement), truncated: z.boolean() }),
  ),
  tags: zTags,
  assets: z.array(zAsset),
});
export type AccountRowsFile = z.infer<typeof zAccountRows>;

const zNumber = z.int().min(0);
const zInput = z.strictObject({
  of: z.strictObject({ tx: zNumber, index: z.int().min(0) }).nullable(),
  units: zUnits.nullable(),
  address: zAddress.nullable(),
});
const zOutput = z.strictObject({
  units: zUnits,
  type: z.enum(outputTypes),
  address: zAddress.nullable(),
  spentBy: z.strictObject({ tx: zNumber, input: z.int().min(0) }).nullable(),
});

const zUtxoRows = z.strictObject({
  family: z.literal('utxo'),
  coverage: zCoverage,
  transactions: z.array(
    z.strictObject({
      number: zNumber,
      txid: zTxId,
      height: zHeight,
      index: z.int().min(0),
      time: zInstant,
      coinbase: z.boolean(),
      inputs: z.array(zInput),
      outputs: z.array(zOutput),
    }),
  ),
  numbers: z.array(z.strictObject({ txid: zTxId, number: zNumber })),
  received: z.array(
    z.strictObject({
      address: zAddress,
      outputs: z.array(zOutput.extend({ at: z.strictObject({ tx: zNumber, index: z.int().min(0) }) }).strict()),
      truncated: z.boolean(),
    }),
  ),
  tags: zTags,
  usage: z.array(z.strictObject({ address: zAddress, count: z.int().min(0) })),
  fees: z.array(z.strictObject({ height: zHeight, fees: z.array(zUnits) })),
});
export type UtxoRowsFile = z.infer<typeof zUtxoRows>;

export const zRowsFile = z.discriminatedUnion('family', [zAccountRows, zUtxoRows]);
export type RowsFile = z.infer<typeof zRowsFile>;

/** By code unit, as JSON Canonicalization sorts. */
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
