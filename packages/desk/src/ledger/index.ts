export { addressKinds, addressOn, addressText, chainOfTicker, knownChains, storedAddress } from './address/index.ts';
export { txIdOn } from './canonical.ts';
export { type Ledger, openLedger } from './ledger.store.ts';
export type { AccountRows, Block, BlockEntry, Coverage, LedgerWriter, Movement, MovementKind } from './model.ts';
export { type ListFile, listCharsMax, type TagList, type TagStore } from './tags/index.ts';
