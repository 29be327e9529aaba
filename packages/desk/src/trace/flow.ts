import type { Address, AssetId, Tag, TraceMethod } from '@gongjo/contract';
import { invariant } from '../kernel/index.ts';
import type { Movement } from '../ledger/index.ts';
import { type Account, heldBefore, type Reached } from './account.ts';
import { type Entry, type Facts, isFee, type Move } from './facts.ts';
import { knowsInternals } from './internals.ts';
import { takenIn } from './lead.ts';
import type { Hop, Stop } from './model.ts';
import { givenAndTaken, netsOf } from './nets.ts';
import { type Lot, lotUnits, type Pool, poolBy, tracedUnits } from './pool.ts';
import { Queue } from './queue.ts';
import { Step } from './step.ts';
import { planSwaps, type Swap } from './swap.ts';
import type { Want } from './want.ts';

/** What of a movement is traced, and how sure that is. */
interface Departure {
  readonly parts: readonly Lot[];
  readonly traced: bigint;
  readonly rule: 'lead' | TraceMethod;
  readonly exact: boolean;
}

/** What is special in one transaction. */
interface Setting {
  readonly step: Step;
  readonly want: Want;
  /** What a lead set aside for its owners' outflows. */
  readonly reserves: ReadonlyMap<Account, ReadonlyMap<AssetId, Queue>>;
  readonly swaps: ReadonlyMap<Account, Swap>;
}

const noReserves: Setting['reserves'] = new Map();
const noSwaps: Setting['swaps'] = new Map();

/**
 * Executes one transaction on the accounts as they stand. What is missing is noted in `want`; the account that it concerns
 * gives nothing away, and the transaction is executed again with the answer. A hop's id is given when the trace is done.
 */
export function execute(facts: Facts, entry: Entry, want: Want): Step {
  const step = new Step(entry);
  entry.step = step;
  for (const { from, to } of entry.moves) {
    if (from !== null && from.reached !== null) step.touch(from);
    if (to !== null && to.reached !== null) step.touch(to);
  }
  if (entry.lead === 'all') executeLead(facts, step, want);
  else if (entry.lead === null && entry.assets.size > 1) executeMixed(facts, step, want);
  else passAll(facts, { step, want, reserves: noReserves, swaps: noSwaps });
  return step;
}

/**
 * The lead lots stand in front of their owners' pools and are used up in the transaction itself, because an owner's
 * outflows are at least what it lost. Fees pass them by: they were not what was taken. Of an owner that is being
 * followed, the lots that its pool gives up become the lead; those that are traced already stay what they are, so that a
 * theft and the thief's own next step may both be given as leads without counting the value twice.
 */
function executeLead(facts: Facts, step: Step, want: Want): void {
  const reserves = new Map<Account, Map<AssetId, Queue>>();
  for (const { account, asset, units } of takenIn(step.entry)) {
    const reserve = new Queue();
    const pool = account.follows ? account.pools.get(asset) : undefined;
    const parts = pool === undefined ? [] : step.change(pool).take(units);
    for (const part of asLead(step, asset, units, parts)) reserve.append(part);
    const assets = reserves.get(account) ?? new Map<AssetId, Queue>();
    reserves.set(account, assets.set(asset, reserve));
  }
  passAll(facts, { step, want, reserves, swaps: noSwaps });
  const exchanging = new Set<Account>();
  for (const [account, net] of netsOf(step.entry.moves)) {
    const { given, taken } = givenAndTaken(net);
    if (given.length > 0 && taken.length > 0) exchanging.add(account);
  }
  reportComplex(step, exchanging);
}

/** Parts of units that a lead takes: what is not traced yet becomes the lead's. */
function asLead(step: Step, asset: AssetId, units: bigint, parts: readonly Lot[]): Lot[] {
  const fresh = units - tracedUnits(parts);
  if (fresh > 0n) step.taken.push({ asset, units: fresh });
  const lots = parts.map((part): Lot => (part.source === 'clean' ? { units: part.units, source: 'lead' } : part));
  const missing = units - lotUnits(parts);
  return missing > 0n ? [...lots, { units: missing, source: 'lead' }] : lots;
}

function executeMixed(facts: Facts, step: Step, want: Want): void {
  const plan = planSwaps(step.entry);
  const suspend = (account: Account) => {
    if (account.reached !== null) step.become(account, { ...account.reached, kind: 'waiting' });
  };
  for (const account of plan.needTransaction) {
    want.transaction(step.entry);
    suspend(account);
  }
  for (const { account, others } of plan.needTags) {
    for (const other of others) want.tags(step.entry, other);
    suspend(account);
  }
  passAll(facts, { step, want, reserves: noReserves, swaps: plan.swaps });
  reportComplex(step, plan.complex);
}

