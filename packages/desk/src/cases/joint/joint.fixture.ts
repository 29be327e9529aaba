import { type CaseFlag, zDeskId } from '@gongjo/contract';
import { deskIdentityId, revisionId } from '../../stix/index.ts';
import { type Fact, factsOf, nextOf, revise } from './fact.ts';
import { type HeldRevision, headsOf, mergeRevisions } from './revision.ts';

/** Desks that change one note while each knows what it knows: what the laws are tried on. */

export const desks = ['kr-police', 'us-agency', 'jp-agency'].map((it) => zDeskId.parse(it));
const caseId = 'grouping--0c1d2e3f-4a5b-4c6d-8e7f-901a2b3c4d5e';
const fact = 'note-1';

export type Step =
  | { readonly do: 'write'; readonly desk: number; readonly text: string; readonly flag: CaseFlag; readonly of: number }
  | { readonly do: 'hear'; readonly desk: number; readonly from: number; readonly part: number };

export interface Play {
  /** What each desk knows in the end. */
  readonly known: readonly (readonly HeldRevision[])[];
  readonly all: readonly HeldRevision[];
}

/** Each desk writes on what stands with it – on all heads, or on one of them – and hears all or a part of what another knows. */
export function play(steps: readonly Step[]): Play {
  const known: HeldRevision[][] = desks.map(() => []);
  const all: HeldRevision[] = [];
  let minute = 0;
  for (const step of steps) {
    minute += 1;
    const at = new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
    const mine = known[step.desk] ?? [];
    if (step.do === 'hear') {
      // A part of what another wrote, never what it only heard: desks pass on nothing of others.
      const others = (known[step.from] ?? []).filter((it) => it.desk === desks[step.from]);
      const heard = others.filter((_, i) => step.part === 0 || i % (step.part + 1) !== 0);
      known[step.desk] = mergeRevisions(mine, heard);
      continue;
    }
    const desk = desks[step.desk] ?? zDeskId.parse('kr-police');
    const body = { kind: 'note', text: step.text } as const;
    const heads = headsOf(mine);
    const chosen = step.of === 0 ? heads : heads.slice(0, step.of);
    const [held] = factsOf(mine);
    const next = held
      ? revise(
          held,
          chosen.map(({ object }) => object),
          { body },
          { desk, at },
        )
      : { fact, desk, n: nextOf(mine, desk), seen: {}, at, body, about: { flag: step.flag } };
    const revision = { case: caseId, ...next };
    const object = revisionId(deskIdentityId(desk), revision);
    const made: HeldRevision = { ...revision, object, tlp: 'amber', by: null, keptHere: false, recalled: false };
    known[step.desk] = mergeRevisions(mine, [made]);
    all.push(made);
  }
  return { known, all };
}

export function factIn(revisions: readonly HeldRevision[]): Fact | null {
  return factsOf(revisions)[0] ?? null;
}
