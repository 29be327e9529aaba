import type { Address, Alert, ChainId, Topic } from '@gongjo/contract';
import {
  chronicle,
  dropTrace,
  keepTrace,
  type LiveTraces,
  listStoredIncidents,
  noteLooked,
  nothingElse,
  type Retold,
  retell,
  type StoredIncident,
  tell,
} from '../cases/index.ts';
import type { Directory } from '../directory/index.ts';
import { GongjoError, instant } from '../kernel/index.ts';
import {
  type Block,
  happenedBetween,
  type Ledger,
  nothingHappened,
  type Touch,
  transactionsHeld,
} from '../ledger/index.ts';
import type { Db, Records } from '../platform/index.ts';
import { type Party, type SharingContext, undecidedIncidents } from '../sharing/index.ts';
import { type Trace, unspentAddresses } from '../trace/index.ts';
import {
  type Hit,
  isAnythingOrdered,
  isAnythingWatched,
  moveCursor,
  raiseAlerts,
  readCursor,
  type Screening,
  watchOnly,
  withdrawAlerts,
  withdrawGone,
  withdrawMovedOn,
} from '../watch/index.ts';
import { blockAlerts, traceAlerts } from './round-alerts.ts';
import { type Prepared, prepare, share, type Told } from './round-share.ts';
import { branchedAt, spanOf } from './round-span.ts';

export interface RoundContext extends SharingContext {
  readonly records: Records;
  readonly ledger: Ledger;
  readonly directory: Directory;
  readonly partners: (db: Db) => Promise<Party[]>;
  readonly traces: LiveTraces;
  readonly screening: Screening;
  /** What the records say of each incident since its trace was last written, so that only what changed is written. */
  readonly written: Map<string, Written>;
  /** What partners were told of each incident the last time. */
  readonly told: Map<string, Told>;
}

export interface Written {
  readonly retold: Retold;
  readonly watched: ReadonlySet<Address>;
}

export interface RoundResult {
  readonly state: 'more' | 'idle';
  readonly topics: readonly Topic[];
  /** Partners for whom something now waits. */
  readonly waiting: ReadonlySet<string>;
}

const nothingToDo: RoundResult = { state: 'idle', topics: [], waiting: new Set() };

/**
 * One step of a desk along a chain: looks at the blocks that came since the last step, follows what they moved, and records
 * alerts, timeline, release decisions, outgoing bundles and the new place – in one transaction, so that a crash at any
 * moment repeats the step or has finished it. A reorganisation makes every trace of the chain again. All of the ledger is
 * read before the transaction begins, which others wait for.
 */
export async function runRound(context: RoundContext, chain: ChainId): Promise<RoundResult> {
  const { records, ledger } = context;
  const coverage = await ledger.coverage(chain);
  if (!coverage) return nothingToDo;
  const cursor = await readCursor(records, chain);
  const stands = cursor === null || (await ledger.blockAt(chain, cursor.height))?.hash === cursor.hash;
  const incidents = (await listStoredIncidents(records, chain)).filter(({ recalledAt }) => recalledAt === null);
  const ordered = await isAnythingOrdered(records, context.clock, chain);
  const isWatching = incidents.length > 0 || ordered || (await isAnythingWatched(records, chain));

  const first = cursor === null ? coverage.from : stands ? cursor.height + 1 : await branchedAt(context, coverage);
  // With nothing to look for one look at the tip is enough; after a reorganisation all of the new branch is looked at.
  const { last, screened } = !stands
    ? { last: coverage.tip.height, screened: isWatching }
    : isWatching
      ? await spanOf(ledger, chain, first, coverage.tip.height, ordered || hasIndicators(incidents))
      : { last: coverage.tip.height, screened: false };
  const target = last === coverage.tip.height ? coverage.tip : await ledger.blockAt(chain, last);
  if (!target) return nothingToDo;
  const happened = screened && first <= last ? await happenedBetween(ledger, chain, first, last) : nothingHappened;
  const movements = happened.touches;
  const hits = await context.screening.screen(records, chain, movements);
  const partners = await context.partners(records);
  // What was not screened may have moved anything.
  const due =
    stands && (screened || !isWatching)
      ? dueOf(incidents, hits, movements, await owed(context, incidents, partners))
      : incidents;
  if (stands && first > last && due.length === 0) return nothingToDo;

  if (!stands) context.traces.forget(chain);
  else if (screened) context.traces.hear(chain, first, target, happened);
  const traces = new Map<string, Trace>();
  const shares = new Map<string, Prepared>();
  for (const incident of due) {
    const trace = await followed(context, incident, target);
    if (!trace) continue;
    traces.set(incident.id, trace);
    shares.set(incident.id, await prepare(context, incident, trace, partners));
  }
  const step: Step = {
    chain,
    target,
    stands,
    due,
    traces,
    shares,
    moved: await blockAlerts(context, chain, incidents, traces, hits),
    written: new Map(),
  };
  // The ledger may have left that branch while it was read; then nothing of what was read is said.
  if ((await ledger.blockAt(chain, target.height))?.hash !== target.hash) return { ...nothingToDo, state: 'more' };
  // Until the commit is known, nobody knows what the records say.
  const written = due.map(({ id }) => [id, context.written.get(id)] as const);
  for (const [incident] of written) context.written.delete(incident);
  const result = await records.transaction((tx) => record(tx, context, step, new Map(written)));
  for (const [incident, { told }] of shares) if (told) context.told.set(incident, told);
  for (const [incident, written] of step.written) context.written.set(incident, written);
  return { ...result, state: last < coverage.tip.height ? 'more' : 'idle' };
}

