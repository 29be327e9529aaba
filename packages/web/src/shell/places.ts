import type { Texts } from '../texts/texts.ts';

/** What can wait behind a place. */
export type Waiting = 'alerts' | 'approvals' | 'contradictions';

/** A page that is reached from everywhere: one row here is its link, its shortcut (`g`, then the letter) and its line in the list of those. */
export interface Place {
  readonly path: string;
  readonly text: (t: Texts) => string;
  /** `act`: what asks for something now. `know`: what is known. `desk`: the desk and its record. */
  readonly group: 'act' | 'know' | 'desk';
  readonly key: string;
  /** What a person needs to see the page; none: everyone who is signed in may. */
  readonly right: string | null;
  readonly waiting?: Waiting;
}

const table = [
  { path: '/', text: (t) => t.shell.today, group: 'act', key: 't', right: null, waiting: 'alerts' },
  { path: '/alerts', text: (t) => t.shell.alerts, group: 'act', key: 'a', right: null },
  { path: '/cases', text: (t) => t.cases.title, group: 'act', key: 'c', right: null },
  { path: '/requests', text: (t) => t.cases.requests, group: 'act', key: 'r', right: null },
  {
    ...{ path: '/approvals', text: (t) => t.shell.approvals, group: 'act', key: 'p', right: null },
    waiting: 'approvals',
  },
  { path: '/holds', text: (t) => t.shell.holds, group: 'act', key: 'h', right: null },
  { path: '/watches', text: (t) => t.shell.watches, group: 'know', key: 'w', right: null },
  { path: '/intelligence', text: (t) => t.intelligence.title, group: 'know', key: 'i', right: null },
  { path: '/overlap', text: (t) => t.overlap.title, group: 'know', key: 'o', right: null },
  { path: '/directory', text: (t) => t.shell.directory, group: 'desk', key: 'd', right: null },
  { path: '/measures', text: (t) => t.shell.measures, group: 'desk', key: 'm', right: null },
  { path: '/audit', text: (t) => t.shell.audit, group: 'desk', key: 'u', right: null, waiting: 'contradictions' },
] as const satisfies readonly Place[];

/** The router knows each of these paths; a row without a page does not compile. */
export type PlacePath = (typeof table)[number]['path'];
export const places: readonly (Place & { readonly path: PlacePath })[] = table;

export const placeGroups = ['act', 'know', 'desk'] as const satisfies readonly Place['group'][];
