import type { Alert, ChainId, Topic } from '@gongjo/contract';
import {
  type Arrival,
  arrivals,
  chronicle,
  dropTrace,
  keepTrace,
  listStoredIncidents,
  noQuestions,
  nothingElse,
  type Questions,
  retell,
  type StoredIncident,
  tell,
  traceIncident,
} from '../cases/index.ts';
import type { Directory } from '../directory/index.ts';
import { instant } from '../kernel/index.ts';
import type { Block, Ledger, Movement } from '../ledger/index.ts';
import type { Db, Records } from '../platform/index.ts';
import { incidentObjects, type Party, release, type SharingContext, sightingOf } from '../sharing/index.ts';
import { type Trace, unspentAddresses } from '../trace/index.ts';
import {
  type Hit,
  isAnythingWatched,
  moveCursor,
  type NewAlert,
  raiseAlerts,
  readCursor,
  screen,
  watchOnly,
  withdrawAlerts,
  withdrawIndicatorAlerts,
} from '../watch/index.ts';

/** A desk that catches up looks at this many blocks at once: their movements are held in memory. */
const blocksPerRoundMax = 200;

export interface RoundContext extends SharingContext {
  readonly records: Records;
  readonly ledger: Ledger;
  readonly directory: Directory;
  readonly partners: (db: Db) => Promise<Party[]>;
  /** What each incident's trace asked the ledger the last time. */
  readonly questions: Map<string, Questions>;
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
 * moment repeats the step or has finished it. A reorganisation makes every trace of the chain again.
 */
export async function runRound(context: RoundContext, chain: ChainId): Promise<RoundResult> {
  const { records, ledger } = context;
  const coverage = await ledger.coverage(chain);
  if (!coverage) return nothingToDo;
  const cursor = await readCursor(records, chain);
  const stands = cursor === null || (await ledger.blockAt(chain, cursor.height))?.hash === cursor.hash;
  const incidents = await listStoredIncidents(records, chain);
  const isWatching = incidents.length > 0 || (await isAnythingWatched(records, chain));

  const first = cursor && stands ? cursor.height + 1 : coverage.from;
  // With nothing to look for, or after a reorganisation, one look at the tip is enough.
  const last =
    isWatching && stands ? Math.min(coverage.tip.height, first + blocksPerRoundMax - 1) : coverage.tip.height;
  const target = last === coverage.tip.height ? coverage.tip : await ledger.blockAt(chain, last);
  if (!target) return nothingToDo;
  const movements = isWatching && stands && first <= last ? await ledger.movementsBetween(chain, first, last) : [];
  const hits = await screen(records, chain, movements);
  const touched = stands ? touchedBy(incidents, hits, movements) : incidents;
  if (stands && first > last && touched.length === 0) return nothingToDo;

  if (!stands) context.questions.clear();
  const traces = new Map<string, Trace>();
  for (const incident of touched) {
    const remembered = context.questions.get(incident.id) ?? noQuestions();
    context.questions.set(incident.id, remembered);
    const trace = await traceIncident(ledger, incident, target, remembered);
    if (trace) traces.set(incident.id, trace);
  }
  const result = await records.transaction((tx) =>
    record(tx, context, { chain, target, first, stands, touched, traces, hits }),
  );
  return { ...result, state: last < coverage.tip.height ? 'more' : 'idle' };
}

/** Incidents whose money may have moved, and those that have no trace yet and whose lead may now be in the ledger. */
function touchedBy(
  incidents: readonly StoredIncident[],
  hits: readonly Hit[],
  movements: readonly Movement[],
): StoredIncident[] {
  const moved = new Set(hits.map(({ incident }) => incident));
  const here = new Set(movements.map(({ txid }) => txid));
  return incidents.filter(({ id, traced, openedAt, updatedAt, txids }) =>
    traced ? moved.has(id) : openedAt === updatedAt || txids.some((txid) => here.has(txid)),
  );
}

interface Step {
  readonly chain: ChainId;
  readonly target: Block;
  readonly first: number;
  readonly stands: boolean;
  readonly touched: readonly StoredIncident[];
  readonly traces: ReadonlyMap<string, Trace>;
  readonly hits: readonly Hit[];
}

async function record(tx: Db, context: RoundContext, step: Step): Promise<Omit<RoundResult, 'state'>> {
  const { chain, target, stands, touched, traces, hits } = step;
  const topics = new Set<Topic>(['status']);
  const waiting = new Set<string>();
  const partners = await context.partners(tx);
  const alerts: Alert[] = [];
  for (const incident of touched) {
    topics.add('incidents');
    if (!stands) await noteReorganisation(tx, context, incident, target);
    const trace = traces.get(incident.id);
    if (!trace && !stands) await unfollow(tx, context, incident);
    if (!trace) continue;
    const raised = await follow(tx, context, incident, trace, stands);
    alerts.push(...raised);
    for (const partner of await share(tx, context, incident, trace, partners, raised)) waiting.add(partner);
  }
  alerts.push(...(await raiseAlerts(tx, context.clock, await indicatorAlerts(context, touched, traces, hits))));
  if (!stands)
    await withdrawIndicatorAlerts(
      tx,
      context.clock,
      chain,
      async (txids) => new Set((await context.ledger.transactions(chain, txids, target.height)).keys()),
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
  stands: boolean,
): Promise<Alert[]> {
  const { clock, directory } = context;
  await keepTrace(tx, clock, incident.id, trace);
  await retell(tx, incident.id, chronicle(trace, directory));
  await watchOnly(tx, incident.chain, incident.id, 'trace', unspentAddresses(trace));
  const found = arrivalAlerts(context, incident, trace);
  if (!stands) await withdrawAlerts(tx, clock, incident.id, found);
  return raiseAlerts(tx, clock, found);
}

/** A reorganisation took the lead itself: nothing that was said of this money stands. */
async function unfollow(tx: Db, { clock }: RoundContext, incident: StoredIncident): Promise<void> {
  await dropTrace(tx, clock, incident.id);
  await retell(tx, incident.id, []);
  await watchOnly(tx, incident.chain, incident.id, 'trace', []);
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

/** Our own incident goes to every partner as policy allows; of a partner's incident we tell that partner what we saw. */
async function share(
  tx: Db,
  context: RoundContext,
  incident: StoredIncident,
  trace: Trace,
  partners: readonly Party[],
  raised: readonly Alert[],
): Promise<Set<string>> {
  const { ledger, desk } = context;
  if (!incident.origin) {
    const addresses = new Set(trace.hops.flatMap(({ from, to }) => (to ? [from, to] : [from])));
    const services = await ledger.tags(incident.chain, [...addresses]);
    return release(tx, context, {
      incident: incident.id,
      objects: incidentObjects(desk, incident, trace, services),
      to: partners,
      purpose: 'investigation',
    });
  }
  const to = partners.filter((partner) => partner.desk === incident.origin?.desk);
  const objects = (await Promise.all(raised.map((alert) => sightingOf(tx, desk, incident, alert)))).flat();
  return objects.length === 0
    ? new Set()
    : release(tx, context, { incident: incident.id, objects, to, purpose: 'warning' });
}

function arrivalAlerts({ directory, desk }: RoundContext, incident: StoredIncident, trace: Trace): NewAlert[] {
  return arrivals(trace).map(({ hop, stop }: Arrival) => {
    const country = directory.countryOf(stop.tag.actor);
    return {
      ...placeOf(incident, hop),
      rule: stop.kind === 'mixer' ? 'mixer-entry' : 'deposit-to-service',
      urgency: country === desk.country ? 'act' : 'know',
      asset: assetOf(trace, hop.asset),
      service: { label: stop.tag.label, name: directory.nameOf(stop.tag.actor), country },
    };
  });
}

/** A partner's indicator moved money, and this desk's own ledger cannot follow the incident itself. */
async function indicatorAlerts(
  context: RoundContext,
  touched: readonly StoredIncident[],
  traces: ReadonlyMap<string, Trace>,
  hits: readonly Hit[],
): Promise<NewAlert[]> {
  const untraced = new Map(
    touched.filter(({ id, traced }) => !traced && !traces.has(id)).map((incident) => [incident.id, incident]),
  );
  const moves = hits.filter(
    ({ incident, source, address, movement }) =>
      untraced.has(incident) && source === 'indicator' && movement.from === address && movement.units > 0n,
  );
  const assets = await context.ledger.assets([...new Set(moves.map(({ movement }) => movement.asset))]);
  return moves.flatMap(({ incident, movement }) => {
    const of = untraced.get(incident);
    if (!of) return [];
    const asset = assets.get(movement.asset) ?? { id: movement.asset, symbol: '?', decimals: 0 };
    return [{ ...placeOf(of, movement), rule: 'indicator-moved', urgency: 'know', asset, service: null }];
  });
}

/** What every alert says about the movement that it is about. */
function placeOf(
  { id, title, chain }: StoredIncident,
  at: Pick<Movement, 'txid' | 'ord' | 'height' | 'time' | 'from' | 'to' | 'units'>,
) {
  const { txid, ord, height, time, from, to, units } = at;
  return { incident: { id, title }, chain, txid, ord, height, blockTime: time, from, to, units: units.toString() };
}

function assetOf(trace: Trace, id: Movement['asset']) {
  return trace.assets.find((asset) => asset.id === id) ?? { id, symbol: '?', decimals: 0 };
}
