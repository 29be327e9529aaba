import type { AssetId, ChainId, Tag } from '@gongjo/contract';
import type { StoredIncident } from '../cases/index.ts';
import { familyOf, type Ledger } from '../ledger/index.ts';
import type { Trace } from '../trace/index.ts';
import {
  arrival,
  collection,
  type Finding,
  freezable,
  type Hit,
  type NewAlert,
  peelChain,
  poisoning,
  sanctioned,
  sleeper,
  structuring,
  watched,
} from '../watch/index.ts';
import type { RoundContext } from './round.ts';
import { dealingsBefore, lastSeenBefore } from './round-past.ts';

type Facts = Pick<RoundContext, 'directory' | 'desk'>;
type Assets = ReadonlyMap<AssetId, NewAlert['asset']>;

/** All that the rules say of an incident's trace; the same trace says the same. */
export function traceAlerts(facts: Facts, incident: StoredIncident, trace: Trace): NewAlert[] {
  const assets = new Map(trace.assets.map((asset) => [asset.id, asset]));
  return [
    ...arrival(trace),
    ...freezable(trace, facts.directory),
    ...peelChain(trace),
    ...structuring(trace),
    ...collection(trace),
  ].map((finding) => alertOf(facts, finding, incident.chain, incident, assets));
}

/** What the rules say of movements at watched addresses, trace or no trace. */
export async function blockAlerts(
  context: Facts & Pick<RoundContext, 'ledger'>,
  chain: ChainId,
  incidents: readonly StoredIncident[],
  traces: ReadonlyMap<string, Trace>,
  hits: readonly Hit[],
): Promise<NewAlert[]> {
  if (hits.length === 0) return [];
  const { ledger } = context;
  const [lastBefore, dealtWith, tags] = await Promise.all([
    lastSeenBefore(ledger, chain, hits),
    dealingsBefore(ledger, chain, hits),
    tagsOfOthers(ledger, chain, hits),
  ]);
  const findings = [
    ...indicatorMoves(incidents, traces, hits),
    ...watched(hits),
    ...sleeper(hits, lastBefore),
    ...poisoning(hits, dealtWith),
    ...sanctioned(hits, tags),
  ];
  const assets = await ledger.assets([...new Set(findings.map(({ at }) => at.asset))]);
  const byId = new Map(incidents.map((incident) => [incident.id, incident]));
  return findings.map((finding) => alertOf(context, finding, chain, byId.get(finding.incident ?? '') ?? null, assets));
}

/** A partner's indicator moved money, and this desk's own ledger cannot follow the incident itself. */
function indicatorMoves(
  incidents: readonly StoredIncident[],
  traces: ReadonlyMap<string, Trace>,
  hits: readonly Hit[],
): Finding[] {
  const untraced = new Set(incidents.filter(({ id, traced }) => !traced && !traces.has(id)).map(({ id }) => id));
  return hits.flatMap(({ incident, source, address, movement }) =>
    source === 'indicator' &&
    incident !== null &&
    untraced.has(incident) &&
    movement.from === address &&
    movement.units > 0n
      ? [{ rule: 'indicator-moved', at: movement, incident }]
      : [],
  );
}

/** Tags of whom watched addresses deal with; on chains of outputs, the other end of a movement is not told. */
async function tagsOfOthers(
  ledger: Pick<Ledger, 'tags'>,
  chain: ChainId,
  hits: readonly Hit[],
): Promise<Map<NonNullable<Hit['movement']['from']>, Tag[]>> {
  if (familyOf(chain) !== 'account') return new Map();
  const others = new Set(hits.flatMap(({ movement: { from, to }, address }) => (from === address ? to : from) ?? []));
  return ledger.tags(chain, [...others]);
}

function alertOf(
  facts: Facts,
  finding: Finding,
  chain: ChainId,
  incident: StoredIncident | null,
  assets: Assets,
): NewAlert {
  const { rule, at, subject, count, since, watch } = finding;
  const { txid, ord, height, time, from, to, units } = at;
  return {
    ...{ rule, chain, txid, ord, height, blockTime: time, from, to, units: units.toString() },
    incident: incident && { id: incident.id, title: incident.title },
    urgency: urgencyOf(facts, finding, incident),
    asset: assets.get(at.asset) ?? { id: at.asset, symbol: '?', decimals: 0 },
    service: serviceOf(facts, finding),
    ...(subject === undefined ? {} : { subject }),
    ...(count === undefined ? {} : { count }),
    ...(since === undefined ? {} : { since }),
    ...(watch === undefined ? {} : { watch: { id: watch.id, name: watch.name, reason: watch.reason } }),
  };
}

function serviceOf({ directory }: Facts, { tag, holder }: Finding): NewAlert['service'] {
  if (tag) return { label: tag.label, name: directory.nameOf(tag.actor), country: directory.countryOf(tag.actor) };
  if (!holder) return null;
  const [country, ...others] = holder.countries;
  return { label: holder.label, name: holder.name, country: others.length === 0 ? (country ?? null) : null };
}

/**
 * To act on: what concerns a place in this desk's country, what this desk's own incident can have frozen, and what somebody
 * here ordered to be watched. All else is to know.
 */
function urgencyOf({ directory, desk }: Facts, finding: Finding, incident: StoredIncident | null): NewAlert['urgency'] {
  const { rule, tag, holder, watch } = finding;
  const isHere = tag ? directory.countryOf(tag.actor) === desk.country : holder?.countries.includes(desk.country);
  const isOurs = rule === 'freezable-now' && incident?.origin === null;
  return isHere || isOurs || (watch !== undefined && rule !== 'address-poisoning') ? 'act' : 'know';
}
