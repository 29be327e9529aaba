import {
  type Address,
  type Alert,
  type Asset,
  type AssetId,
  type ChainId,
  type DeskCard,
  fill,
  type HoldAddressee,
  type HoldFacts,
  type HoldTransaction,
  holdAmountsMax,
  holdTerms,
  holdTransactionsMax,
  type Issuer,
  type NewHold,
  type Tag,
  type Text,
  type Trace,
  type Vasp,
} from '@gongjo/contract';
import { type Directory, vaspOf } from '../../directory/index.ts';
import { amountText, GongjoError } from '../../kernel/index.ts';
import type { HoldSettings } from '../../platform/index.ts';
import type { StoredIncident } from '../incident.store.ts';

/** Arrivals that the facts name one by one; the annex has every transaction. */
const arrivalsToldMax = 10;

/** Value that nobody has any more. */
const gone: ReadonlySet<string> = new Set(['fee', 'burned']);

/** What is known of the value when a request is drafted. */
export interface KnownValue {
  readonly incident: Pick<StoredIncident, 'chain' | 'title' | 'occurredAt' | 'openedAt' | 'reportedAt'>;
  readonly trace: Trace | null;
  readonly alert: Alert | null;
  readonly address: Address;
  /** Of the address. */
  readonly tags: readonly Tag[];
}

/** Where an alert says that value stands. */
export function placeOf({ subject, to, from }: Alert): Address | null {
  return subject ?? to ?? from;
}

/**
 * A request as it can be drafted in one step: from the trace what stands where, by which transactions, and the address one hop
 * before; from the directory who is asked, as what, and for how long it holds. Throws `hold-value-unknown` and
 * `hold-addressee-unknown`.
 */
export function fillHold(
  known: KnownValue,
  directory: Directory,
  desk: Pick<DeskCard, 'name'>,
  asked: NewHold,
  defaults: HoldSettings,
): { readonly addressee: HoldAddressee; readonly facts: HoldFacts } {
  const { incident, address } = known;
  const addressee = addresseeOf(known, directory, asked);
  const value = valueAt(known, directory, addressee);
  const amounts = value.amounts.slice(0, holdAmountsMax);
  const named = new Set(amounts.map(({ asset }) => asset));
  const transactions = value.transactions.filter(({ asset }) => named.has(asset)).slice(0, holdTransactionsMax);
  return {
    addressee,
    facts: {
      chain: incident.chain,
      address,
      hopBefore: addressee.list === 'issuers' ? null : value.hopBefore,
      reference: asked.reference ?? null,
      amounts,
      amountsMore: value.amounts.length - amounts.length,
      transactions: transactions.toSorted((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0)),
      transactionsMore: value.transactions.length - transactions.length,
      scope: asked.scope ?? 'trading-and-withdrawal',
      days: asked.days ?? addressee.courtesyDays ?? defaults.days,
      caseNumber: asked.caseNumber ?? null,
      legalBasis: asked.legalBasis ?? defaults.legalBasis ?? null,
      disclosure: asked.disclosure ?? false,
      disclosureBasis: asked.disclosureBasis ?? null,
      signatory: asked.signatory ?? defaults.signatory ?? null,
      timeline: factsOf(known, desk, value),
    },
  };
}

interface Value {
  /** What the directory knows first, so that worthless tokens are what does not fit. */
  readonly amounts: HoldFacts['amounts'];
  /** The largest of each asset first: units of two assets cannot be compared. */
  readonly transactions: HoldTransaction[];
  readonly hopBefore: Address | null;
}

function valueAt({ trace, alert, address, incident }: KnownValue, directory: Directory, to: HoldAddressee): Value {
  const isTheirs = (asset: AssetId) => to.list === 'vasps' || directory.issuerOf(asset)?.id === to.id;
  const stops = (trace?.stops ?? []).filter(
    (stop) => stop.address === address && !gone.has(stop.kind) && isTheirs(stop.asset),
  );
  if (!trace || stops.length === 0) {
    if (!alert) throw new GongjoError('hold-value-unknown', { where: address });
    const { asset, units, txid, blockTime, from } = alert;
    const moved = { txid, time: blockTime, from, to: alert.to, asset: asset.id, units };
    return { amounts: [amountOf(asset, BigInt(units))], transactions: [moved], hopBefore: from };
  }
  const assets = new Map(trace.assets.map((asset) => [asset.id, asset]));
  const sums = new Map<AssetId, bigint>();
  for (const { asset, units } of stops) sums.set(asset, (sums.get(asset) ?? 0n) + BigInt(units));
  const ids = new Set(stops.flatMap(({ hops }) => hops));
  const hops = trace.hops.filter(({ id }) => ids.has(id));
  const isKnown = (asset: AssetId) => asset.includes('/slip44:') || directory.issuerOf(asset) !== null;
  const order = [...sums.keys()].sort((a, b) => Number(isKnown(b)) - Number(isKnown(a)));
  return {
    amounts: order.map((asset) =>
      amountOf(
        assets.get(asset) ?? { id: asset, symbol: symbolless(asset, incident.chain), decimals: 0 },
        sums.get(asset) ?? 0n,
      ),
    ),
    transactions: byRank(
      hops.map(({ txid, time, from, to: receiver, asset, units }) => ({
        txid,
        time,
        from,
        to: receiver,
        asset,
        units,
      })),
      order,
    ),
    // Worthless tokens that somebody strewed about say nothing of where the value came from.
    hopBefore: payerOf(hops.some(({ asset }) => isKnown(asset)) ? hops.filter(({ asset }) => isKnown(asset)) : hops),
  };
}

type Moved = Pick<HoldTransaction, 'from' | 'asset' | 'units'>;

