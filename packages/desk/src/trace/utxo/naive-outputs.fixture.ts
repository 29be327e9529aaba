import { gapKinds, stopKinds, type Tag } from '@gongjo/contract';
import type { UtxoTransaction } from '../../ledger/index.ts';
import type { Question } from '../model.ts';
import { stopByTags } from '../tags.ts';
import { type DrawnLedger, paidFee, rules } from './drawn-outputs.fixture.ts';

/**
 * The same trace as one pass over the whole ledger in the chain's order, unit by unit: slow, with everything known from the
 * start, and written apart from the engine so that the two can be compared.
 */

/** One entry a unit: is it traced? Where a method gives units no place, the traced ones stand first. */
type Marks = boolean[];

interface NaiveHop {
  rule: string;
  certainty: string;
  txid: string;
  ord: number;
  from: string | null;
  to: string | null;
  units: bigint;
  movementUnits: bigint;
}

export interface Naive {
  readonly hops: NaiveHop[];
  readonly stops: {
    kind: string;
    address: string | null;
    units: bigint;
    tag: Tag | null;
    holdings: string[];
    hops: number[];
  }[];
  readonly gaps: string[];
  readonly lead: bigint;
  /** By `txid:ord` the traced units of every output on the way, stopped or not. */
  readonly reach: ReadonlyMap<string, number>;
}

const count = (marks: Marks | undefined) => (marks ?? []).filter(Boolean).length;
const first = (traced: number, size: number): Marks => Array.from({ length: size }, (_, unit) => unit < traced);
const full = (size: number) => first(size, size);
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

function through(method: string, from: number[], to: number[], marks: (Marks | undefined)[]) {
  const got: Marks[] = to.map((size) => first(0, size));
  const given = from.map(() => to.map(() => 0));
  const add = (giver: number, taker: number, units: number) => {
    const row = given[giver];
    if (row !== undefined) row[taker] = (row[taker] ?? 0) + units;
  };
  const all = sum(marks.map(count));
  if (method === 'fifo' || method === 'lifo') {
    const line = from.flatMap((size, giver) => Array.from({ length: size }, (_, unit) => ({ giver, unit })));
    if (method === 'lifo') line.reverse();
    let at = 0;
    for (const [taker, size] of to.entries()) {
      for (let unit = 0; unit < size; unit += 1) {
        const come = line[at++];
        if (come === undefined || marks[come.giver]?.[come.unit] !== true) continue;
        (got[taker] as Marks)[unit] = true;
        add(come.giver, taker, 1);
      }
    }
  } else if (all > 0) {
    const left = marks.map(count);
    for (const [taker, size] of to.entries()) {
      const end = sum(to.slice(0, taker + 1));
      const whole = sum(from);
      const units =
        method === 'poison' ? size : Math.floor((all * end) / whole) - Math.floor((all * (end - size)) / whole);
      got[taker] = first(units, size);
      for (const [giver, share] of shares(units, left).entries()) {
        if (method === 'poison') add(giver, taker, count(marks[giver]) > 0 ? units : 0);
        else {
          add(giver, taker, share);
          left[giver] = (left[giver] ?? 0) - share;
        }
      }
    }
  }
  return { got, given };
}

/** So many units in proportion to what each has, rounded by running sums. */
function shares(units: number, has: readonly number[]): number[] {
  const all = sum(has);
  const until = has.map((_, index) => (all === 0 ? 0 : Math.floor((units * sum(has.slice(0, index + 1))) / all)));
  return until.map((one, index) => one - (until[index - 1] ?? 0));
}

/** Pairs as the bounds count them. */
function pairsOf(method: string, given: number[][], to: number[], marks: (Marks | undefined)[]): number {
  if (method === 'fifo' || method === 'lifo') return sum(given.map((row) => row.filter((units) => units > 0).length));
  return marks.filter((mark) => count(mark) > 0).length * to.filter((size) => size > 0).length;
}

