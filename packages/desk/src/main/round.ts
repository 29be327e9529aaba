import type { Alert, ChainId, Topic } from '@gongjo/contract';
import {
  type Arrival,
  arrivals,
  chronicle,
  keepTrace,
  listStoredIncidents,
  nothingElse,
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
} from '../watch/index.ts';

/** A desk that catches up looks at this many blocks at once: their movements are held in memory. */
const blocksPerRoundMax = 200;

export interface RoundContext extends SharingContext {
  readonly records: Records;
  readonly ledger: Ledger;
  readonly directory: Directory;
  readonly partners: (db: Db) => Promise<Party[]>;
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

  const traces = new Map<string, Trace>();
  for (const incident of touched) {
    const trace = await traceIncident(ledger, incident, target);
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
  const { clock, ledger } = context;
  const { chain, target, stands, touched, traces, hits } = step;
  const topics = new Set<Topic>(['status']);
  const waiting = new Set<string>();
  const partners = await context.partners(tx);
  const alerts: Alert[] = [];

  if (!stands) {
    await withdrawAlerts(
      tx,
      clock,
      chain,
      async (height, hash) => (await ledger.blockAt(chain, height))?.hash === hash,
    );
    topics.add('alerts');
  }
  for (const incident of touched) {
    topics.add('incidents');
    if (!stands) {
      await tell(tx, incident.id, [
        {
          ...nothingElse,
          key: `reorganised|${target.hash}`,
          at: instant(clock.now()),
          kind: 'reorganised',
          count: target.height,
        },
      ]);
    }
    const trace = traces.get(incident.id);
    if (!trace) continue;
    await keepTrace(tx, clock, incident.id, trace);
    await retell(tx, incident.id, chronicle(trace, context.directory));
    await watchOnly(tx, chain, incident.id, 'trace', unspentAddresses(trace));
    const raised = await raiseAlerts(tx, clock, await arrivalAlerts(context, incident, trace));
    alerts.push(...raised);
    for (const partner of await share(tx, context, incident, trace, partners, raised)) waiting.add(partner);
  }
  alerts.push(...(await raiseAlerts(tx, clock, await indicatorAlerts(context, touched, traces, hits))));
  await moveCursor(tx, chain, { height: target.height, hash: target.hash });
  if (alerts.length > 0) topics.add('alerts');
  if (waiting.size > 0) topics.add('partners');
  return { topics: [...topics], waiting };
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

async function arrivalAlerts(context: RoundContext, incident: StoredIncident, trace: Trace): Promise<NewAlert[]> {
  const { directory, desk } = context;
  return Promise.all(
    arrivals(trace).map(async ({ hop, stop }: Arrival) => {
      const country = directory.countryOf(stop.tag.actor);
      return {
        ...(await placeOf(context, incident, hop)),
        rule: stop.kind === 'mixer' ? 'mixer-entry' : 'deposit-to-service',
        urgency: country === desk.country ? 'act' : 'know',
        from: hop.from,
        to: hop.to,
        asset: assetOf(trace, hop.asset),
        units: hop.units.toString(),
        service: { label: stop.tag.label, name: directory.nameOf(stop.tag.actor), country },
        ord: hop.ord,
      } satisfies NewAlert;
    }),
  );
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
  return Promise.all(
    moves.map(async ({ incident, movement }) => {
      const of = untraced.get(incident) as StoredIncident;
      return {
        ...(await placeOf(context, of, movement)),
        rule: 'indicator-moved',
        urgency: 'know',
        from: movement.from,
        to: movement.to,
        asset: assets.get(movement.asset) ?? { id: movement.asset, symbol: '?', decimals: 0 },
        units: movement.units.toString(),
        service: null,
        ord: movement.ord,
      } satisfies NewAlert;
    }),
  );
}

async function placeOf(
  { ledger }: RoundContext,
  incident: StoredIncident,
  at: Pick<Movement, 'txid' | 'height' | 'time'>,
) {
  const block = await ledger.blockAt(incident.chain, at.height);
  return {
    incident: { id: incident.id, title: incident.title },
    chain: incident.chain,
    txid: at.txid,
    height: at.height,
    blockTime: at.time,
    blockHash: block?.hash ?? ('' as Block['hash']),
  };
}

function assetOf(trace: Trace, id: Movement['asset']) {
  return trace.assets.find((asset) => asset.id === id) ?? { id, symbol: '?', decimals: 0 };
}
