import type { FactBody } from '@gongjo/contract';

/** The names of facts. A name says what kind of fact it is of, so that no desk makes another kind of it; some facts a case has once. */

export const caseFact = 'case';

export const deskFact = (desk: string): string => `desk-${desk}`;

/** Of one incident each case has one fact, whichever desk put it in. */
export const incidentFact = (incident: string): string =>
  incident
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 80);

/** Whether a fact of this name may say this. */
export function isNameOf(fact: string, body: FactBody): boolean {
  switch (body.kind) {
    case 'case':
      return fact === caseFact;
    case 'desk':
      return fact === deskFact(body.desk);
    case 'incident':
      return fact === incidentFact(body.incident) && fact.startsWith('incident-');
    default:
      return fact.startsWith(`${body.kind}-`);
  }
}