export function naiveOutputs(ledger: DrawnLedger, question: Question): Naive {
  const { method, bounds } = question;
  const forward = question.direction === 'forward';
  const followed = question.fees === 'follow';
  const txs = ledger.transactions;
  const byId = (txid: string) => txs.find((tx) => tx.txid === txid);
  const order = [...txs].sort((a, b) => {
    const late = (tx: UtxoTransaction) => (tx.coinbase && followed ? 1 : 0);
    return (forward ? 1 : -1) * (a.height - b.height || late(a) - late(b) || a.index - b.index);
  });

  const leads = new Map<string, boolean>();
  const gaps: [string, string | null, string | null, number | null][] = [];
  for (const lead of question.leads) {
    if ('address' in lead) {
      const all = txs.flatMap((tx) => tx.outputs.map((output, ord) => ({ key: `${tx.txid}:${ord}`, output })));
      const hers = all.filter(({ output }) => output.address === lead.address);
      const told = hers.slice(0, bounds.movementsPerAddressMax);
      for (const { key, output } of told) if (output.units > 0n) leads.set(key, true);
      if (told.length < hers.length) gaps.push(['history-truncated', lead.address, null, null]);
    } else {
      for (const [ord, output] of (byId(lead.txid)?.outputs ?? []).entries()) {
        const key = `${lead.txid}:${ord}`;
        if (output.units > 0n && (lead.ord ?? ord) === ord) leads.set(key, leads.get(key) ?? false);
      }
    }
  }

  const used = (address: string) => txs.flatMap((tx) => tx.outputs).filter((out) => out.address === address).length;
  const blockedBy = (tx: UtxoTransaction) =>
    tx.outputs.length > bounds.fanOutMax ? 'hub' : !tx.coinbase && rules.coinJoin(tx) ? 'coinjoin' : null;
  const placeEnd = (address: string): { kind: string; tag: Tag | null } | null => {
    const stop = stopByTags(ledger.tags.get(address as never) ?? []);
    return stop ?? (used(address) > bounds.movementsPerAddressMax ? { kind: 'hub', tag: null } : null);
  };
  const feesAt = (height: number) => txs.filter((tx) => tx.height === height).map(paidFee);

  /** What waits at each slot where value comes in, by `txid:slot`; the fee slot is `fee`. */
  const waiting = new Map<string, Marks>();
  const done: { tx: UtxoTransaction; stops: [number, { kind: string; tag: Tag | null } | string, Marks][] }[] = [];
  const reach = new Map<string, number>();
  const hops: NaiveHop[] = [];
  const ranks = new Map(order.map((tx, rank) => [tx.number, rank]));
  let cut = order.length;
  let transactions = 0;
  let pairs = 0;
  let leadUnits = 0;
  const stopHops = new Map<string, number[]>();

  for (const [rank, tx] of order.entries()) {
    const paid = tx.outputs.map((output) => Number(output.units));
    const fees = tx.coinbase ? (followed ? feesAt(tx.height).map(Number) : []) : [];
    const ins = tx.coinbase
      ? [Math.max(0, sum(paid) - sum(fees)), ...fees]
      : tx.inputs.map((input) => Number(input.units ?? 0n));
    let unknown = false;
    if (!tx.coinbase) {
      const gap = tx.inputs.findIndex((input) => input.units === null);
      const lacking = Math.max(0, sum(paid) - sum(ins));
      if (gap >= 0) ins[gap] = lacking;
      unknown = gap >= 0;
    }
    const outs = [...paid, sum(ins) - sum(paid)];
    const [from, to] = forward ? [ins, outs] : [outs, ins];
    const blocked = blockedBy(tx);
    const ownLeads = paid.map((_, ord) => leads.get(`${tx.txid}:${ord}`));
    const isLead = ownLeads.some((lead) => lead !== undefined);
    const reached = from.map((_, slot) => waiting.get(`${tx.txid}:${!forward && slot === paid.length ? 'fee' : slot}`));
    const marks = reached.map((mark, slot) => {
      if (blocked !== null) return undefined;
      return !forward && ownLeads[slot] !== undefined ? full(paid[slot] ?? 0) : mark;
    });
    const { got, given } = through(method, from, to, marks);
    let count_ = pairsOf(method, given, to, marks);
    if (count_ === 0 && !isLead) continue;
    if (forward && isLead) {
      const givers = Math.max(1, ins.filter((size) => size > 0).length);
      const takers = ownLeads.filter((lead) => lead !== undefined).length;
      count_ += method === 'fifo' || method === 'lifo' ? givers + takers - 1 : givers * takers;
    }
    const exceeded = [
      ...(pairs + count_ > bounds.hopsMax ? [bounds.hopsMax] : []),
      ...(transactions + 1 > bounds.addressesMax ? [bounds.addressesMax] : []),
    ];
    if (exceeded.length > 0) {
      cut = rank;
      for (const number of exceeded) gaps.push(['bound-reached', null, null, number]);
      break;
    }
    pairs += count_;
    transactions += 1;

    // Hops.
    const groupOf = ins.map((_, input) =>
      tx.coinbase ? (input === 0 ? 'new' : 'fees') : `${tx.inputs[input]?.address}`,
    );
    const addressOf = (input: number) => (tx.coinbase ? null : (tx.inputs[input]?.address ?? null));
    const made: { key: string; place: number; hop: NaiveHop; outgoing: Set<number> }[] = [];
    const hop = (input: number, ord: number, units: number, lead: boolean, exact: boolean) => {
      const key = `${ord} ${lead} ${groupOf[input]}`;
      const known = made.find((one) => one.key === key);
      if (known !== undefined) {
        if (method !== 'poison') known.hop.units += BigInt(units);
        known.outgoing.add(forward ? ord : input);
        return;
      }
      const isFee = ord === paid.length || groupOf[input] === 'fees';
      made.push({
        key,
        place: (ord * 2 + (lead ? 0 : 1)) * ins.length + groupOf.indexOf(groupOf[input] ?? ''),
        outgoing: new Set([forward ? ord : input]),
        hop: {
          rule: lead ? 'lead' : isFee ? 'fee' : method,
          certainty: exact ? 'exact' : 'heuristic',
          txid: tx.txid,
          ord,
          from: addressOf(input),
          to: tx.outputs[ord]?.address ?? null,
          units: BigInt(method === 'poison' ? (outs[ord] ?? 0) : units),
          movementUnits: BigInt(outs[ord] ?? 0),
        },
      });
    };
    const allTraced = from.every((size, slot) => count(marks[slot]) === size);
    const ways = new Set(to.flatMap((size, slot) => (size > 0 ? [forward ? slot : groupOf[slot]] : [])));
    const exact = !unknown && (allTraced || (method !== 'poison' && ways.size === 1));
    const traced = marks.some((mark) => count(mark) > 0);
    let leadGiven: number[][] | null = null;
    if (forward && isLead && !(method === 'poison' && traced)) {
      const rest = ins.map((size, input) => {
        const mark = marks[input] ?? first(0, size);
        return method === 'haircut' ? first(size - count(mark), size) : mark.map((unit) => !unit);
      });
      leadGiven = through(method, from, to, rest).given;
      const clean = rest.map(count);
      for (const [ord, how] of ownLeads.entries()) {
        if (how === undefined) continue;
        const left = (paid[ord] ?? 0) - count(got[ord]);
        leadUnits += left;
        if (method !== 'haircut') continue;
        for (const [input, share] of shares(left, clean).entries()) {
          (leadGiven[input] as number[])[ord] = share;
          clean[input] = (clean[input] ?? 0) - share;
        }
      }
    }
    for (const ord of outs.keys()) {
      for (const input of ins.keys()) {
        const units = leadGiven?.[input]?.[ord] ?? 0;
        if (units > 0 && ownLeads[ord] !== undefined) hop(input, ord, units, true, !unknown && !traced);
      }
      for (const input of ins.keys()) {
        const units = (forward ? given[input]?.[ord] : given[ord]?.[input]) ?? 0;
        if (units > 0) hop(input, ord, units, false, exact);
      }
    }
    for (const one of made.sort((a, b) => a.place - b.place)) {
      for (const slot of one.outgoing) {
        const key = `${tx.txid}:${slot}`;
        stopHops.set(key, [...(stopHops.get(key) ?? []), hops.length]);
      }
      hops.push(one.hop);
    }
    if (unknown && made.length > 0) gaps.push(['inputs-unknown', null, tx.txid, null]);

    // Where it goes on.
    if (forward) {
      for (const [ord, how] of ownLeads.entries()) if (how !== undefined) got[ord] = full(paid[ord] ?? 0);
    }
    const stops: (typeof done)[number]['stops'] = [];
    for (const [slot, mark] of got.entries()) {
      if (count(mark) === 0) continue;
      let end: { kind: string; tag: Tag | null } | string;
      if (forward) {
        reach.set(`${tx.txid}:${slot}`, count(mark));
        const output = tx.outputs[slot];
        if (output === undefined) {
          const coinbase = txs.find((one) => one.height === tx.height && one.coinbase);
          if (tx.coinbase) end = { kind: 'burned', tag: null };
          else end = followed ? `${coinbase?.txid}:${1 + tx.index}` : { kind: 'fee', tag: null };
        } else if (output.address === null) end = { kind: 'burned', tag: null };
        else {
          const spender = output.spentBy === null ? undefined : txs[output.spentBy.tx];
          const on =
            spender === undefined ? { kind: 'unspent', tag: null } : `${spender.txid}:${output.spentBy?.input}`;
          end = (ownLeads[slot] === true ? null : placeEnd(output.address)) ?? on;
        }
      } else if (tx.coinbase) {
        const payer = txs.find((one) => one.height === tx.height && one.index === slot - 1);
        end = slot === 0 ? { kind: 'mined', tag: null } : `${payer?.txid}:fee`;
      } else {
        const input = tx.inputs[slot];
        const of = input?.of ?? null;
        if (of === null || input?.address == null) end = { kind: 'before-ledger', tag: null };
        else {
          reach.set(`${txs[of.tx]?.txid}:${of.index}`, count(mark));
          end = placeEnd(input.address) ?? `${txs[of.tx]?.txid}:${of.index}`;
        }
      }
      if (typeof end === 'string' && bounds.unitsMin > 1n && count(mark) < bounds.unitsMin)
        end = { kind: 'small', tag: null };
      if (typeof end === 'string') waiting.set(end, mark);
      stops.push([slot, end, mark]);
    }
    if (!forward) {
      for (const [ord, how] of ownLeads.entries()) {
        if (how === undefined) continue;
        const left = (paid[ord] ?? 0) - count(reached[ord]);
        leadUnits += left;
        if (blocked !== null && left > 0) stops.push([-1 - ord, { kind: blocked, tag: null }, first(left, left)]);
      }
    }
    done.push({ tx, stops });
  }

  const stops: Naive['stops'] = [];
  for (const { tx, stops: ended } of done) {
    for (const [slot, end, mark] of ended) {
      let stop: { kind: string; tag: Tag | null };
      if (typeof end === 'string') {
        const next = byId(end.split(':')[0] ?? '') as UtxoTransaction;
        const blocked = blockedBy(next);
        if ((ranks.get(next.number) ?? 0) >= cut) stop = { kind: 'limit', tag: null };
        else if (blocked !== null) stop = { kind: blocked, tag: null };
        else continue;
      } else stop = end;
      let address: string | null = null;
      let holding: string | null = null;
      const input = forward || tx.coinbase || slot < 0 ? undefined : tx.inputs[slot];
      const output = forward ? slot : slot < 0 ? -1 - slot : -1;
      if (tx.outputs[output] !== undefined) {
        address = tx.outputs[output]?.address ?? null;
        holding = `${tx.txid}:${output}=${count(mark)}`;
      } else if (input?.of != null) {
        address = input.address;
        holding = `${txs[input.of.tx]?.txid}:${input.of.index}=${count(mark)}`;
      }
      const held = holding !== null;
      let known = stops.find(
        (one) => one.kind === stop.kind && one.address === address && one.holdings.length > 0 === held,
      );
      if (known === undefined) {
        known = { kind: stop.kind, address, units: 0n, tag: stop.tag, holdings: [], hops: [] };
        stops.push(known);
      }
      known.units += BigInt(count(mark));
      if (holding !== null) known.holdings.push(holding);
      known.hops = [...new Set([...known.hops, ...(stopHops.get(`${tx.txid}:${slot}`) ?? [])])].sort((a, b) => a - b);
    }
  }
  const kinds: readonly string[] = stopKinds;
  stops.sort(
    (a, b) =>
      kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
      (a.address === b.address
        ? Number(b.holdings.length > 0) - Number(a.holdings.length > 0)
        : (a.address ?? '') < (b.address ?? '')
          ? -1
          : 1),
  );
  if (ledger.from > 0) gaps.push(['ledger-starts-late', null, null, ledger.from]);
  const gapNames: readonly string[] = gapKinds;
  const text = gaps
    .sort(
      (a, b) =>
        gapNames.indexOf(a[0]) - gapNames.indexOf(b[0]) ||
        (a[3] ?? 0) - (b[3] ?? 0) ||
        (`${a[1]} ${a[2]}` < `${b[1]} ${b[2]}` ? -1 : 1),
    )
    .map((gap) => gap.join(' '));
  return { hops, stops, gaps: [...new Set(text)], lead: BigInt(leadUnits), reach };
}
