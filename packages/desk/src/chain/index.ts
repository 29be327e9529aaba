export { type FollowAccountsOptions, followAccounts } from './accounts.ts';
export { type CheckedBlock, checkBlock } from './bitcoin/check.ts';
export { BlockDamage } from './bitcoin/damage.ts';
export { type BlockSink, parseBlock, tellBlock } from './bitcoin/parse.ts';
export {
  classifyScript,
  type ScriptClass,
  STORED_ADDRESS_BYTES_MAX,
  scriptType,
  storedLength,
} from './bitcoin/script.ts';
export type { SourceState } from './connection.ts';
export type { Transport } from './evm/http.client.ts';
export { evmReader } from './evm/reader.client.ts';
export { type Rpc, rpcClient } from './evm/rpc.client.ts';
export { type FollowOptions, follow } from './follow.ts';
export type { Progress } from './meter.ts';
export type { AccountReader, ChainEntry, ChainReader, OpenReader } from './reader.ts';
