export { addressKinds, addressOn, addressText, chainOfTicker, knownChains, storedAddress } from './address/index.ts';
export { txIdOn } from './canonical.ts';
export { type Ledger, openLedger } from './ledger.store.ts';
export type { AccountRows, Block, BlockEntry, Coverage, LedgerWriter, Movement, MovementKind } from './model.ts';
export type { TagStore } from './tag.store.ts';
export { type OutputType, outputTypes } from './utxo/model.ts';