/** Says that an exchange was followed as transfers, where traced value took part in it. */
function reportComplex(step: Step, complex: ReadonlySet<Account>): void {
  if (complex.size === 0) return;
  const gave = new Set<Address | null>(step.hops.flatMap((hop) => (hop.rule === 'fee' ? [] : [hop.from])));
  if ([...complex].some((account) => gave.has(account.address))) {
    step.gap('complex-transaction', { txid: step.entry.txid });
  }
}

function passAll(facts: Facts, setting: Setting): void {
  for (const move of setting.step.entry.moves) {
    if (move.movement.units > 0n && move.from !== move.to) pass(facts, setting, move);
  }
}

function pass(facts: Facts, setting: Setting, move: Move): void {
  const { step, swaps } = setting;
  const { movement, from, to } = move;
  const swap = swapOf(swaps, from, move);
  if (swap !== undefined && move === swap.first) exchange(facts, step, swap);
  const departure = swap === undefined ? leave(facts, setting, move) : null;
  if (swapOf(swaps, to, move) !== undefined) {
    invariant(departure === null, 'no other traced value reaches a swap');
    return;
  }
  if (departure === null) {
    if (to !== null) credit(step, to, movement.asset, [{ units: movement.units, source: 'clean' }]);
    return;
  }
  const { traced, rule, exact } = departure;
  const hop = addHop(step, move, from, {
    rule: rule !== 'lead' && isFee(movement) ? 'fee' : rule,
    certainty: exact ? 'exact' : 'heuristic',
    to: movement.to,
    units: traced,
    movementUnits: movement.units,
    received: [],
  });
  arrive(facts, setting, move, departure, hop);
}

/** The swap that a movement at an address is part of. Fees are paid beside it. */
function swapOf(swaps: Setting['swaps'], account: Account | null, { movement }: Move): Swap | undefined {
  if (swaps.size === 0 || account === null || isFee(movement)) return undefined;
  const swap = swaps.get(account);
  return swap?.assets.has(movement.asset) ? swap : undefined;
}

/** Takes a movement's units from its sender; null when none of them is traced. */
function leave({ question: { method } }: Facts, setting: Setting, { movement, from }: Move): Departure | null {
  const { step, reserves } = setting;
  const { units, asset } = movement;
  const pool = from?.follows ? from.pools.get(asset) : undefined;
  const pure = pool?.pure === true;
  if (isLeadAlone(step.entry, movement)) {
    const known = pool === undefined || from === null ? [] : takeKnown(step, from, pool, units);
    const parts = asLead(step, asset, units, known);
    return { parts, traced: units, rule: 'lead', exact: pure || tracedUnits(known) === 0n };
  }
  if (from === null) return null;
  const reserve = isFee(movement) ? undefined : reserves.get(from)?.get(asset);
  if (reserve === undefined && pool === undefined) return null;
  const reserved = reserve === undefined ? [] : reserve.take(units);
  const rest = units - lotUnits(reserved);
  const parts = rest > 0n && pool !== undefined ? [...reserved, ...takeKnown(step, from, pool, rest)] : reserved;
  const missing = units - lotUnits(parts);
  if (missing > 0n) parts.push({ units: missing, source: 'clean' });
  const traced = tracedUnits(parts);
  if (traced === 0n) return null;
  const isLead = parts.some((part) => part.source === 'lead');
  const rule = isLead ? 'lead' : method;
  const exact = pure || parts.every((part) => part.source === 'lead' || part.source === 'clean');
  if (method !== 'poison') return { parts, traced, rule, exact };
  const source = parts.find((part) => part.source !== 'clean')?.source ?? 'clean';
  return { parts: [{ units, source }], traced: units, rule, exact: exact && traced === units };
}

/** The question names this movement, and not the whole transaction. */
function isLeadAlone({ lead }: Entry, movement: Movement): boolean {
  return lead !== null && lead !== 'all' && lead.has(movement.ord);
}

/** Takes from a pool; what it lacks was there without the ledger's knowledge and is clean. */
function takeKnown(step: Step, account: Account, pool: Pool, units: bigint): Lot[] {
  const parts = step.change(pool).take(units);
  if (lotUnits(parts) < units) {
    pool.complete = false;
    step.gap('opening-balance-unknown', { address: account.address });
  }
  return parts;
}

