import type { ChainId, NewIncident, ReportVia, TxId } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { instant, invariant } from '../kernel/index.ts';
import type { Clock, Db, Random } from '../platform/index.ts';
import { addIncident, findByLead, type IncidentFacts, type StoredIncident } from './incident.store.ts';
import { addReport } from './report.store.ts';
import { nothingElse, tell } from './timeline.store.ts';

interface Parts {
  readonly clock: Clock;
  readonly random: Random;
}

/** Who reports, and by which way. */
export interface ReportedBy {
  readonly by: string;
  readonly via: ReportVia;
  /** The reporter's own number. */
  readonly reference?: string;
  /** Of an exercise: contacts that are not marked for exercises are told, too. */
  readonly notifyAll?: boolean;
}

export interface TakenReport {
  readonly report: string;
  /** The main incident that it is about. */
  readonly incident: string;
  readonly outcome: 'opened' | 'joined';
  /** Incidents that it opened, the main one among them where it is new. */
  readonly opened: readonly string[];
}

/**
 * Takes a report in, in the caller's transaction. A report that shares a lead transaction with an incident of this desk is
 * about that incident: two people who report one theft at once work on one record. What it names besides becomes a part of
 * it; what it names on other chains, too. Every report is kept as it came.
 */
export async function takeReport(
  tx: Db,
  parts: Parts,
  asked: NewIncident,
  { by, via, reference, notifyAll }: ReportedBy,
): Promise<TakenReport> {
  const { clock, random } = parts;
  const { parts: others = [], ...first } = asked;
  const moved = [first, ...others];
  const joined = await firstKnown(tx, moved, asked.drill);
  let main = joined && (joined.mainId ?? joined.id);
  const opened: string[] = [];
  for (const part of moved) {
    const txids = await unknownLeads(tx, part.chain, part.txids, asked.drill);
    if (txids.length === 0) continue;
    const id = `incident--${random.uuid()}`;
    const facts = factsOf(asked, { ...part, txids }, via, main, instant(clock.now()));
    await addIncident(tx, clock, id, { ...facts, ...(notifyAll && { notifyAll }) });
    await tell(tx, id, [{ ...nothingElse, key: 'opened', at: instant(clock.now()), kind: 'opened' }]);
    await recordAudit(tx, clock, {
      actor: by,
      action: 'incident.opened',
      subject: id,
      details: { chain: part.chain, transactions: txids.length, via, ...(main ? { main } : {}) },
    });
    opened.push(id);
    main ??= id;
  }
  invariant(main, 'a report names a transaction, which is known or opens an incident');
  const incident = main;
  const outcome = joined ? 'joined' : 'opened';
  const report = `report--${random.uuid()}`;
  await addReport(tx, clock, { id: report, incident, via, by, reference: reference ?? null, outcome, body: asked });
  if (joined) {
    const at = instant(clock.now());
    const who = { en: by, ko: by };
    await tell(tx, incident, [{ ...nothingElse, key: `report|${report}`, at, kind: 'reported-again', who }]);
    const details = { via, opened: opened.length };
    await recordAudit(tx, clock, { actor: by, action: 'incident.reported', subject: incident, details });
  }
  return { report, incident, outcome, opened };
}

/** As `takeReport`, for a person; answers the main incident's identifier. */
export async function openIncident(tx: Db, parts: Parts, asked: NewIncident, by: string): Promise<string> {
  return (await takeReport(tx, parts, asked, { by, via: 'page' })).incident;
}

async function firstKnown(
  tx: Db,
  moved: readonly Pick<NewIncident, 'chain' | 'txids'>[],
  drill: boolean | undefined,
): Promise<StoredIncident | undefined> {
  for (const { chain, txids } of moved) {
    const found = await findByLead(tx, chain, txids, drill);
    if (found) return found;
  }
  return undefined;
}

/** Transactions that no incident of this desk names as its lead, each once. */
async function unknownLeads(
  tx: Db,
  chain: ChainId,
  txids: readonly TxId[],
  drill: boolean | undefined,
): Promise<TxId[]> {
  const left: TxId[] = [];
  for (const txid of new Set(txids)) if (!(await findByLead(tx, chain, [txid], drill))) left.push(txid);
  return left;
}

function factsOf(
  asked: NewIncident,
  { chain, txids, addresses, amounts }: Pick<NewIncident, 'chain' | 'txids' | 'addresses' | 'amounts'>,
  via: ReportVia,
  main: string | undefined,
  now: string,
): IncidentFacts {
  const { kind, title, victim, tlp, occurredAt, detectedAt, reporter, countries, drill } = asked;
  return {
    chain,
    txids,
    kind,
    title,
    victim: victim ?? null,
    tlp: tlp ?? 'amber',
    origin: null,
    reportedAt: now,
    via,
    ...(occurredAt && { occurredAt }),
    ...(detectedAt && { detectedAt }),
    ...(reporter && { reporter }),
    ...(countries && { countries }),
    ...(drill && { drill }),
    ...(addresses && { addresses }),
    ...(amounts && { amounts }),
    ...(main && { mainId: main }),
  };
}
