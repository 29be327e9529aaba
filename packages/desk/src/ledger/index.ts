export {
  addressKinds,
  addressOn,
  addressText,
  chainOfTicker,
  endsOf,
  knownChains,
  storedAddress,
  tickerOf,
} from './address/index.ts';
export { txIdOn } from './canonical.ts';
export { chainForms } from './chain-forms.ts';
export { type Ledger, openLedger } from './ledger.store.ts';
export { coverageOf, lookUpAddress, lookUpEntity, lookUpTransaction } from './lookup.ts';
export type {
  AccountRows,
  Block,
  BlockEntry,
  ChainWriter,
  Coverage,
  HeightSpan,
  HistoryRows,
  LedgerWriter,
  Movement,
  MovementKind,
} from './model.ts';
export { type Family, familyOf } from './model.ts';
export { namespaceOf } from './namespace.ts';
export { type Recognised, recognise, type ThingIn, thingsIn } from './recognise.ts';
export { type AddressOn, type ListFile, listCharsMax, type TagList, type TagStore } from './tags/index.ts';
export {
  addressesHeld,
  type Happened,
  happenedBetween,
  nothingHappened,
  type Touch,
  transactionsHeld,
} from './touches.ts';
export { UtxoBatch } from './utxo/batch.ts';
export type { ChangeFacts } from './utxo/change/heuristics.ts';
export { changeOutputsMax, changeTable } from './utxo/change/suggest.ts';
export { coinOf } from './utxo/coin.ts';
export { answerEntity, type EntityReader, entityOn, firstPayers } from './utxo/entity/answer.ts';
export { entityOf } from './utxo/entity/entity.ts';
export { defaultEntityBounds, type EntityAsk, type EntityRows } from './utxo/entity/model.ts';
export type {
  AddressOutputs,
  Outpoint,
  TxNumber,
  UtxoInput,
  UtxoOutput,
  UtxoTransaction,
} from './utxo/model.ts';
export type { UtxoLedger } from './utxo/utxo.store.ts';
export { coinJoinVerdict } from './utxo/verdict/coinjoin.ts';
export { peelingVerdict } from './utxo/verdict/peeling.ts';
export type { CoinJoinVerdict } from './utxo/verdict/shape.ts';
export { type AddressFacts, addressTransactions, addressView } from './utxo/view/address-view.ts';
export { type TransactionFacts, transactionNeighbours, transactionView } from './utxo/view/transaction-view.ts';
