import type { CaseSummary, FactView, RevisionView } from '@gongjo/contract';
import { GongjoError } from '../../kernel/index.ts';
import type { Db } from '../../platform/index.ts';
import { caseDesks, casesNaming, revisionsOf, type StoredCase, storedCases } from './case.store.ts';
import { type Fact, factsOf, isThere, shownOf, standingsOf } from './fact.ts';
import { caseFact } from './name.ts';
import type { HeldRevision } from './revision.ts';
import { caseNamed } from './write.ts';

/** What became of a revision for each partner. Sharing knows. */
type GivenOf = (object: string) => RevisionView['given'];

/** A case with its facts, as far as this desk knows them. */
interface CaseFacts {
  readonly summary: CaseSummary;
  readonly facts: readonly FactView[];
}

/** Newest first; those that are about one incident where one is named. What a partner has taken back is left out. */
export async function caseSummaries(db: Db, us: string, incident: string | null = null): Promise<CaseSummary[]> {
  const named = incident === null ? null : new Set(await casesNaming(db, incident));
  const summaries: CaseSummary[] = [];
  for (const stored of await storedCases(db)) {
    const isGone = stored.origin !== null && stored.recalledAt !== null;
    if (isGone || (named !== null && !named.has(stored.id))) continue;
    const summary = await summaryOf(db, us, stored, factsOf(await revisionsOf(db, stored.id, us)));
    if (incident === null || summary.incidents.includes(incident)) summaries.push(summary);
  }
  return summaries;
}

/** Throws `case-unknown`. */
export async function caseDetail(db: Db, us: string, id: string, givenOf: GivenOf): Promise<CaseFacts> {
  const stored = await caseNamed(db, id);
  const facts = factsOf(await revisionsOf(db, id, us));
  return { summary: await summaryOf(db, us, stored, facts), facts: facts.map((fact) => factView(fact, givenOf)) };
}

/** Every revision of a fact, also those taken back, in the order in which they came here. Throws `case-fact-unknown`. */
export async function factHistory(db: Db, us: string, id: string, fact: string): Promise<HeldRevision[]> {
  await caseNamed(db, id);
  const revisions = await revisionsOf(db, id, us, fact);
  if (revisions.length === 0) throw new GongjoError('case-fact-unknown', { id: fact });
  return revisions;
}

async function summaryOf(db: Db, us: string, stored: StoredCase, facts: readonly Fact[]): Promise<CaseSummary> {
  const there = facts.filter(isThere);
  const head = there.find(({ id }) => id === caseFact);
  const body = head ? shownOf(head).body : null;
  const bodies = there.map((it) => shownOf(it).body);
  const changes = facts.flatMap(({ revisions }) => revisions.map(({ at }) => at));
  return {
    id: stored.id,
    title: body?.kind === 'case' ? body.title : stored.title,
    state: body?.kind === 'case' ? body.state : 'open',
    tlp: stored.tlp,
    origin: stored.origin,
    recalled: stored.recalledAt !== null,
    standing: standingsOf(facts).get(us) ?? null,
    desks: (await caseDesks(db, stored.id)).map(({ desk }) => desk),
    incidents: bodies.flatMap((it) => (it.kind === 'incident' ? [it.incident] : [])),
    facts: there.length,
    conflicts: there.filter(({ conflict }) => conflict).length,
    openTasks: bodies.filter((it) => it.kind === 'task' && !it.done).length,
    openedAt: stored.openedAt,
    changedAt: [stored.openedAt, ...changes].sort().at(-1) ?? stored.openedAt,
  };
}

function factView({ id, kind, heads, conflict, flag, revisions }: Fact, givenOf: GivenOf): FactView {
  return { id, kind, conflict, flag, heads: heads.map((it) => revisionView(it, givenOf)), revisions: revisions.length };
}

export function revisionView(
  { object, desk, n, at, body, about, tlp, by, keptHere, recalled }: HeldRevision,
  givenOf: GivenOf,
): RevisionView {
  return { id: object, desk, n, at, body, about, tlp, by, keptHere, recalled, given: givenOf(object) };
}
