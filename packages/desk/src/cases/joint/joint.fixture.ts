import { type CaseFlag, type CaseRevision, zDeskId } from '@gongjo/contract';
import { deskIdentityId, revisionId } from '../../stix/index.ts';
import { type Fact, factsOf, nextOf, revise } from './fact.ts';
import { type HeldRevision, headsOf, mergeRevisions } from './revision.ts';

/** Desks that change one note while each knows what it knows: what the laws are tried on. */

export const desks = ['kr-police', 'us-agency', 'jp-agency'].map((it) => zDeskId.parse(it));
const caseId = 'grouping--0c1d2e3f-4a5b-4c6d-8e7f-901a2b3c4d5e';
const fact = 'note-1';

export type Step =
  | { readonly do: 'write'; readonly desk: number; readonly text: string; readonly flag: CaseFlag; readonly of: number }
  | { readonly do: 'convert'; readonly desk: number }
  | { readonly do: 'hear'; readonly desk: number; readonly from: number; readonly part: number };

export interface Play {
  /** What each desk knows in the end. */
  readonly known: readonly (readonly HeldRevision[])[];
  readonly all: readonly HeldRevision[];
  /** Of each revision that converts nothing: what it rests on, and what its author knew of the fact. */
  readonly written: readonly Written[];
}

export interface Written {
  readonly made: HeldRevision;
  readonly based: readonly HeldRevision[];
  readonly known: readonly HeldRevision[];
}

/** Each desk writes on what stands with it – on all heads, or on one of them – and hears all or a part of what another knows. */
export function play(steps: readonly Step[]): Play {
  const known: HeldRevision[][] = desks.map(() => []);
  const all: HeldRevision[] = [];
  const written: Written[] = [];
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
    const heads = headsOf(mine);
    const [held] = factsOf(mine);
    // As the act: of what is evidence already, or what desks disagree about, nobody makes evidence.
    if (step.do === 'convert' && (!held || held.conflict || held.flag === 'evidence')) continue;
    const chosen = step.do === 'convert' || step.of === 0 ? heads : heads.slice(0, step.of);
    const next = nextBy(step, { held, chosen, mine, desk, at });
    const revision = { case: caseId, ...next };
    const object = revisionId(deskIdentityId(desk), revision);
    const made: HeldRevision = { ...revision, object, tlp: 'amber', by: null, keptHere: false, recalled: false };
    known[step.desk] = mergeRevisions(mine, [made]);
    all.push(made);
    if (step.do === 'write') written.push({ made, based: held ? chosen : [], known: mine });
  }
  return { known, all, written };
}

function nextBy(
  step: Exclude<Step, { readonly do: 'hear' }>,
  {
    held,
    chosen,
    mine,
    desk,
    at,
  }: {
    readonly held: Fact | undefined;
    readonly chosen: readonly HeldRevision[];
    readonly mine: readonly HeldRevision[];
    readonly desk: CaseRevision['desk'];
    readonly at: string;
  },
): Omit<CaseRevision, 'case'> {
  const body = { kind: 'note', text: step.do === 'write' ? step.text : '' } as const;
  if (!held) {
    const flag = step.do === 'write' ? step.flag : 'intelligence';
    return { fact, desk, n: nextOf(mine, desk), seen: {}, at, body, about: { flag } };
  }
  const conversion = { legalBasis: 'Criminal Procedure Act, article 199', at, desk };
  return revise(
    held,
    chosen.map(({ object }) => object),
    step.do === 'write' ? { body } : {},
    step.do === 'write' ? { desk, at } : { desk, at, conversion },
  );
}

export function factIn(revisions: readonly HeldRevision[]): Fact | null {
  return factsOf(revisions)[0] ?? null;
}
