import { z } from 'zod';
import { zAddress, zAsset, zAssetId, zChainId, zUnits } from './chain.ts';
import { zSeen } from './entity.ts';
import { zTag } from './tag.ts';

/** The answer of `GET /api/ledger/:chain/transactions/:txid` on chains of accounts. */
export const zAccountTransactionView = zSeen.extend({
  chain: zChainId,
  index: z.int().min(0),
  /** In the transaction's order. */
  movements: z.array(
    z.strictObject({
      ord: z.int().min(0),
      kind: z.string(),
      from: zAddress.nullable(),
      to: zAddress.nullable(),
      asset: zAssetId,
      units: zUnits,
      /** It called a contract at `to`. */
      call: z.boolean(),
    }),
  ),
  assets: z.array(zAsset),
  tags: z.array(zTag),
});
export type AccountTransactionView = z.infer<typeof zAccountTransactionView>;
