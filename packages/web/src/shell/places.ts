import type { Right } from '@gongjo/contract';
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
  /** What a person needs to see the page. */
  readonly right: Right;
  readonly waiting?: Waiting;
}

const table = [
  { path: '/', text: (t) => t.shell.today, group: 'act', key: 't', right: 'incident:read', waiting: 'alerts' },
  { path: '/alerts', text: (t) => t.shell.alerts, group: 'act', key: 'a', right: 'alert:read' },
  { path: '/cases', text: (t) => t.cases.title, group: 'act', key: 'c', right: 'case:read' },
  { path: '/requests', text: (t) => t.cases.requests, group: 'act', key: 'r', right: 'request:read' },
  {
    ...{ path: '/approvals', text: (t) => t.shell.approvals, group: 'act', key: 'p', right: 'approval:read' },
    waiting: 'approvals',
  },
  { path: '/holds', text: (t) => t.shell.holds, group: 'act', key: 'h', right: 'hold:read' },
  { path: '/trace', text: (t) => t.trace.nav, group: 'know', key: 'f', right: 'trace:read' },
  { path: '/watches', text: (t) => t.shell.watches, group: 'know', key: 'w', right: 'watch:read' },
  { path: '/intelligence', text: (t) => t.intelligence.title, group: 'know', key: 'i', right: 'object:read' },
  { path: '/overlap', text: (t) => t.overlap.title, group: 'know', key: 'o', right: 'overlap:read' },
  { path: '/directory', text: (t) => t.shell.directory, group: 'desk', key: 'd', right: 'directory:read' },
  { path: '/measures', text: (t) => t.shell.measures, group: 'desk', key: 'm', right: 'measure:read' },
  {
    path: '/audit',
    text: (t) => t.shell.audit,
    group: 'desk',
    key: 'u',
    right: 'audit:read',
    waiting: 'contradictions',
  },
  {
    ...{ path: '/administration', text: (t) => t.people.administration.title, group: 'desk', key: 'n' },
    right: 'people:read',
  },
] as const satisfies readonly Place[];

/** The router knows each of these paths; a row without a page does not compile. */
export type PlacePath = (typeof table)[number]['path'];
export const places: readonly (Place & { readonly path: PlacePath })[] = table;

export const placeGroups = ['act', 'know', 'desk'] as const satisfies readonly Place['group'][];
