export { addressOn, txIdOn } from './canonical.ts';
export { type Ledger, openLedger } from './ledger.store.ts';
export type { AccountRows, Block, BlockEntry, Coverage, LedgerWriter, Movement, MovementKind } from './model.ts';
export type { TagStore } from './tag.store.ts';
export type { ChangeFacts } from './utxo/change/heuristics.ts';
export { changeOutputsMax, changeTable } from './utxo/change/suggest.ts';
export { coinJoinVerdict } from './utxo/verdict/coinjoin.ts';
export { peelingVerdict } from './utxo/verdict/peeling.ts';
export type { CoinJoinVerdict } from './utxo/verdict/shape.ts';
