export {
  acknowledgeAlert,
  countAlerts,
  findAlert,
  listAlerts,
  type NewAlert,
  raiseAlerts,
  withdrawAlerts,
  withdrawGone,
  withdrawMovedOn,
  withdrawThese,
} from './alert.store.ts';
export { type Cursor, moveCursor, readCursor, readMarks } from './cursor.store.ts';
export { alertsOnChains, forgetChains } from './forget.store.ts';
export { actOnGroup, type GroupAct, groupDetail, listGroups } from './group.store.ts';
export { alertsOf } from './incident-alerts.store.ts';
export {
  completeList,
  endWatch,
  isAnythingOrdered,
  type OrderedWatch,
  openList,
  orderWatch,
  standingWatches,
} from './order.store.ts';
export { confirmedAlready, settlePool, toldFromPool } from './pool.store.ts';
export {
  arrival,
  collection,
  type Dealings,
  dealingsOf,
  type Finding,
  freezable,
  peelChain,
  poisoning,
  sanctioned,
  sleeper,
  structuring,
  watched,
} from './rules/index.ts';
export { watchSchema } from './schema.ts';
export type { Hit, HitSource } from './screen/hit.ts';
export { Screening, type ScreeningParts } from './screen/screening.store.ts';
export {
  alertsNaming,
  countAlertsNaming,
  subjectsOfAnyKind,
  type WatchedAddress,
  watchedAlike,
  watchedAmong,
  watchesByName,
} from './search.store.ts';
export { type SubjectSource, subjectsNamed, type WatchedSubject, watchSubjects } from './subject.store.ts';
export { isAnythingWatched, watchedCounts, watchedFor, watchOnly, watchToo } from './watched.store.ts';
