export type { RandomBytes } from './bytes.ts';
export {
  type AskStatistics,
  type EnumerationJudgement,
  judgeEnumeration,
} from './enumeration.ts';
export { identifierOf, inputOf } from './identifier/identifier.ts';
export type { ChainForms, Identifier, Named } from './identifier/kinds.ts';
export { applyDelta, deltaBytes } from './list/delta.ts';
export { LIST_MAX, type ListHeader, listId, readHeader } from './list/header.ts';
export { type List, type ListFault, type ListRead, listBytes, readList } from './list/list.ts';
export { type Padding, paddedQuestionCount, QUESTIONS_MAX, questionSteps } from './list/padding.ts';
export { type Published, publish, restored } from './list/publish.ts';
export { holds, sharedValues, sortedValues, VALUE_BYTES, valueFrom } from './list/value.ts';
export {
  type Answering,
  amongValues,
  type Claim,
  claimsOf,
  takeAsk,
  takeReturn,
  toldOf,
} from './session/answerer.ts';
export { type Asking, type Compared, startAsk, takeAnswer, takeTold, tell } from './session/asker.ts';
export {
  type Commitment,
  commitmentDigest,
  contradictions,
  type EpochKeys,
  epochKeys,
  newSeed,
} from './session/commitment.ts';
export {
  type Entry,
  isListed,
  type Note,
  noteOf,
  strictestEach,
} from './session/entry.ts';
export {
  type Answer,
  type Ask,
  type Message,
  messageDigest,
  type Return,
  type Tell,
  type Told,
  transcriptDigest,
  zAnswer,
  zAsk,
  zReturn,
  zTell,
  zTold,
} from './session/messages.ts';
export { pack, unpack } from './session/packed.ts';
export type { Context, Known, SessionFault } from './session/question.ts';
export { openGroup } from './voprf/sodium-group.ts';
export { type Voprf, voprfOver } from './voprf/voprf.ts';