/** Whether a partner's indicator may move, which no trace says. */
function hasIndicators(incidents: readonly StoredIncident[]): boolean {
  return incidents.some(({ origin, traced }) => origin !== null && !traced);
}

/** Incidents of ours that a partner has not been told, because it is new or what its decisions rest on has changed. */
function owed(context: RoundContext, incidents: readonly StoredIncident[], partners: readonly Party[]) {
  const ours = incidents.filter(({ origin, traced }) => traced && !origin);
  return undecidedIncidents(
    context.records,
    context,
    ours.map(({ id }) => id),
    partners,
  );
}

/** Incidents whose money may have moved, those whose lead may now be in the ledger, and those that are owed to a partner. */
function dueOf(
  incidents: readonly StoredIncident[],
  hits: readonly Hit[],
  movements: readonly Touch[],
  owed: ReadonlySet<string>,
): StoredIncident[] {
  const moved = new Set<string | null>(hits.filter(({ source }) => source === 'trace').map(({ incident }) => incident));
  const here = new Set(movements.map(({ txid }) => txid));
  return incidents.filter(({ id, looked, traced, txids }) =>
    traced ? moved.has(id) || owed.has(id) : !looked || txids.some((txid) => here.has(txid)),
  );
}

/** Null while there is nothing to follow. */
async function followed(
  { ledger, traces }: RoundContext,
  incident: StoredIncident,
  asOf: Block,
): Promise<Trace | null> {
  try {
    return await traces.follow(ledger, incident.id, incident, asOf);
  } catch (thrown) {
    // Whoever reports such a lead here is told; a partner's must not hold up the incidents of others.
    if (thrown instanceof GongjoError && thrown.code === 'lead-moves-nothing') return null;
    throw thrown;
  }
}

interface Step {
  readonly chain: ChainId;
  readonly target: Block;
  readonly stands: boolean;
  readonly due: readonly StoredIncident[];
  readonly traces: ReadonlyMap<string, Trace>;
  readonly shares: ReadonlyMap<string, Prepared>;
  readonly moved: readonly Parameters<typeof raiseAlerts>[2][number][];
  /** What the records say now; true once the transaction is committed. */
  readonly written: Map<string, Written>;
}

async function record(
  tx: Db,
  context: RoundContext,
  step: Step,
  before: ReadonlyMap<string, Written | undefined>,
): Promise<Omit<RoundResult, 'state'>> {
  const { chain, target, stands, due, traces, shares } = step;
  const topics = new Set<Topic>(['status']);
  const waiting = new Set<string>();
  const partners = await context.partners(tx);
  const alerts: Alert[] = [];
  for (const incident of due) {
    topics.add('incidents');
    if (!stands) await noteReorganisation(tx, context, incident, target);
    const trace = traces.get(incident.id);
    const prepared = shares.get(incident.id);
    if (trace && prepared) {
      const raised = await follow(tx, context, incident, trace, step, before.get(incident.id));
      alerts.push(...raised);
      for (const partner of await share(tx, context, incident, prepared, partners, raised)) waiting.add(partner);
    } else if (!stands) await unfollow(tx, context, incident, step);
  }
  await noteLooked(
    tx,
    due.map(({ id }) => id),
  );
  alerts.push(...(await raiseAlerts(tx, context.clock, step.moved)));
  if (!stands)
    await withdrawGone(tx, context.clock, chain, (txids) =>
      transactionsHeld(context.ledger, chain, txids, target.height),
    );
  await moveCursor(tx, chain, { height: target.height, hash: target.hash });
  if (alerts.length > 0 || !stands) topics.add('alerts');
  if (waiting.size > 0) topics.add('partners');
  return { topics: [...topics], waiting };
}

/** Keeps the grown trace with all that follows from it. Answers the alerts that are new. */
async function follow(
  tx: Db,
  context: RoundContext,
  incident: StoredIncident,
  trace: Trace,
  { stands, written }: Step,
  before: Written | undefined,
): Promise<Alert[]> {
  const { clock, directory } = context;
  const unspent = unspentAddresses(trace);
  await keepTrace(tx, clock, incident.id, trace);
  const retold = await retell(tx, incident.id, chronicle(trace, directory), before?.retold);
  await watchOnly(tx, incident.chain, incident.id, 'trace', unspent, before?.watched);
  written.set(incident.id, { retold, watched: new Set(unspent) });
  const found = traceAlerts(context, incident, trace);
  if (!stands) await withdrawAlerts(tx, clock, incident.id, found);
  else await withdrawMovedOn(tx, clock, incident.id, found);
  return raiseAlerts(tx, clock, found);
}

/** A reorganisation took the lead itself: nothing that was said of this money stands. */
async function unfollow(tx: Db, { clock }: RoundContext, incident: StoredIncident, { written }: Step): Promise<void> {
  await dropTrace(tx, clock, incident.id);
  await retell(tx, incident.id, []);
  await watchOnly(tx, incident.chain, incident.id, 'trace', []);
  written.set(incident.id, { retold: new Map(), watched: new Set() });
  await withdrawAlerts(tx, clock, incident.id, []);
}

async function noteReorganisation(
  tx: Db,
  { clock }: RoundContext,
  incident: StoredIncident,
  target: Block,
): Promise<void> {
  const key = `reorganised|${target.hash}`;
  await tell(tx, incident.id, [
    { ...nothingElse, key, at: instant(clock.now()), kind: 'reorganised', count: target.height },
  ]);
}
