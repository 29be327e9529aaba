export { addressOn, txIdOn } from './canonical.ts';
export { type Ledger, openLedger } from './ledger.store.ts';
export type { AccountRows, Block, BlockEntry, Coverage, LedgerWriter, Movement, MovementKind } from './model.ts';
export type { TagStore } from './tag.store.ts';
export { coinJoinVerdict } from './utxo/verdict/coinjoin.ts';
export type { CoinJoinVerdict } from './utxo/verdict/shape.ts';
