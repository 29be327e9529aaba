export type { SourceState } from './connection.ts';
export {
  type FilesIngested,
  type FilesIngestion,
  ingestFiles,
} from './evm/files/files.client.ts';
export type { FileReport, SurveyProgress } from './evm/files/survey.client.ts';
export type { Transport } from './evm/http.client.ts';
export { evmReader } from './evm/reader.client.ts';
export { type Rpc, rpcClient } from './evm/rpc.client.ts';
export { type FollowOptions, follow } from './follow.ts';
export type { Progress } from './meter.ts';
export type { ChainReader, OpenReader } from './reader.ts';
