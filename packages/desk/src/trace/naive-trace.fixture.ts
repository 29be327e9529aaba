import { type Address, type AssetId, gapKinds, stopKinds, type Tag } from '@gongjo/contract';
import { comparePositions } from '../kernel/index.ts';
import type { Movement } from '../ledger/index.ts';
import type { Drawn } from './drawn-ledger.fixture.ts';
import type { Question, Trace } from './index.ts';

/** A unit is one thing in a line: clean, taken by a lead just now, or brought by a hop. */
type Unit = 'clean' | 'lead' | number;
type Said = Pick<Trace, 'hops' | 'stops' | 'gaps'> & { lead: Map<AssetId, bigint> };

/**
 * The rules of a trace once more, as plainly as they can be written: the whole ledger is known, everything is simulated from
 * its first movement, and a queue is an array with one element for every single unit. Only for ledgers of small amounts.
 * Where a bound is exceeded, the ledger is simulated again up to the transaction that exceeds it.
 */
export function naiveTrace(drawn: Drawn, question: Question): Said {
  const { bounds } = question;
  const whole = simulate(drawn, drawn.movements.length, question);
  for (const { start, hops, reached } of whole.progress) {
    const exceeded: number[] = [];
    if (hops > bounds.hopsMax) exceeded.push(bounds.hopsMax);
    if (reached > bounds.addressesMax) exceeded.push(bounds.addressesMax);
    if (exceeded.length > 0) return simulate(drawn, start, question, exceeded).said;
  }
  return whole.said;
}

/** How far it had come after each transaction. */
interface Progress {
  readonly start: number;
  readonly hops: number;
  readonly reached: number;
}

