import { z } from 'zod';

/** A chain, by CAIP-2, e.g. `eip155:1` (Ethereum mainnet). */
export const zChainId = z
  .string()
  .regex(/^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}$/)
  .brand<'ChainId'>();
export type ChainId = z.infer<typeof zChainId>;

/** An asset, by CAIP-19, e.g. `eip155:1/slip44:60` (ether) or `eip155:1/erc20:0xdac1…` (a token is its contract). */
export const zAssetId = z
  .string()
  .regex(/^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}\/[-a-z0-9]{3,8}:[-.%a-zA-Z0-9]{1,128}$/)
  .brand<'AssetId'>();
export type AssetId = z.infer<typeof zAssetId>;

/** An address in its chain's canonical text; on EVM chains `0x` and 40 lower-case hexadecimal digits. */
export const zAddress = z.string().min(1).max(128).brand<'Address'>();
export type Address = z.infer<typeof zAddress>;

/** A transaction's identifier in its chain's canonical text; on EVM chains `0x` and 64 lower-case hexadecimal digits. */
export const zTxId = z.string().min(1).max(128).brand<'TxId'>();
export type TxId = z.infer<typeof zTxId>;

/** A block's hash in its chain's canonical text. */
export const zBlockHash = z.string().min(1).max(128).brand<'BlockHash'>();
export type BlockHash = z.infer<typeof zBlockHash>;

/** An exact amount on the wire: a decimal integer in the asset's smallest unit. */
export const zUnits = z.string().regex(/^(0|[1-9]\d{0,77})$/);
export type Units = z.infer<typeof zUnits>;

/** What is known of an asset. Symbol and decimals are what the contract claims of itself; identity is `id` alone. */
export const zAsset = z.object({ id: zAssetId, symbol: z.string().max(64), decimals: z.int().min(0).max(77) });
export type Asset = z.infer<typeof zAsset>;

/** An instant on the wire: RFC 3339, UTC, milliseconds, as STIX 2.1 section 3.2 writes timestamps. */
export const zInstant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
export type Instant = z.infer<typeof zInstant>;
