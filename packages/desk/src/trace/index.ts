export { answer } from './answer.ts';
export { type EndReached, endsReached, hopKey, joinedHops } from './arrivals.ts';
export { completeQuestion, defaultBounds } from './bounds.ts';
export { exactTrace } from './exact.ts';
export { hopsCsv, stopsCsv } from './export/csv.ts';
export { graphml } from './export/graphml.ts';
export { flowSvg } from './export/svg.ts';
export { type AccountLive, follow, type Live } from './live.ts';
export { LookAlikes } from './look-alike.ts';
export type { Ask, Asked, Balance, Bounds, Decoy, Gap, Hop, Lead, Question, Rows, Stop, Trace } from './model.ts';
export {
  type AccountPath,
  type AccountPathAsk,
  type AccountPathQuestion,
  type AccountPathRows,
  pathAccounts,
} from './path.ts';
export { type PlaceNow, placesNow } from './places.ts';
export { unspentAddresses } from './report.ts';
export { stopByTags, type TagStop } from './tags.ts';
export { trace } from './trace.ts';
export { followUtxo, type UtxoLive } from './utxo/live.ts';
export type { UtxoAsk, UtxoRows, UtxoRules } from './utxo/model.ts';
export { pathUtxo, type UtxoPath, type UtxoPathQuestion, type UtxoPathStep } from './utxo/path.ts';
export { traceUtxo } from './utxo/trace.ts';
