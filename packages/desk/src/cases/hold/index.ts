export { answerHold } from './answer.ts';
export { approveHold } from './approve.ts';
export {
  contentOfWord,
  countAsked,
  findAsked,
  keepParcel,
  noteSettled,
  noteWordProblem,
  parcelsOf,
  type StoredWord,
  type UnsettledWords,
  wordsOf as holdWordsOf,
  wordsUnsettled,
} from './asked.store.ts';
export { takeAsked, takeAskedDocument } from './asked.ts';
export { type AskedLooking, askedHold, listAskedHolds, readAsked } from './asked-view.ts';
export type { HoldContext, HoldExchange } from './context.ts';
export { deliverHolds } from './deliver.ts';
export { approvedDocuments } from './document.store.ts';
export { draftPdf, type MadeDocument, mediaTypes } from './documents.ts';
export { draftHold, reviseHold } from './draft.ts';
export { approvedHolds, findHold, listStoredHolds, type StoredHold } from './hold.store.ts';
export { type HoldMessage, isNeeded, keepAsking, noteHanded, pendingMessage } from './message.store.ts';
export { joinPartnerHold, keepPartnerHold, type PartnerHold } from './parallel.store.ts';
export { receiveHoldFile, takeHoldFile, takeOutHoldFile } from './receive.ts';
export { sendHold } from './send.ts';
export { giveToAsker, tellAsker } from './tell.ts';
export { afterWord, noteRefusedFile, noteRefusedWord, takeWord, wasAskedOf } from './told.ts';
export { holdDetail, listHolds } from './view.ts';
export { warnOfHolds } from './warn.ts';
