import { recordAudit } from '../audit/index.ts';
import type { Directory } from '../directory/index.ts';
import { GongjoError, instant } from '../kernel/index.ts';
import type { Clock, Db } from '../platform/index.ts';
import { type Comparable, likenessOf } from './duplicate.ts';
import {
  findIncident,
  listStoredIncidents,
  makeParts,
  partsOf,
  readSummaries,
  type StoredIncident,
  type TraceSummary,
} from './incident.store.ts';
import { decideMatch, incidentsOnTrace, noteMatch } from './match.store.ts';
import { nothingElse, tell } from './timeline.store.ts';

/**
 * Looks for incidents here – of this desk and of partners – that may have to do with this one, and notes them. Two that a
 * person may find to be one are proposed; a partner's stays the partner's and is only pointed out. Answers how many were found.
 */
export async function findMatches(tx: Db, clock: Clock, directory: Directory, id: string): Promise<number> {
  const all = (await listStoredIncidents(tx)).filter(({ recalledAt }) => recalledAt === null);
  const subject = all.find((it) => it.id === id);
  if (!subject) return 0;
  const summaries = await readSummaries(tx);
  const main = mainOf(subject);
  const groups = Map.groupBy(
    all.filter((it) => it.drill === subject.drill),
    mainOf,
  );
  const own = groups.get(main) ?? [subject];
  const compared = comparableOf(own, summaries);
  const found = new Map<string, NonNullable<ReturnType<typeof likenessOf>>>();
  for (const [other, group] of groups) {
    if (other === main) continue;
    const likeness = likenessOf(compared, comparableOf(group, summaries), directory);
    if (likeness) found.set(other, likeness);
  }
  for (const { chain, txids, addresses = [] } of own) {
    const near = await incidentsOnTrace(
      tx,
      chain,
      txids,
      addresses.map(({ address }) => address),
    );
    for (const { incident, byTxid } of near) {
      const on = all.find((it) => it.id === incident);
      if (!on || mainOf(on) === main || on.drill !== subject.drill) continue;
      const before = found.get(mainOf(on));
      const reason = byTxid ? 'lead-on-its-trace' : 'address-on-its-trace';
      found.set(mainOf(on), {
        certainty: before?.certainty ?? 'related',
        reasons: [...new Set([...(before?.reasons ?? []), reason] as const)],
      });
    }
  }
  const origins = new Map(all.map((it) => [it.id, it.origin]));
  for (const [other, { certainty, reasons }] of found) {
    const isOurs = !subject.origin && !origins.get(other);
    const weight = !isOurs ? 'related' : certainty === 'certain' ? 'probable' : certainty;
    await noteMatch(tx, clock, main, other, { certainty: weight, reasons });
  }
  return found.size;
}

/**
 * A person decides: the two are one – the younger becomes a part of the older, which keeps clocks and notices – or they are
 * not. Throws `not-found` where nothing is asked about these two, or one of them is a partner's and cannot be joined.
 */
export async function decide(
  tx: Db,
  clock: Clock,
  asked: {
    readonly incident: string;
    readonly other: string;
    readonly decision: 'join' | 'apart';
    readonly by: string;
  },
): Promise<string> {
  const [a, b] = [await findIncident(tx, asked.incident), await findIncident(tx, asked.other)];
  const isJoin = asked.decision === 'join';
  if (!a || !b || (isJoin && (a.origin || b.origin))) throw new GongjoError('not-found');
  const state = isJoin ? 'joined' : 'apart';
  if (!(await decideMatch(tx, clock, a.id, b.id, state, asked.by))) throw new GongjoError('not-found');
  const [main, part] = a.openedAt <= b.openedAt ? [a, b] : [b, a];
  const told = { ...nothingElse, at: instant(clock.now()), who: { en: asked.by, ko: asked.by } };
  if (isJoin) {
    const parts = await partsOf(tx, part.id);
    await makeParts(
      tx,
      clock,
      main.id,
      parts.map(({ id }) => id),
    );
    await tell(tx, main.id, [{ ...told, key: `joined|${part.id}`, kind: 'joined' }]);
  } else {
    await tell(tx, main.id, [{ ...told, key: `apart|${part.id}`, kind: 'kept-apart' }]);
  }
  await recordAudit(tx, clock, {
    actor: asked.by,
    action: isJoin ? 'incident.joined' : 'incident.kept-apart',
    subject: main.id,
    details: { other: part.id },
  });
  return main.id;
}

export function mainOf({ id, mainId }: Pick<StoredIncident, 'id' | 'mainId'>): string {
  return mainId ?? id;
}

function comparableOf(group: readonly StoredIncident[], summaries: ReadonlyMap<string, TraceSummary>): Comparable {
  const times = group.map((it) => summaries.get(it.id)?.occurredAt ?? it.occurredAt ?? it.detectedAt ?? it.openedAt);
  return {
    moved: group.map(({ id, chain, txids, addresses = [], amounts = [] }) => ({
      chain,
      txids,
      addresses,
      amounts: [...amounts, ...(summaries.get(id)?.stolen ?? [])],
    })),
    victim: group.find(({ victim }) => victim !== null)?.victim ?? null,
    at: times.sort()[0] ?? '',
  };
}
