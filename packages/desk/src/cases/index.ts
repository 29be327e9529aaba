export { type Arrival, arrivals, chronicle, holderName } from './chronicle.ts';
export { ledgerRows, traceIncident } from './follow.ts';
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
export { casesSchema } from './schema.ts';
export { type Happening, nothingElse, readTimeline, retell, tell } from './timeline.store.ts';
export { incidentDetail, listIncidents } from './view.ts';
