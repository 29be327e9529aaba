export { chronicle, holderName } from './chronicle.ts';
export { custodyOf, takeIntoCustody } from './custody.store.ts';
export { listCuts, standingCuts } from './cut.store.ts';
export { addCut, type Cutting, checkCut, takeCutBack } from './cut.ts';
export { checkLead } from './follow.ts';
export { forgetDrills } from './forget.store.ts';
export {
  type AskedLooking,
  afterWord,
  answerHold,
  approvedDocuments,
  approvedHolds,
  approveHold,
  askedHold,
  contentOfWord,
  countAsked,
  deliverHolds,
  draftHold,
  draftPdf,
  findAsked,
  findHold,
  giveToAsker,
  type HoldContext,
  type HoldExchange,
  type HoldMessage,
  holdDetail,
  holdWordsOf,
  isNeeded,
  joinPartnerHold,
  keepAsking,
  keepParcel,
  keepPartnerHold,
  listAskedHolds,
  listHolds,
  listStoredHolds,
  type MadeDocument,
  mediaTypes,
  noteHanded,
  noteRefusedFile,
  noteRefusedWord,
  noteSettled,
  noteWordProblem,
  type PartnerHold,
  parcelsOf,
  pendingMessage,
  readAsked,
  receiveHoldFile,
  reviseHold,
  type StoredHold,
  type StoredWord,
  sendHold,
  takeAsked,
  takeAskedDocument,
  takeHoldFile,
  takeOutHoldFile,
  takeWord,
  tellAsker,
  type UnsettledWords,
  warnOfHolds,
  wasAskedOf,
  wordsUnsettled,
} from './hold/index.ts';
export {
  addIncident,
  dropTrace,
  findByLead,
  findIncident,
  type IncidentFacts,
  keepTrace,
  listStoredIncidents,
  markingsOf,
  noteLooked,
  originsOf,
  partsOf,
  recallIncidents,
  reviseIncident,
  type StoredIncident,
  takeOverIncident,
  titlesOf,
} from './incident.store.ts';
export {
  addCase,
  addRevision,
  type CaseDesk,
  caseDesks,
  conversionsOf,
  countRevisions,
  findCase,
  findDocument,
  placesOf,
  putCaseDesk,
  recallRevisions,
  revisionsOf,
  revisionsToTell,
  type StoredCase,
  sharedCases,
} from './joint/case.store.ts';
export { type Fact, factsOf, standingsOf } from './joint/fact.ts';
export { caseAccess } from './joint/member.store.ts';
export { type CasePerson, changeAccess } from './joint/member.ts';
export { isNameOf } from './joint/name.ts';
export type { HeldRevision } from './joint/revision.ts';
export { unseenOf } from './joint/seen.ts';
export { caseDetail, caseSummaries, factHistory, revisionView } from './joint/view.ts';
export { wordsOf } from './joint/words.ts';
export {
  addFact,
  answerCase,
  type CaseContext,
  caseNamed,
  changeFact,
  convertFact,
  keepCaseDocument,
  offerCase,
  openCase,
} from './joint/write.ts';
export { LiveTraces } from './live.ts';
export { createMailer, type Mail, type Mailer } from './mail.client.ts';
export { listMatches } from './match.store.ts';
export { decide, findMatches, mainOf } from './match.ts';
export { measureMonths, median, type Warning } from './measure.ts';
export { type MeasureContext, measureIncidents } from './measured.ts';
export { isNotice, listNotices, type StoredNotice, toldCounts } from './notice.store.ts';
export { agencyName, agencyNamed, type Reach } from './notice.ts';
export {
  acknowledgedThere,
  acknowledgeNotice,
  escalate,
  type NotifyContext,
  nextStepAt,
  planNotices,
} from './notify.ts';
export { openIncident, type ReportedBy, type TakenReport, takeReport } from './open.ts';
export { findPath } from './path.ts';
export { traceQuestion, utxoRules } from './question.ts';
export { findReport, listReports, type StoredReport } from './report.store.ts';
export { addReporter, countReport, listReporters, reporterOf, revokeReporter } from './reporter.store.ts';
export { attendingIn, requestsDue, takeRequestStep } from './request/remind.ts';
export {
  addRequestEvent,
  addRequestTo,
  countEvents,
  desksWorkedWith,
  eventsOf as requestEventsOf,
  findRequest,
  placesOfRequest,
  recallRequestEvents,
  type StoredEvent,
  storedRequestIds,
} from './request/request.store.ts';
export { sideOf as sideOfRequestEvent } from './request/states.ts';
export { type EventGivens, requestView, requestViews } from './request/view.ts';
export { happeningWords } from './request/words.ts';
export { actOnRequest, openRequest } from './request/write.ts';
export { ledgerRows } from './rows.ts';
export { casesSchema } from './schema.ts';
export {
  findCases,
  findHolds,
  findIncidents,
  hiddenFrom,
  holdsAt,
  incidentsNaming,
} from './search.store.ts';
export { type SendContext, type SentChannel, sendDue } from './send.ts';
export { countTold, type Happening, nothingElse, type Retold, readTimeline, retell, tell } from './timeline.store.ts';
export { totalsOf } from './totals.ts';
export { utxoRows } from './utxo-rows.ts';
export { incidentDetail, listIncidents } from './view.ts';
export { findView, listViews, removeView, saveView, viewsMax } from './views.store.ts';
export { webhookSecret } from './webhook-signature.ts';
