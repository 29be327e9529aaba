export { addressOn, txIdOn } from './canonical.ts';
export { type Ledger, openLedger } from './ledger.store.ts';
export type { AccountRows, Block, BlockEntry, Coverage, LedgerWriter, Movement, MovementKind } from './model.ts';
export type { TagStore } from './tag.store.ts';
export type {
  AddressOutputs,
  Outpoint,
  OutputType,
  TxNumber,
  UtxoInput,
  UtxoOutput,
  UtxoTransaction,
} from './utxo/model.ts';
