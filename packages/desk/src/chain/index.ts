export { type FollowAccountsOptions, followAccounts } from './accounts.ts';
export { type Branch, branchOf, rootOfBranch } from './bitcoin/branch.ts';
export { BLOCK_BYTES_MAX, type CheckedBlock, checkBlock, UNITS_MAX } from './bitcoin/check.ts';
export { BlockDamage } from './bitcoin/damage.ts';
export { type BlockFiles, type BlockFilesOptions, blockFiles, type FileDamage } from './bitcoin/files.client.ts';
export { type BlockHeader, isMined, readHeader } from './bitcoin/header.ts';
export { followOutputs } from './bitcoin/ingest.ts';
export { type BitcoinNetwork, bitcoinNetwork, bitcoinNetworks, networkOf } from './bitcoin/network.ts';
export { type BitcoinNodeOptions, bitcoinNode } from './bitcoin/node.client.ts';
export { type BlockSink, parseBlock, tellBlock } from './bitcoin/parse.ts';
export { type PendingSpend, pendingSpends } from './bitcoin/pending.client.ts';
export { type RawBlock, rawBlock } from './bitcoin/raw-block.ts';
export { type BitcoinReaderOptions, bitcoinReader } from './bitcoin/reader.client.ts';
export {
  classifyScript,
  type ScriptClass,
  STORED_ADDRESS_BYTES_MAX,
  scriptType,
  storedLength,
} from './bitcoin/script.ts';
export type { SourceState } from './connection.ts';
export {
  type FilesIngested,
  type FilesReading,
  ingestFiles,
} from './evm/files/files.client.ts';
export type { FileReport, SurveyProgress } from './evm/files/survey.client.ts';
export type { Transport } from './evm/http.client.ts';
export { type PendingMove, pendingMoves } from './evm/pending.client.ts';
export { evmReader } from './evm/reader.client.ts';
export { type Rpc, rpcClient } from './evm/rpc.client.ts';
export { type FollowOptions, follow } from './follow.ts';
export type { Progress } from './meter.ts';
export type { AccountReader, ChainEntry, ChainReader, OpenReader } from './reader.ts';
export type { BitcoinReading, NodeReading } from './reading.ts';
