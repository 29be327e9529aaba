export { type Arrival, arrivals, chronicle, holderName } from './chronicle.ts';
export { traceIncident } from './follow.ts';
export {
  addIncident,
  dropTrace,
  findByLead,
  findIncident,
  type IncidentFacts,
  keepTrace,
  listStoredIncidents,
  type StoredIncident,
} from './incident.store.ts';
export { openIncident } from './open.ts';
export { ledgerRows, noQuestions, type Questions } from './rows.ts';
export { casesSchema } from './schema.ts';
export { type Happening, nothingElse, readTimeline, retell, tell } from './timeline.store.ts';
export { incidentDetail, listIncidents } from './view.ts';
