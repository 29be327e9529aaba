export { chronicle, holderName } from './chronicle.ts';
export { listCuts, standingCuts } from './cut.store.ts';
export { addCut, type Cutting, checkCut, takeCutBack } from './cut.ts';
export { checkLead } from './follow.ts';
export {
  addIncident,
  dropTrace,
  findByLead,
  findIncident,
  type IncidentFacts,
  keepTrace,
  listStoredIncidents,
  noteLooked,
  originsOf,
  recallIncidents,
  reviseIncident,
  type StoredIncident,
  titlesOf,
} from './incident.store.ts';
export { LiveTraces } from './live.ts';
export { openIncident } from './open.ts';
export { findPath } from './path.ts';
export { traceQuestion } from './question.ts';
export { ledgerRows } from './rows.ts';
export { casesSchema } from './schema.ts';
export { countTold, type Happening, nothingElse, type Retold, readTimeline, retell, tell } from './timeline.store.ts';
export { totalsOf } from './totals.ts';
export { incidentDetail, listIncidents } from './view.ts';
