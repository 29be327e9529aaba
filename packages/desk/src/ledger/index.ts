export { addressOn, txIdOn } from './canonical.ts';
export { type Ledger, openLedger } from './ledger.store.ts';
export type {
  AccountRows,
  Block,
  BlockEntry,
  Coverage,
  HistoryRows,
  LedgerWriter,
  Movement,
  MovementKind,
} from './model.ts';
export type { TagStore } from './tag.store.ts';
