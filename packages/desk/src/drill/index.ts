export { joinDrill, startDrill } from './begin.ts';
export type { DrillContext } from './context.ts';
export { withDrills } from './directory.ts';
export { drillNamed, storedDrills } from './drill.store.ts';
export { endDrill } from './end.ts';
export { Heists } from './heists.ts';
export { drillSchema } from './schema.ts';
export { Player } from './step.ts';
export { shownDrill } from './view.ts';
