export { type OverlapAbout, overlapsAbout, overlapsOn } from './about.ts';
export { answerOverlap, readReturns } from './answer.ts';
export { type AskResult, askPartner, askWaiting, type Reason } from './ask.ts';
export { type Calculator, createCalculator } from './calculator.ts';
export { entriesChanged, noMemory, type OverlapContext, type OverlapParts } from './context.ts';
export { entriesNamed, entriesOf, keepEntries, removeEntries, removeOthers, type StoredEntry } from './entry.store.ts';
export { commitments, type Epoch, lastPublished, listEpochs } from './epoch.store.ts';
export { type Match, matchesWith } from './known.store.ts';
export { currentList, refreshOwnList, rotateEpoch } from './own-list.ts';
export { forgetReplies, listSessions, type OverlapSession } from './session.store.ts';
export {
  type Asked,
  allTerms,
  askedBy,
  defaultTerms,
  dropOverlapTerms,
  keepOverlapTerms,
  type OverlapTerms,
  termsWith,
} from './terms.store.ts';
export { itemOf, overlapView } from './view.ts';
export { askBytesMax, type OverlapStep, overlapRoot, overlapSteps } from './wire.ts';