function simulate(
  drawn: Drawn,
  count: number,
  { leads, method, fees, bounds }: Question,
  exceeded: readonly number[] = [],
): { said: Said; progress: Progress[] } {
  const said: Said = { hops: [], stops: [], gaps: [], lead: new Map() };
  const progress: Progress[] = [];
  const later = drawn.movements.slice(count);
  const held = new Map<string, number>();
  const lines = new Map<string, Unit[]>();
  const unsure = new Set<string>();
  const state = new Map<Address, 'followed' | 'hub'>();
  const key = (address: Address, asset: AssetId) => `${address} ${asset}`;

  const tagsOf = (address: Address) => drawn.tags.get(address) ?? [];
  const has = (address: Address, ...categories: Tag['category'][]) =>
    tagsOf(address).some((tag) => categories.includes(tag.category));
  const stopOf = (address: Address): [Trace['stops'][number]['kind'], Tag] | null => {
    const [tag] = tagsOf(address)
      .filter(({ category }) => category !== 'theft')
      .toSorted((a, b) => b.confidence - a.confidence);
    if (tag === undefined) return null;
    return [tag.category === 'mixer' || tag.category === 'bridge' ? tag.category : 'service', tag];
  };
  const isSwapStop = (address: Address) =>
    has(address, 'mixer', 'bridge', 'exchange') || (has(address, 'service') && !has(address, 'dex'));

  const gap = (kind: Trace['gaps'][number]['kind'], about: Partial<Trace['gaps'][number]>) => {
    const made = { kind, address: null, txid: null, number: null, ...about };
    if (!said.gaps.some((one) => JSON.stringify(one) === JSON.stringify(made))) said.gaps.push(made);
  };
  const stop = (
    kind: Trace['stops'][number]['kind'],
    address: Address | null,
    asset: AssetId,
    units: number,
    hops: number[],
    since: string,
    tag: Tag | null = null,
  ) => {
    let found = said.stops.find((one) => one.kind === kind && one.address === address && one.asset === asset);
    if (found === undefined) {
      found = { kind, address, asset, units: 0n, tag, hops: [], since };
      said.stops.push(found);
    }
    found.units += BigInt(units);
    found.hops = [...new Set([...found.hops, ...hops])].sort((a, b) => a - b);
    if (since < found.since) found.since = since;
  };
  const isTraced = (unit: Unit) => unit !== 'clean';
  const tracedIn = (address: Address, asset: AssetId) => (lines.get(key(address, asset)) ?? []).some(isTraced);
  const clean = (units: number): Unit[] => Array.from({ length: units }, () => 'clean');

  /** Where the method keeps no order: who brought value to a line since it was last empty of it, and what poison changed. */
  const brought = new Map<string, Set<number>>();
  const mixed = new Set<string>();
  const push = (at: string, ...units: Unit[]) => {
    const line = lines.get(at);
    if (line === undefined) return;
    line.push(...units);
    for (const unit of units) {
      if (typeof unit === 'number') brought.set(at, (brought.get(at) ?? new Set()).add(unit));
    }
    const poison = line.find(isTraced);
    if (method !== 'poison' || poison === undefined) return;
    if (!line.every(isTraced)) mixed.add(at);
    line.splice(0, line.length, ...line.map((unit) => (unit === 'clean' ? poison : unit)));
  };
  /** Which units of a line leave, as far as there are any. */
  const draw = (at: string, units: number): Unit[] => {
    const line = lines.get(at) ?? [];
    const count = Math.min(units, line.length);
    if (count === 0) return [];
    let left: Unit[];
    if (method === 'lifo') left = line.splice(line.length - count);
    else if (method !== 'haircut') left = line.splice(0, count);
    else {
      const traced = line.filter(isTraced);
      const some = Math.floor((traced.length * count) / line.length);
      const cleanCount = line.length - traced.length;
      left = [...traced.slice(0, some), ...clean(count - some)];
      line.splice(0, line.length, ...traced.slice(some), ...clean(cleanCount - (count - some)));
    }
    if (!line.some(isTraced)) brought.delete(at);
    if (line.length === 0) mixed.delete(at);
    return left;
  };

  const isFee = (movement: Movement) => movement.kind === 'fee' || movement.kind === 'burn';
  const wholes = new Set(leads.flatMap((lead) => ('txid' in lead && lead.ord === null ? [lead.txid] : [])));
  const singles = new Set<Movement>();
  for (const lead of leads) {
    if ('txid' in lead) {
      for (const one of drawn.movements) if (one.txid === lead.txid && one.ord === lead.ord) singles.add(one);
      continue;
    }
    const all = drawn.movements.filter(({ from, to }) => from === lead.address || to === lead.address);
    if (all.length > bounds.movementsPerAddressMax)
      gap('bound-reached', { address: lead.address, number: bounds.movementsPerAddressMax });
    for (const one of all.slice(0, bounds.movementsPerAddressMax))
      if (one.to === lead.address && one.from !== one.to && one.units > 0n) singles.add(one);
  }

  /** Takes units off a line; what is missing is clean. */
  const take = (address: Address, asset: AssetId, units: number): Unit[] => {
    if (!lines.has(key(address, asset))) return clean(units);
    const taken = draw(key(address, asset), units);
    if (taken.length < units) {
      unsure.add(key(address, asset));
      gap('opening-balance-unknown', { address });
    }
    return [...taken, ...clean(units - taken.length)];
  };
  const open = (address: Address, asset: AssetId, balance: number) => {
    const at = key(address, asset);
    if (lines.has(at)) return;
    lines.set(at, clean(Math.max(0, balance)));
    if (balance < 0) gap('opening-balance-unknown', { address });
    if (balance < 0 || drawn.from > 0) unsure.add(at);
  };
  const movementsAfter = (address: Address, at: Movement) =>
    drawn.movements.filter((one) => (one.from === address || one.to === address) && comparePositions(one, at) > 0)
      .length;

  const net = (movements: readonly Movement[], address: Address, asset: AssetId) =>
    movements
      .filter((one) => one.asset === asset && !isFee(one))
      .reduce(
        (sum, one) =>
          sum + (one.to === address ? Number(one.units) : 0) - (one.from === address ? Number(one.units) : 0),
        0,
      );

  const transactions = [...Map.groupBy(drawn.movements.slice(0, count), ({ txid }) => txid).values()];
  for (const movements of transactions) {
    const first = movements[0];
    if (first === undefined) continue;
    const { txid, height, time } = first;
    const isLead = wholes.has(txid);
    const isPartLead = !isLead && movements.some((one) => singles.has(one));
    const addresses = [...new Set(movements.flatMap(({ from, to }) => [from, to]))].filter((one) => one !== null);
    const assets = [...new Set(movements.map(({ asset }) => asset))].sort();
    const gives = (address: Address) => assets.filter((asset) => net(movements, address, asset) < 0);
    const gets = (address: Address) => assets.filter((asset) => net(movements, address, asset) > 0);
    const heldAtStart = new Map(held);
    const hopsAtStart = said.hops.length;

    const reserves = new Map<string, Unit[]>();
    const swaps = new Map<Address, { given: AssetId; taken: AssetId[]; partner: Address; done: boolean }>();
    const complex = new Set<Address>();
    if (isLead) {
      for (const address of addresses) {
        for (const asset of gives(address)) {
          const units = -net(movements, address, asset);
          const front = state.get(address) === 'followed' ? draw(key(address, asset), units) : [];
          while (front.length < units) front.push('clean');
          const reserve = front.map((unit) => (unit === 'clean' ? 'lead' : unit));
          const fresh = front.filter((unit) => unit === 'clean').length;
          said.lead.set(asset, (said.lead.get(asset) ?? 0n) + BigInt(fresh));
          reserves.set(key(address, asset), reserve);
        }
        if (gives(address).length > 0 && gets(address).length > 0) complex.add(address);
      }
    } else if (!isPartLead) {
      for (const address of addresses) {
        const given = gives(address);
        const taken = gets(address);
        const [asset] = given;
        if (asset === undefined || taken.length === 0 || !given.some((one) => tracedIn(address, one))) continue;
        const partners = addresses.filter(
          (other) =>
            other !== address &&
            net(movements, other, asset) > 0 &&
            taken.some((one) => net(movements, other, one) < 0),
        );
        if (given.length > 1 || partners.length === 0) {
          complex.add(address);
          continue;
        }
        const direct = movements.filter(
          (one) => one.from === address && one.asset === asset && !isFee(one) && one.units > 0n,
        );
        if (
          [...partners, ...direct.map(({ to }) => to)].some((one) => one !== null && one !== address && isSwapStop(one))
        )
          continue;
        const [partner] = partners.toSorted((a, b) => {
          const dexFirst = Number(has(b, 'dex')) - Number(has(a, 'dex'));
          return dexFirst || net(movements, b, asset) - net(movements, a, asset) || (a < b ? -1 : 1);
        });
        if (partner !== undefined) swaps.set(address, { given: asset, taken, partner, done: false });
      }
      for (let before = -1; before !== swaps.size; ) {
        before = swaps.size;
        const spread = new Set<string>();
        for (const { from, to, asset, units, kind } of movements) {
          if (kind === 'fee' || kind === 'burn' || units === 0n || from === null || to === null || from === to)
            continue;
          const own = swaps.get(from);
          if (own !== undefined && [own.given, ...own.taken].includes(asset)) continue;
          if (!tracedIn(from, asset) && !spread.has(key(from, asset))) continue;
          const other = swaps.get(to);
          if (other !== undefined && [other.given, ...other.taken].includes(asset)) {
            swaps.delete(to);
            complex.add(to);
          } else spread.add(key(to, asset));
        }
      }
    }

    for (const movement of movements) {
      const { from, to, asset, ord } = movement;
      const units = Number(movement.units);
      if (units === 0 || from === to) continue;
      const fee = isFee(movement);
      const balance = (to === null ? undefined : held.get(key(to, asset))) ?? 0;
      if (from !== null) held.set(key(from, asset), (held.get(key(from, asset)) ?? 0) - units);
      if (to !== null) held.set(key(to, asset), balance + units);
      const hop = (rule: Trace['hops'][number]['rule'], exact: boolean, traced: number) => {
        const made = {
          id: said.hops.length,
          rule,
          certainty: exact ? ('exact' as const) : ('heuristic' as const),
          txid,
          height,
          time,
          ord,
          from,
          to,
          asset,
          units: BigInt(traced),
          movementUnits: movement.units,
          received: [],
        };
        said.hops.push(made);
        return made as Trace['hops'][number];
      };
      const swap = from === null || fee ? undefined : swaps.get(from);
      const swapsAway = swap !== undefined && [swap.given, ...swap.taken].includes(asset);
      if (swap !== undefined && from !== null && asset === swap.given && !swap.done) {
        swap.done = true;
        const total = -net(movements, from, asset);
        const taken = take(from, asset, total);
        const traced = taken.filter(isTraced).length;
        const made = traced > 0 ? hop('swap', false, traced) : null;
        if (made !== null) {
          made.to = swap.partner;
          made.movementUnits = BigInt(total);
          if (!has(swap.partner, 'dex')) gap('swap-unverified', { address: swap.partner, txid });
        }
        for (const other of swap.taken) {
          const all = net(movements, from, other);
          const share = made === null ? 0 : Math.floor((all * traced) / total);
          made?.received.push({ asset: other, units: BigInt(share), movementUnits: BigInt(all) });
          if (made !== null && share > 0 && BigInt(share) < bounds.unitsMin) {
            stop('small', from, other, share, [made.id], time);
            push(key(from, other), ...clean(all));
            continue;
          }
          if (share > 0) open(from, other, heldAtStart.get(key(from, other)) ?? 0);
          push(key(from, other), ...Array.from({ length: share }, () => made?.id ?? 0), ...clean(all - share));
        }
      }

      let taken = clean(units);
      let exact = false;
      const alone = !isLead && singles.has(movement);
      if (alone) {
        const line = from === null ? undefined : lines.get(key(from, asset));
        const pure =
          from !== null &&
          line?.every(isTraced) === true &&
          !unsure.has(key(from, asset)) &&
          !mixed.has(key(from, asset));
        const known = from === null ? clean(units) : take(from, asset, units);
        exact = pure || !known.some(isTraced);
        taken = known.map((unit) => (unit === 'clean' ? 'lead' : unit));
        const fresh = known.filter((unit) => unit === 'clean').length;
        said.lead.set(asset, (said.lead.get(asset) ?? 0n) + BigInt(fresh));
      } else if (!swapsAway && from !== null) {
        const line = lines.get(key(from, asset));
        const pure = line?.every(isTraced) === true && !unsure.has(key(from, asset)) && !mixed.has(key(from, asset));
        const reserve = fee ? [] : (reserves.get(key(from, asset)) ?? []);
        const front = reserve.splice(0, units);
        taken = front.length === units ? front : [...front, ...take(from, asset, units - front.length)];
        exact = pure || (taken.includes('lead') && !taken.some((unit) => typeof unit === 'number'));
        const poison = taken.includes('lead') ? 'lead' : taken.find(isTraced);
        if (method === 'poison' && poison !== undefined) {
          exact &&= taken.every(isTraced);
          taken = taken.map(() => poison);
        }
      }
      const traced = taken.filter(isTraced).length;
      const target = to === null || fee ? undefined : swaps.get(to);
      if (target !== undefined && [target.given, ...target.taken].includes(asset)) continue;
      const cleanly = () => to !== null && push(key(to, asset), ...clean(units));
      if (traced === 0) {
        cleanly();
        continue;
      }
      const made = hop(alone || taken.includes('lead') ? 'lead' : fee ? 'fee' : method, exact, traced);
      const end = (kind: Trace['stops'][number]['kind'], address: Address | null, tag: Tag | null = null) =>
        stop(kind, address, asset, traced, [made.id], time, tag);
      if (to === null) {
        end('burned', null);
        continue;
      }
      if (fee && fees === 'drop') {
        end('fee', null);
        cleanly();
        continue;
      }
      if (BigInt(traced) < bounds.unitsMin) {
        end('small', to);
        cleanly();
        continue;
      }
      const tagged = stopOf(to);
      if (tagged !== null) {
        end(tagged[0], to, tagged[1]);
        continue;
      }
      if (!state.has(to)) {
        const hub = movementsAfter(to, movement) > bounds.movementsPerAddressMax;
        state.set(to, hub ? 'hub' : 'followed');
      }
      const at = state.get(to);
      if (at === 'hub') {
        end('hub', to);
        continue;
      }
      if (movement.kind === 'native' && movement.call) gap('internal-transfers-unread', { address: to });
      open(to, asset, balance);
      push(key(to, asset), ...taken.map((unit) => (unit === 'clean' ? unit : made.id)));
    }
    const left = said.hops.slice(hopsAtStart).filter(({ rule }) => rule !== 'fee');
    if (left.some(({ from }) => from !== null && complex.has(from))) gap('complex-transaction', { txid });
    progress.push({ start: drawn.movements.indexOf(first), hops: said.hops.length, reached: state.size });
  }

  for (const [at, line] of lines) {
    const [address, asset] = at.split(' ') as [Address, AssetId];
    const movesOn = later.some(
      (one) => one.from === address && one.to !== address && one.asset === asset && one.units > 0n,
    );
    for (const unit of line) {
      if (typeof unit !== 'number') continue;
      const by = method === 'haircut' || method === 'poison' ? [...(brought.get(at) ?? [])] : [unit];
      const since = by.map((id) => said.hops[id]?.time ?? '').sort()[0];
      stop(movesOn ? 'limit' : 'unspent', address, asset, 1, by, since ?? '');
    }
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
  return { said, progress };
}