function arrive(facts: Facts, { step, want }: Setting, move: Move, departure: Departure, hop: Hop): void {
  const { movement, to } = move;
  const { asset } = movement;
  const end = (kind: Stop['kind'], address: Address | null, tag: Tag | null) => {
    step.arrivals.push({ kind, address, asset, units: departure.traced, tag, hop, since: hop.time });
  };
  if (to === null) {
    end('burned', null, null);
    return;
  }
  const unfollowed = () => credit(step, to, asset, [{ units: movement.units, source: 'clean' }]);
  const { fees, bounds } = facts.question;
  if (isFee(movement) && fees === 'drop') {
    end('fee', null, null);
    unfollowed();
    return;
  }
  // Before the tags are looked at, so that nothing is read about the many whom dust reaches.
  if (departure.traced < bounds.unitsMin) {
    end('small', to.address, null);
    unfollowed();
    return;
  }
  if (to.stop !== null) {
    end(to.stop.kind, to.address, to.stop.tag);
    return;
  }
  const { kind, known } = to.reached ?? reach(step, want, move, to);
  if (kind === 'hub') end('hub', to.address, null);
  if (kind !== 'followed' || known === null) return;
  if (movement.kind === 'native' && movement.call && !knowsInternals(facts.coverage, movement.height))
    step.gap('internal-transfers-unread', { address: to.address });
  if (!to.pools.has(asset)) openPool(facts, step, to, asset, heldBefore(known, asset, movement, movement));
  credit(step, to, asset, broughtBy(hop, departure.parts));
}

/** The lots as they arrive. What was traced apart before is one lot now, or lots would multiply along a path. */
function broughtBy(hop: Hop, parts: readonly Lot[]): Lot[] {
  const lots: Lot[] = [];
  for (const part of parts) {
    const source = part.source === 'clean' ? 'clean' : hop;
    const last = lots.at(-1);
    if (last?.source === source) lots[lots.length - 1] = { units: last.units + part.units, source };
    else lots.push({ units: part.units, source });
  }
  return lots;
}

/** Traced value reaches an address for the first time. */
function reach(step: Step, want: Want, { movement }: Move, account: Account): Reached {
  const known = account.rowsFrom(movement);
  const missing = account.tags === null || known === null;
  if (account.tags === null) want.tags(step.entry, account);
  if (known === null) want.rows(step.entry, account, movement);
  const kind = missing ? 'waiting' : known.rows.truncated ? 'hub' : 'followed';
  const reached = { kind, at: movement, known } as const;
  step.reached.push(account);
  step.become(account, reached);
  return reached;
}

/** Begins the pool of an asset at an address with what it held before traced value of that asset came. */
function openPool(facts: Facts, step: Step, account: Account, asset: AssetId, held: bigint): void {
  const pool = poolBy(facts.question.method, held >= 0n && facts.coverage.from === 0);
  if (held > 0n) pool.append({ units: held, source: 'clean' });
  if (held < 0n) step.gap('opening-balance-unknown', { address: account.address });
  step.open(account, asset, pool);
}

function credit(step: Step, account: Account, asset: AssetId, lots: readonly Lot[]): void {
  const pool = account.pools.get(asset);
  if (pool === undefined) return;
  step.change(pool);
  for (const lot of lots) pool.append(lot);
}

function exchange(facts: Facts, step: Step, swap: Swap): void {
  const { account, given, taken, counterparty } = swap;
  const pool = account.pools.get(given.asset);
  const known = account.reached?.known ?? null;
  invariant(pool !== undefined && known !== null, 'who swaps is followed');
  const traced = tracedUnits(takeKnown(step, account, pool, given.units));
  const received = taken.map(({ asset, units }) => ({
    asset,
    units: (units * traced) / given.units,
    movementUnits: units,
  }));
  const said = { to: counterparty.address, units: traced, movementUnits: given.units, received };
  const source =
    traced === 0n ? 'clean' : addHop(step, swap.first, account, { rule: 'swap', certainty: 'heuristic', ...said });
  if (traced > 0n && !swap.verified) {
    step.gap('swap-unverified', { address: counterparty.address, txid: step.entry.txid });
  }
  const start = { height: step.entry.height, txIndex: step.entry.txIndex, ord: 0 };
  for (const { asset, units, movementUnits } of received) {
    if (units > 0n && units < facts.question.bounds.unitsMin && source !== 'clean') {
      const { address } = account;
      step.arrivals.push({ kind: 'small', address, asset, units, tag: null, hop: source, since: source.time });
      credit(step, account, asset, [{ units: movementUnits, source: 'clean' }]);
      continue;
    }
    if (units > 0n && !account.pools.has(asset)) {
      openPool(facts, step, account, asset, heldBefore(known, asset, start, null));
    }
    // The traced share stands before the clean one: within one inflow there is no order to go by.
    credit(step, account, asset, [
      { units, source },
      { units: movementUnits - units, source: 'clean' },
    ]);
  }
}

type Said = Pick<Hop, 'rule' | 'certainty' | 'to' | 'units' | 'movementUnits' | 'received'>;

function addHop(step: Step, { movement }: Move, from: Account | null, said: Said): Hop {
  const { txid, height, time } = step.entry;
  const { ord, asset } = movement;
  const { rule, certainty, to, units, movementUnits, received } = said;
  const hop: Hop = {
    id: 0,
    rule,
    certainty,
    txid,
    height,
    time,
    ord,
    from: from?.address ?? null,
    to,
    asset,
    units,
    movementUnits,
    received,
  };
  step.hops.push(hop);
  return hop;
}
