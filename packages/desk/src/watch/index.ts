export {
  acknowledgeAlert,
  countAlerts,
  listAlerts,
  type NewAlert,
  raiseAlerts,
  withdrawAlerts,
  withdrawIndicatorAlerts,
} from './alert.store.ts';
export { type Cursor, moveCursor, readCursor } from './cursor.store.ts';
export { alertsOf } from './incident-alerts.store.ts';
export { watchSchema } from './schema.ts';
export { type SubjectSource, subjectsNamed, type WatchedSubject, watchSubjects } from './subject.store.ts';
export { type Hit, isAnythingWatched, screen, watchOnly, watchToo } from './watched.store.ts';
