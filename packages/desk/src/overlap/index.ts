export { judgeEnumeration } from './enumeration.ts';
export { identifierOf, inputOf, nameOf } from './identifier/identifier.ts';
export type { Identifier, Named } from './identifier/kinds.ts';
export { applyDelta, deltaBytes } from './list/delta.ts';
export { LIST_MAX, listId } from './list/header.ts';
export { type List, type ListRead, listBytes, readList } from './list/list.ts';
export { QUESTIONS_MAX, questionSteps } from './list/padding.ts';
export { type Lost, type Published, publish, restored } from './list/publish.ts';
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
export { type Asking, startAsk, takeAnswer, takeTold, tell } from './session/asker.ts';
export { commitmentDigest, type EpochKeys, epochKeys } from './session/commitment.ts';
export {
  asMarked,
  type Entry,
  isListed,
  type Note,
  noteOf,
  strictestEach,
} from './session/entry.ts';
export {
  type Answer,
  type Ask,
  messageDigest,
  NUMBER_MAX,
  type Return,
  type Tell,
  type Told,
  zAnswer,
  zAsk,
  zReturn,
  zTell,
  zTold,
} from './session/messages.ts';
export { pack, unpack, zPacked } from './session/packed.ts';
export type { Context, Known } from './session/question.ts';
export { openGroup } from './voprf/sodium-group.ts';
export { voprfOver } from './voprf/voprf.ts';
