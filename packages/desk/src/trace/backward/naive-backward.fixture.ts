import { type Address, type AssetId, gapKinds, stopKinds } from '@gongjo/contract';
import { comparePositions } from '../../kernel/index.ts';
import type { Movement } from '../../ledger/index.ts';
import type { Drawn } from '../drawn-ledger.fixture.ts';
import type { Question, Trace } from '../index.ts';

/** One unit that moved: by which movement, which of its units, and as what it had come to the sender. Null: nobody knows. */
interface Unit {
  readonly by: number;
  readonly offset: number;
  readonly before: Unit | null;
}

/** What stood at an address just before an outflow, as units and as numbers. */
interface Stand {
  readonly held: number;
  /** Different receipts in it: by the queue or stack, and since it was last empty. */
  readonly receipts: number;
  readonly since: number;
}

type Hop = Trace['hops'][number];
type Said = Pick<Trace, 'hops' | 'stops' | 'gaps'> & { lead: Map<AssetId, bigint> };

/**
 * The rules of a backward trace once more, as plainly as they can be written: the whole ledger is simulated from its first
 * movement with every unit knowing the one that it was before; then the movements are gone through from the last to the
 * first. Only for ledgers of small amounts.
 */
export function naiveBackward(drawn: Drawn, question: Question): Said {
  const whole = explain(drawn, question, -1, []);
  if (whole.exceeded.length === 0) return whole.said;
  return explain(drawn, question, whole.exceededAt, whole.exceeded).said;
}