/** The largest of each asset, then the second of each, and so on. */
function byRank<T extends Moved>(moved: readonly T[], order: readonly AssetId[]): T[] {
  const ranked = order.flatMap((asset) =>
    moved
      .filter((it) => it.asset === asset)
      .sort((a, b) => (BigInt(a.units) < BigInt(b.units) ? 1 : BigInt(a.units) > BigInt(b.units) ? -1 : 0))
      .map((it, rank) => ({ it, rank })),
  );
  return ranked.sort((a, b) => a.rank - b.rank).map(({ it }) => it);
}

/** Parts of one, exact enough to compare shares of assets by. */
const whole = 10n ** 12n;

/** Whoever paid the largest shares of what came: of each asset its own share, because amounts of two cannot be added. */
function payerOf(moved: readonly Moved[]): Address | null {
  const sums = new Map<AssetId, bigint>();
  for (const { asset, units } of moved) sums.set(asset, (sums.get(asset) ?? 0n) + BigInt(units));
  const paid = new Map<Address, bigint>();
  for (const { from, asset, units } of moved) {
    const sum = sums.get(asset) ?? 0n;
    if (from && sum > 0n) paid.set(from, (paid.get(from) ?? 0n) + (BigInt(units) * whole) / sum);
  }
  const [payer] = [...paid].sort(([, a], [, b]) => (a === b ? 0 : a < b ? 1 : -1));
  return payer?.[0] ?? null;
}

const symbolless = (asset: AssetId, chain: ChainId) => asset.slice(chain.length + 1);

const amountOf = ({ id, symbol, decimals }: Asset, units: bigint): HoldFacts['amounts'][number] => ({
  asset: id,
  symbol,
  decimals,
  units: units.toString(),
});

function factsOf({ incident, address }: KnownValue, desk: Pick<DeskCard, 'name'>, value: Value): HoldFacts['timeline'] {
  const say = (key: keyof typeof holdTerms.fact, values: Readonly<Record<string, Text>>): Text => {
    const all = (language: 'en' | 'ko') =>
      Object.fromEntries(Object.entries(values).map(([name, text]) => [name, text[language]]));
    return { en: fill(holdTerms.fact[key].en, all('en')), ko: fill(holdTerms.fact[key].ko, all('ko')) };
  };
  const both = (text: string): Text => ({ en: text, ko: text });
  const arrivals = value.transactions.slice(0, arrivalsToldMax).map(({ time, asset, units }) => {
    const known = value.amounts.find((it) => it.asset === asset);
    const amount = known ? amountText(BigInt(units), known) : units;
    return { at: time, text: say('arrived', { amount: both(amount), address: both(address) }) };
  });
  const facts = [
    ...(incident.occurredAt ? [{ at: incident.occurredAt, text: say('left', { title: incident.title }) }] : []),
    { at: incident.reportedAt ?? incident.openedAt, text: say('reported', { desk: desk.name }) },
    ...arrivals,
  ];
  return facts.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** Who is asked: whom the person named, else whoever holds the address by its tags, else the issuer of what stands there. */
function addresseeOf(known: KnownValue, directory: Directory, asked: NewHold): HoldAddressee {
  const { book } = directory;
  if (asked.addressee !== undefined) {
    const vasp = book.vasps.get(asked.addressee);
    if (vasp) return ofEntry('vasps', vasp, asked.entity);
    const issuer = book.issuers.get(asked.addressee);
    if (issuer) return ofEntry('issuers', issuer, asked.entity);
    const named = unlisted(directory, asked.addressee);
    if (named) return named;
    throw new GongjoError('hold-addressee-unknown', { where: asked.addressee });
  }
  const { address, trace, alert } = known;
  const stops = (trace?.stops ?? []).filter((stop) => stop.address === address && !gone.has(stop.kind));
  const tags = [...stops.flatMap(({ tag }) => tag ?? []), ...known.tags];
  for (const tag of tags) {
    const vasp = vaspOf(book, tag);
    if (vasp) return ofEntry('vasps', vasp, asked.entity);
  }
  for (const { actor } of tags) {
    const named = actor === null ? null : unlisted(directory, actor);
    if (named) return named;
  }
  for (const asset of [...stops.map((stop) => stop.asset), ...(alert ? [alert.asset.id] : [])])
    if (directory.canFreeze(asset)) {
      const issuer = directory.issuerOf(asset);
      if (issuer) return ofEntry('issuers', issuer, asked.entity);
    }
  throw new GongjoError('hold-addressee-unknown', { where: address });
}

/** Somebody of whom the directory has no more than the name. */
function unlisted(directory: Directory, id: string): HoldAddressee | null {
  const entry = directory.find(id);
  if (!entry || entry.kind === 'agency' || entry.kind === 'mixer') return null;
  return {
    ...{ list: 'vasps' as const, id: entry.id, name: entry.name, entity: null, country: entry.country ?? null },
    channel: { kind: 'unknown', to: null },
    ...{ requires: [], courtesyDays: null, extension: null, ends: null, languages: [] },
  };
}

function ofEntry(list: HoldAddressee['list'], entry: Vasp | Issuer, entity: string | undefined): HoldAddressee {
  const { id, name, entities, countries, channel, desk, requires, hold, languages } = entry;
  const legal = entities.find((it) => it.name.en === entity) ?? entities[0];
  const country = legal?.country ?? ('country' in entry ? entry.country : undefined) ?? countries[0];
  return {
    ...{ list, id, name, requires, languages },
    entity: legal?.name ?? null,
    country: country ?? null,
    channel: { kind: channel?.kind ?? 'unknown', to: channel?.to ?? null },
    desk: desk ?? null,
    courtesyDays: hold?.courtesyDays ?? null,
    extension: hold?.extension ?? null,
    ends: hold?.ends ?? null,
  };
}
