import type { Address, ChainId, Drill, DrillScore } from '@gongjo/contract';
import { listStoredIncidents, measureIncidents } from '../cases/index.ts';
import { GongjoError, instant } from '../kernel/index.ts';
import type { Clock, Db } from '../platform/index.ts';
import { alertsOf, alertsOnChains } from '../watch/index.ts';
import { chainsOf } from './code.ts';
import type { DrillContext } from './context.ts';
import type { StoredDrill } from './drill.store.ts';
import type { Book, BookDeposit } from './heist/model.ts';
import type { Heists } from './heists.ts';
import { noBook } from './recording/replay.ts';
import { scoreOf } from './score.ts';

/** What nobody told a desk that only takes part. */
const leadsOwn = new Set(['sleeper-wakes', 'watched-moved'] as const);

export function stateOf({ endedAt, plan, done, events }: StoredDrill, clock: Clock): Drill['state'] {
  if (endedAt !== null) return 'ended';
  if (done >= events) return 'played';
  return done === 0 && plan.startMs > clock.now() ? 'waiting' : 'running';
}

/** An exercise as it is shown; of one that goes on, with the score so far where it is asked for. */
export async function shownDrill(
  context: DrillContext,
  heists: Heists,
  drill: StoredDrill,
  { scored }: { readonly scored: boolean },
): Promise<Drill> {
  const { plan, role, title, notify, startedAt, startedBy, endedAt, events, done } = drill;
  const isOver = endedAt !== null;
  return {
    ...{ id: plan.id, code: plan.code, role, title, notify, startedAt, startedBy, endedAt, events, done },
    ...{ state: stateOf(drill, context.clock), seed: plan.recording ? null : plan.seed, pace: plan.pace },
    ...{ blocks: plan.recording?.folder ?? null },
    chains: chainsOf(plan),
    incidents: isOver ? [...drill.incidents] : await incidentsOf(context.records, chainsOf(plan)),
    score: isOver ? drill.score : scored ? await scoreNow(context, heists, drill) : null,
  };
}

/** The incidents on the chains of an exercise, the main one first. */
export async function incidentsOf(db: Db, chains: readonly ChainId[]): Promise<string[]> {
  const all = (await Promise.all(chains.map((chain) => listStoredIncidents(db, chain)))).flat();
  const isMain = ({ mainId }: { mainId?: string | undefined }) => (mainId === undefined ? 0 : 1);
  return all.sort((a, b) => isMain(a) - isMain(b) || (a.openedAt < b.openedAt ? -1 : 1)).map(({ id }) => id);
}

export async function scoreNow(context: DrillContext, heists: Heists, drill: StoredDrill): Promise<DrillScore> {
  const { records, ledger, clock, measures, sharing } = context;
  const { heist, events } = await heists.of(drill.plan);
  const chains = chainsOf(drill.plan);
  const incidents = await incidentsOf(records, chains);
  const times = new Map<string, string>();
  for (const chain of chains) {
    const tip = (await ledger.coverage(chain))?.tip.height ?? -1;
    for (let height = 0; height <= tip; height += 1) {
      const block = await ledger.blockAt(chain, height);
      if (block) times.set(`${chain} ${height}`, block.time);
    }
  }
  const [main] = incidents;
  const { country } = sharing.desk;
  const partners = drill.role === 'lead' ? await context.partners(records) : [];
  const warnings = await measures.warnings(records, incidents);
  return scoreOf({
    at: instant(clock.now()),
    complete: drill.done >= events.length,
    country,
    known: new Set([country, ...partners.flatMap((partner) => partner.country ?? [])]),
    book: drill.plan.recording ? await bookOfTrace(records, incidents) : heist.book,
    isGenerated: drill.plan.recording === null,
    leftOut: drill.role === 'lead' ? new Set() : leadsOwn,
    timeOf: (chain, height) => times.get(`${chain} ${height}`),
    serviceName: (service) => measures.directory.nameOf(service) ?? { en: service, ko: service },
    alerts: await alertsOnChains(records, chains),
    warnings,
    measures: main === undefined ? null : await measuresOf(context, main),
  });
}

async function measuresOf({ records, measures }: DrillContext, main: string) {
  try {
    const [found] = await measureIncidents(records, measures, main);
    return found ?? null;
  } catch (thrown) {
    // A partner that has told of a part has not told of the main incident yet.
    if (thrown instanceof GongjoError && thrown.code === 'not-found') return null;
    throw thrown;
  }
}

/** Of a recorded incident the truth is not known: what the desk's alerts say of its trace is taken for it. */
async function bookOfTrace(db: Db, incidents: readonly string[]): Promise<Book> {
  const deposits = (await alertsOf(db, incidents, 'deposit-to-service')).map((alert): BookDeposit => {
    const { chain, txid, height, from, to, asset, units, service } = alert;
    const country = service?.country ?? '';
    return {
      ...{ chain, txid, height, from: from === null ? [] : [from], address: to ?? ('' as Address) },
      ...{ service: service?.label ?? '', country, asset: asset.id, units: BigInt(units) },
    };
  });
  return { ...noBook, deposits };
}
