import type {
  AlertRule,
  AssetId,
  ChainId,
  DrillDeposit,
  DrillRule,
  DrillScore,
  IncidentMeasures,
  Instant,
  Text,
  TxId,
} from '@gongjo/contract';
import { median, type Warning } from '../cases/index.ts';
import { secondsBetween } from './events.ts';
import type { Book } from './heist/model.ts';

/** An alert on a chain of the exercise. */
export interface RaisedAlert {
  readonly rule: AlertRule;
  readonly chain: ChainId;
  readonly txid: TxId;
  readonly raisedAt: Instant;
}

/** What the desk has recorded, and the book that it is held against. */
export interface ScoreFacts {
  readonly at: Instant;
  readonly complete: boolean;
  readonly country: string;
  /** Countries of whose desks this one knows what they were warned of: its own, and those that it released to. */
  readonly known: ReadonlySet<string>;
  readonly book: Book;
  /** The book is the generator's, which knows the truth. */
  readonly isGenerated: boolean;
  /** Rules that speak of what only the desk that leads was told. */
  readonly leftOut: ReadonlySet<AlertRule>;
  /** The time of a block; undefined where it has not been played yet. */
  readonly timeOf: (chain: ChainId, height: number) => Instant | undefined;
  readonly serviceName: (service: string) => Text;
  /** Alerts that stood at some time, also those that were withdrawn because value moved on. */
  readonly alerts: readonly RaisedAlert[];
  /** A desk of a country had an indicator for an address since then. */
  readonly warnings: readonly Warning[];
  readonly measures: IncidentMeasures | null;
}

/**
 * How an exercise went, by the same measures as what happens. *Warned*: a desk of the service's country had an indicator for
 * the address that paid or was paid, or, of this desk's country, its alert; what has not been played yet is not counted.
 */
export function scoreOf(facts: ScoreFacts): DrillScore {
  const { at, complete, country, book, measures } = facts;
  const raised = new Map<string, Instant>();
  for (const alert of facts.alerts) {
    const key = `${alert.rule} ${alert.chain} ${alert.txid}`;
    const before = raised.get(key);
    if (before === undefined || alert.raisedAt < before) raised.set(key, alert.raisedAt);
  }
  const warnedOf = Map.groupBy(facts.warnings, (it) => `${it.country} ${it.chain} ${it.address}`);
  const deposits = book.deposits.flatMap((deposit): DrillDeposit[] => {
    const { chain, txid, from, address, service, asset, units } = deposit;
    const depositedAt = facts.timeOf(chain, deposit.height);
    if (depositedAt === undefined) return [];
    const alertedAt = raised.get(`deposit-to-service ${chain} ${txid}`) ?? null;
    const times = [...from, address].flatMap((it) =>
      (warnedOf.get(`${deposit.country} ${chain} ${it}`) ?? []).map((warning) => warning.at),
    );
    if (deposit.country === country && alertedAt !== null) times.push(alertedAt);
    const [warnedAt = null] = times.sort();
    return [
      {
        ...{ chain, txid, address, asset, depositedAt, warnedAt, alertedAt },
        ...{ service: facts.serviceName(service), country: deposit.country, units: units.toString() },
        leadSeconds: warnedAt === null ? null : secondsBetween(warnedAt, depositedAt),
      },
    ];
  });
  const leads = deposits.flatMap(({ leadSeconds }) => leadSeconds ?? []).sort((a, b) => a - b);
  const here = deposits.filter((it) => it.country === country);
  const rules = rulesOf(facts, raised);
  return {
    ...{ at, complete, deposits, rules, measures, book: facts.isGenerated ? 'generated' : 'own-trace' },
    addresses: [...book.laundering.values()].reduce((all, { size }) => all + size, 0),
    warned: deposits.filter(({ warnedAt }) => warnedAt !== null).length,
    warnedBefore: leads.filter((lead) => lead >= 0).length,
    missed: deposits.filter((it) => it.warnedAt === null && facts.known.has(it.country)).length,
    unknown: deposits.filter((it) => it.warnedAt === null && !facts.known.has(it.country)).length,
    here: { deposits: here.length, alerted: here.filter(({ alertedAt }) => alertedAt !== null).length },
    medianLeadSeconds: median(leads),
    shortestLeadSeconds: leads[0] ?? null,
    longestLeadSeconds: leads.at(-1) ?? null,
    falseAlarms: rules.reduce((all, it) => all + it.falseAlarms, 0),
    freezableWhenWarned: freezableOf(facts, raised),
  };
}

function rulesOf(
  { book, isGenerated, alerts, leftOut }: ScoreFacts,
  raised: ReadonlyMap<string, Instant>,
): DrillRule[] {
  const acts = Map.groupBy(
    book.acts.filter(({ rule }) => !leftOut.has(rule)),
    ({ rule }) => rule,
  );
  const said = Map.groupBy(alerts, ({ rule }) => rule);
  return [...new Set([...acts.keys(), ...said.keys()])].sort().map((rule) => {
    const expected = acts.get(rule) ?? [];
    const own = said.get(rule) ?? [];
    return {
      rule,
      expected: expected.length,
      found: expected.filter(({ chain, txids }) => txids.some((txid) => raised.has(`${rule} ${chain} ${txid}`))).length,
      alerts: own.length,
      falseAlarms: isGenerated ? own.filter(({ chain, txid }) => !book.thiefs.get(chain)?.has(txid)).length : 0,
    };
  });
}

/** By asset: what came to stay at a service, or in a token that its issuer can freeze, and the desk's alert said so. */
function freezableOf({ book }: ScoreFacts, raised: ReadonlyMap<string, Instant>): DrillScore['freezableWhenWarned'] {
  const all = new Map<AssetId, bigint>();
  for (const { asset, units } of book.ends) all.set(asset, (all.get(asset) ?? 0n) + units);
  const stood = new Map<AssetId, bigint>();
  for (const { rule, chain, txid, asset, units } of book.freezable)
    if (raised.has(`${rule} ${chain} ${txid}`)) stood.set(asset, (stood.get(asset) ?? 0n) + units);
  return [...all].sort().map(([asset, of]) => {
    const units = stood.get(asset) ?? 0n;
    return {
      asset,
      units: units.toString(),
      of: of.toString(),
      ppm: of === 0n ? 0 : Number((units * 1_000_000n) / of),
    };
  });
}
