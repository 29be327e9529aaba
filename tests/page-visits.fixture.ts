import { readFileSync } from 'node:fs';
import type { WorkedDesk } from './worked-desks.fixture.ts';

/** Where each page of the router is opened, and what it shows once it has what it shows. */
export interface Visit {
  readonly name: string;
  readonly at: (desk: WorkedDesk) => string | Promise<string>;
  readonly ready: string;
  /** What a picture of the page begins with, where that is not its head. */
  readonly shows?: string;
  /** Opened by nobody yet. */
  readonly signedOut?: true;
}

const row = (name: string) => `[data-testid="${name}"]`;
const fixed = (at: string) => () => at;

/** By the path that the router gives the page. */
export const visits: Readonly<Record<string, Visit>> = {
  '/sign-in': { name: 'sign-in', at: fixed('/sign-in'), ready: 'main button', signedOut: true },
  '/enrol': { name: 'enrol', at: (desk) => desk.enrolUrl(), ready: 'form.enrol', signedOut: true },
  '/': { name: 'today', at: fixed('/'), ready: row('due') },
  '/incidents/$id': { name: 'incident', at: (desk) => `/incidents/${desk.incident}`, ready: row('place') },
  '/report': { name: 'report', at: fixed('/report'), ready: 'form.report' },
  '/alerts': { name: 'alerts', at: fixed('/alerts?show=all'), ready: row('alert-group') },
  '/watches': { name: 'watches', at: fixed('/watches'), ready: row('watch') },
  '/holds': { name: 'holds', at: fixed('/holds'), ready: row('asked-hold') },
  '/holds/$id': { name: 'hold', at: (desk) => `/holds/${desk.hold}`, ready: row('hold-document') },
  '/holds/asked/$desk/$id': {
    name: 'asked-hold',
    at: (desk) => `/holds/asked/washington/${desk.askedHold}`,
    ready: row('asked-document'),
  },
  '/measures': { name: 'measures', at: fixed('/measures'), ready: row('measured') },
  '/directory': { name: 'directory', at: fixed('/directory'), ready: row('entry') },
  '/overlap': { name: 'overlap', at: fixed('/overlap'), ready: row('overlap-partner') },
  '/partners/$desk': { name: 'partner', at: fixed('/partners/washington'), ready: row('delivery') },
  '/approvals': { name: 'approvals', at: fixed('/approvals'), ready: `${row('approval')}, .empty` },
  '/cases': { name: 'cases', at: fixed('/cases'), ready: row('case') },
  '/cases/$id': { name: 'case', at: (desk) => `/cases/${desk.case}`, ready: row('fact') },
  '/requests': { name: 'requests', at: fixed('/requests'), ready: row('request') },
  '/search': { name: 'search', at: (desk) => `/search?q=${desk.thief}`, ready: row('thing') },
  '/address/$chain/$address': {
    name: 'address',
    at: ({ chain, thief }) => `/address/${chain}/${thief}`,
    ready: row('known-party'),
  },
  '/transaction/$chain/$txid': {
    name: 'transaction',
    at: ({ chain, lead }) => `/transaction/${chain}/${lead}`,
    ready: row('known-movement'),
  },
  '/intelligence': { name: 'intelligence', at: fixed('/intelligence'), ready: row('object') },
  '/intelligence/$id': { name: 'object', at: ({ object }) => `/intelligence/${object}`, ready: row('object-page') },
  '/trace': {
    name: 'trace',
    at: ({ chain, lead }) => `/trace?chain=${encodeURIComponent(chain)}&start=${lead}`,
    ready: row('traced-place'),
    shows: '.trace-controls',
  },
  '/audit': { name: 'audit', at: fixed('/audit'), ready: row('audit-entry') },
  '/account': { name: 'account', at: fixed('/account'), ready: row('session') },
  '/administration': { name: 'administration', at: fixed('/administration'), ready: row('person') },
  $: { name: 'not-found', at: fixed('/nowhere'), ready: '.empty h1' },
};

/** The paths that the router knows. */
export function routedPaths(): string[] {
  const source = readFileSync(new URL('../packages/web/src/router.tsx', import.meta.url), 'utf8');
  return [...source.matchAll(/\bpath: '([^']*)'/g)].map(([, path = '']) => path);
}