function explain(drawn: Drawn, question: Question, cutAt: number, exceeded: readonly number[]) {
  const { leads, method, fees, bounds } = question;
  const { movements } = drawn;
  const ordered = method === 'fifo' || method === 'lifo';
  const isFee = ({ kind }: Movement) => kind === 'fee' || kind === 'burn';
  const moves = ({ from, to, units }: Movement) => units > 0n && from !== to;
  const key = (address: Address, asset: AssetId) => `${address} ${asset}`;
  const said: Said = { hops: [], stops: [], gaps: [], lead: new Map() };
  const gap = (kind: Trace['gaps'][number]['kind'], about: Partial<Trace['gaps'][number]>) => {
    const made = { kind, address: null, txid: null, number: null, ...about };
    if (!said.gaps.some((one) => JSON.stringify(one) === JSON.stringify(made))) said.gaps.push(made);
  };

  // Forward: who held what.
  const lines = new Map<string, Unit[]>();
  const held = new Map<string, number>();
  const since = new Map<string, number>();
  const units: Unit[][] = [];
  const stands = new Map<number, Stand>();
  const heldAround = new Map<number, { before: number; after: number }>();
  for (const [by, movement] of movements.entries()) {
    const { from, to, asset } = movement;
    const count = Number(movement.units);
    units[by] = [];
    if (!moves(movement)) continue;
    let taken: Unit[] = [];
    if (from !== null) {
      const at = key(from, asset);
      const line = lines.get(at) ?? [];
      const had = held.get(at) ?? 0;
      stands.set(by, { held: had, receipts: new Set(line.map((unit) => unit.by)).size, since: since.get(at) ?? 0 });
      taken = method === 'lifo' ? line.splice(Math.max(0, line.length - count)) : line.splice(0, count);
      held.set(at, Math.max(0, had - count));
      if (had <= count) since.set(at, 0);
    }
    units[by] = Array.from({ length: count }, (_, offset) => ({ by, offset, before: taken[offset] ?? null }));
    if (to === null) continue;
    const at = key(to, asset);
    const had = held.get(at) ?? 0;
    heldAround.set(by, { before: had, after: had + count });
    held.set(at, had + count);
    since.set(at, (since.get(at) ?? 0) + 1);
    lines.set(at, [...(lines.get(at) ?? []), ...(units[by] ?? [])]);
  }

  // What the leads name.
  const named = new Map<number, number>();
  for (const lead of leads) {
    if ('address' in lead) {
      const all = [...movements.entries()].filter(([, { from, to }]) => from === lead.address || to === lead.address);
      const max = bounds.movementsPerAddressMax;
      if (all.length > max) gap('history-truncated', { address: lead.address, number: max });
      for (const [by, one] of all.slice(-max))
        if (one.to === lead.address && moves(one)) named.set(by, Number(one.units));
      continue;
    }
    for (const [by, one] of movements.entries()) {
      if (one.txid === lead.txid && one.ord === lead.ord) named.set(by, Number(one.units));
    }
  }
  for (const lead of leads) {
    if ('address' in lead || lead.ord !== null) continue;
    const inside = [...movements.entries()].filter(([, one]) => one.txid === lead.txid);
    for (const [by] of inside) named.delete(by);
    const lost = new Map<string, number>();
    for (const [, one] of inside) {
      if (isFee(one)) continue;
      const add = (address: Address | null, n: number) =>
        address !== null && lost.set(key(address, one.asset), (lost.get(key(address, one.asset)) ?? 0) + n);
      add(one.from, Number(one.units));
      add(one.to, -Number(one.units));
    }
    for (const [by, one] of inside) {
      if (one.from === null || isFee(one) || !moves(one)) continue;
      const part = Math.min(Number(one.units), Math.max(0, lost.get(key(one.from, one.asset)) ?? 0));
      if (part === 0) continue;
      lost.set(key(one.from, one.asset), (lost.get(key(one.from, one.asset)) ?? 0) - part);
      named.set(by, method === 'poison' ? Number(one.units) : part);
    }
  }

  // Backward: who is asked for what.
  const wanted = new Map<number, Set<number>>();
  const left = new Map<string, number>();
  const unsure = new Map<string, boolean>();
  const unsureReceipts = new Set<number>();
  const drawers = new Map<string, Hop[]>();
  const reached = new Map<Address, number>();
  const hubs = new Set<Address>();
  const found: { by: number; hop: Hop }[] = [];
  const stops: { kind: Trace['stops'][number]['kind']; address: Address | null; units: number; hop: Hop }[] = [];
  /** Of transactions that were exchanges: who exchanged, and how much of what it brought is asked for. */
  const exchanges = new Map<string, { address: Address; txid: string; wanted: Map<AssetId, number> }>();
  const asked = new Map<number, Set<number>>();
  let exceededAt = -1;
  const over: number[] = [];
  const involves = (one: Movement, address: Address) => one.from === address || one.to === address;
  /** An address's outflow, or these units of it, is explained by what it had. */
  const drawFrom = (address: Address, by: number, all: ReadonlySet<number>, hop: Hop) => {
    const { asset, units: outflow } = movements[by] as Movement;
    const count = Number(outflow);
    const here = key(address, asset);
    drawers.set(here, [...(drawers.get(here) ?? []), hop]);
    const stand = stands.get(by) ?? { held: 0, receipts: 0, since: 0 };
    const one = ordered ? stand.receipts === 1 : stand.since === 1;
    const sure = drawn.from === 0 && count <= stand.held && (one || (count === stand.held && all.size === count));
    let unknown = 0;
    if (ordered) {
      for (const offset of all) {
        const before = units[by]?.[offset]?.before ?? null;
        if (before === null) {
          unknown += 1;
          continue;
        }
        wanted.set(before.by, (wanted.get(before.by) ?? new Set()).add(before.offset));
        if (!sure) unsureReceipts.add(before.by);
      }
    } else {
      const known =
        count <= stand.held ? all.size : method === 'poison' ? stand.held : Math.floor((all.size * stand.held) / count);
      unknown = all.size - known;
      if (!sure) unsure.set(here, true);
    }
    left.set(here, (left.get(here) ?? 0) + all.size - unknown);
    if (!ordered && left.get(here) === 0) unsure.delete(here);
    if (unknown > 0) {
      stops.push({ kind: 'before-ledger', address, units: unknown, hop });
      gap('opening-balance-unknown', { address });
    }
  };
  /** What a transaction exchanges at an address; null where it is nothing that is crossed. */
  const exchangeOf = (txid: string | undefined, address: Address) => {
    const inside = [...movements.entries()].filter(([, one]) => one.txid === txid && !isFee(one) && moves(one));
    const given = inside.filter(([, one]) => one.from === address);
    const got = inside.filter(([, one]) => one.to === address);
    const asset = given[0]?.[1].asset;
    if (asset === undefined || got.length === 0) return null;
    if (given.some(([, one]) => one.asset !== asset) || got.some(([, one]) => one.asset === asset)) return null;
    const net = (who: Address, what: AssetId) =>
      inside
        .filter(([, one]) => one.asset === what)
        .reduce(
          (n, [, one]) => n + (one.to === who ? Number(one.units) : 0) - (one.from === who ? Number(one.units) : 0),
          0,
        );
    const everyone = [...new Set(inside.flatMap(([, one]) => [one.from, one.to]))].filter((one) => one !== null);
    const partners = everyone.filter(
      (one) => one !== address && net(one, asset) > 0 && got.some(([, { asset: what }]) => net(one, what) < 0),
    );
    const categories = (who: Address | null) =>
      who === null ? [] : (drawn.tags.get(who) ?? []).map(({ category }) => category as string);
    const isStop = (who: Address | null) =>
      ['mixer', 'bridge', 'exchange'].some((one) => categories(who).includes(one)) ||
      (categories(who).includes('service') && !categories(who).includes('dex'));
    if (partners.length === 0 || [...partners, ...given.map(([, one]) => one.to)].some(isStop)) return null;
    const isDex = (who: Address) => categories(who).includes('dex');
    const [partner = null] = partners.toSorted(
      (a, b) => Number(isDex(b)) - Number(isDex(a)) || net(b, asset) - net(a, asset) || (a < b ? -1 : 1),
    );
    const whole = new Map<AssetId, number>();
    for (const [, one] of got) whole.set(one.asset, (whole.get(one.asset) ?? 0) + Number(one.units));
    return { given, whole, partner, isVerified: partner !== null && isDex(partner) };
  };
  /** The exchanges of a transaction, after all its movements, the later placed ones first. */
  const crossAll = (txid: string | undefined) => {
    const here = [...exchanges.values()].filter((one) => one.txid === txid);
    const placed = here.flatMap(({ address, wanted: want }) => {
      const exchange = exchangeOf(txid, address);
      return exchange === null ? [] : [{ address, want, ...exchange }];
    });
    for (const { address, want, given, whole, partner, isVerified } of placed.sort(
      (a, b) => (b.given[0]?.[0] ?? 0) - (a.given[0]?.[0] ?? 0),
    )) {
      const [firstBy, first] = given[0] as [number, Movement];
      const total = given.reduce((n, [, one]) => n + Number(one.units), 0);
      const shares = [...want].map(([what, n]) => Math.ceil((total * n) / (whole.get(what) ?? n)));
      const paid = method === 'poison' ? total : Math.max(...shares);
      const hop: Hop = {
        id: 0,
        rule: 'swap',
        certainty: 'heuristic',
        txid: first.txid,
        height: first.height,
        time: first.time,
        ord: first.ord,
        from: address,
        to: partner,
        asset: first.asset,
        units: BigInt(paid),
        movementUnits: BigInt(total),
        received: [...whole].flatMap(([what, n]) =>
          want.has(what) ? [{ asset: what, units: BigInt(want.get(what) ?? 0), movementUnits: BigInt(n) }] : [],
        ),
      };
      found.push({ by: firstBy - 0.5, hop });
      if (!isVerified) gap('swap-unverified', { address: partner, txid: first.txid });
      let rest = paid;
      for (const [by, one] of given) {
        const part = Math.min(rest, Number(one.units));
        rest -= part;
        const offsets = new Set(Array.from({ length: part }, (_, n) => n).filter((n) => !asked.get(by)?.has(n)));
        if (offsets.size === 0) continue;
        if (BigInt(paid) < bounds.unitsMin) stops.push({ kind: 'small', address, units: offsets.size, hop });
        else drawFrom(address, by, offsets, hop);
      }
    }
  };
  /** Bounds count whole transactions. */
  const checkBounds = (txid: string | undefined): boolean => {
    if (over.length > 0) return true;
    if (found.length > bounds.hopsMax) over.push(bounds.hopsMax);
    if (reached.size > bounds.addressesMax) over.push(bounds.addressesMax);
    if (over.length > 0) exceededAt = movements.findLastIndex((one) => one.txid === txid);
    return over.length > 0;
  };
  for (let by = movements.length - 1; by > cutAt; by -= 1) {
    const movement = movements[by];
    const later = movements[by + 1]?.txid;
    if (later !== movement?.txid) {
      crossAll(later);
      if (checkBounds(later)) break;
    }
    if (movement === undefined || !moves(movement)) continue;
    const { from, to, asset } = movement;
    const count = Number(movement.units);
    const lead = named.get(by) ?? 0;
    const drawn_ = wanted.get(by) ?? new Set<number>();
    let plain = !unsureReceipts.has(by);
    const at = to === null ? '' : key(to, asset);
    if (!ordered && to !== null && (left.get(at) ?? 0) > 0 && by < (reached.get(to) ?? -1)) {
      const open = left.get(at) ?? 0;
      const { before, after } = heldAround.get(by) ?? { before: 0, after: 0 };
      const came = method === 'poison' ? count : Math.floor((open * count) / after);
      for (let offset = 0; offset < came; offset += 1) drawn_.add(offset);
      plain = unsure.get(at) !== true;
      left.set(at, method === 'poison' ? (before === 0 ? 0 : open) : open - came);
      if (left.get(at) === 0) unsure.delete(at);
    } else if (ordered && to !== null) left.set(at, (left.get(at) ?? 0) - drawn_.size);
    const all = new Set(drawn_);
    for (let offset = 0; offset < lead; offset += 1) all.add(offset);
    if (all.size === 0) continue;
    const fresh = all.size - drawn_.size;
    if (fresh > 0) said.lead.set(asset, (said.lead.get(asset) ?? 0n) + BigInt(fresh));
    const { txid, height, time, ord } = movement;
    const reachedAt = to === null ? undefined : reached.get(to);
    if (drawn_.size > 0 && to !== null && reachedAt !== undefined) {
      const nets = new Map<AssetId, number>();
      for (const one of movements.slice(0, reachedAt + 1)) {
        if (one.txid !== txid || isFee(one) || one.from === one.to || !involves(one, to)) continue;
        nets.set(one.asset, (nets.get(one.asset) ?? 0) + (one.to === to ? 1 : -1) * Number(one.units));
      }
      if ([...nets.values()].some((net) => net > 0) && [...nets.values()].some((net) => net < 0)) {
        if (lead === 0 && exchangeOf(txid, to) !== null) {
          const here = `${txid} ${to}`;
          const exchange = exchanges.get(here) ?? { address: to, txid, wanted: new Map() };
          exchanges.set(here, exchange);
          exchange.wanted.set(asset, (exchange.wanted.get(asset) ?? 0) + all.size);
          continue;
        }
        gap('complex-transaction', { txid });
      }
    }
    asked.set(by, all);
    const hop: Hop = {
      id: 0,
      rule: lead > 0 ? 'lead' : isFee(movement) ? 'fee' : method,
      certainty: lead > 0 || plain ? 'exact' : 'heuristic',
      txid,
      height,
      time,
      ord,
      from,
      to,
      asset,
      units: BigInt(all.size),
      movementUnits: movement.units,
      received: [],
    };
    found.push({ by, hop });
    const end = (kind: Trace['stops'][number]['kind'], address: Address | null, n = all.size) =>
      stops.push({ kind, address, units: n, hop });
    const [tag] = (from === null ? [] : (drawn.tags.get(from) ?? []))
      .filter(({ category }) => category !== 'theft')
      .toSorted((a, b) => b.confidence - a.confidence);
    if (from === null) end('mined', null);
    else if (isFee(movement) && fees === 'drop') end('fee', null);
    else if (BigInt(all.size) < bounds.unitsMin) end('small', from);
    else if (tag !== undefined)
      end(tag.category === 'mixer' || tag.category === 'bridge' ? tag.category : 'service', from);
    else {
      if (!reached.has(from)) {
        reached.set(from, by);
        const past = movements.filter((one) => involves(one, from) && comparePositions(one, movement) <= 0);
        if (past.length > bounds.movementsPerAddressMax) hubs.add(from);
      }
      if (hubs.has(from)) end('hub', from);
      else {
        drawFrom(from, by, all, hop);
      }
    }
  }
  if (over.length === 0) {
    crossAll(movements[cutAt + 1]?.txid);
    checkBounds(movements[cutAt + 1]?.txid);
  }
  for (const [here, n] of left) {
    const [address] = here.split(' ') as [Address];
    const by = drawers.get(here) ?? [];
    if (n <= 0) continue;
    for (const [index, hop] of by.entries()) stops.push({ kind: 'limit', address, units: index === 0 ? n : 0, hop });
  }

  said.hops = found.sort((a, b) => a.by - b.by).map(({ hop }) => hop);
  for (const [id, hop] of said.hops.entries()) hop.id = id;
  for (const { kind, address, units: n, hop } of stops) {
    const [tag] = (address === null ? [] : (drawn.tags.get(address) ?? []))
      .filter(({ category }) => category !== 'theft')
      .toSorted((a, b) => b.confidence - a.confidence);
    const isTagged = kind === 'service' || kind === 'mixer' || kind === 'bridge';
    let found = said.stops.find((one) => one.kind === kind && one.address === address && one.asset === hop.asset);
    if (found === undefined) {
      found = {
        kind,
        address,
        asset: hop.asset,
        units: 0n,
        tag: isTagged ? (tag ?? null) : null,
        hops: [],
        since: hop.time,
      };
      said.stops.push(found);
    }
    found.units += BigInt(n);
    found.hops = [...new Set([...found.hops, hop.id])].sort((a, b) => a - b);
    if (hop.time < found.since) found.since = hop.time;
  }
  for (const number of exceeded) gap('bound-reached', { number });
  if (drawn.from > 0) gap('ledger-starts-late', { number: drawn.from });
  const text = (value: string | null) => value ?? '';
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  said.stops.sort(
    (a, b) =>
      stopKinds.indexOf(a.kind) - stopKinds.indexOf(b.kind) ||
      compare(a.asset, b.asset) ||
      compare(text(a.address), text(b.address)),
  );
  said.gaps.sort(
    (a, b) =>
      gapKinds.indexOf(a.kind) - gapKinds.indexOf(b.kind) ||
      compare(text(a.address), text(b.address)) ||
      compare(text(a.txid), text(b.txid)) ||
      (a.number ?? 0) - (b.number ?? 0),
  );
  return { said, exceeded: over, exceededAt };
}
