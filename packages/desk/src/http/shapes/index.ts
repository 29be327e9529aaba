import { accountShapes, peopleShapes } from './account.ts';
import { caseShapes, holdShapes } from './cases.ts';
import { alertShapes, chainShapes } from './chains.ts';
import { auditShapes, directoryShapes } from './directory.ts';
import { incidentShapes } from './incidents.ts';
import type { Shapes } from './shape.ts';
import { objectShapes, partnerShapes, policyShapes } from './sharing.ts';

export type { Shape } from './shape.ts';

/** What goes into every route of the API and what comes out, by area. A test holds it against `rights.ts`. */
export const areas = {
  account: accountShapes,
  people: peopleShapes,
  incidents: incidentShapes,
  cases: caseShapes,
  holds: holdShapes,
  alerts: alertShapes,
  chains: chainShapes,
  objects: objectShapes,
  partners: partnerShapes,
  policy: policyShapes,
  directory: directoryShapes,
  audit: auditShapes,
} satisfies Record<string, Shapes>;
export type Area = keyof typeof areas;

export const shapes: Shapes = Object.assign({}, ...Object.values(areas));
