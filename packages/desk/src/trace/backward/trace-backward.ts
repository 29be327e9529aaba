import type { Address, TxId } from '@gongjo/contract';
import { comparePositions, GongjoError } from '../../kernel/index.ts';
import type { HistoryRows, Movement } from '../../ledger/index.ts';
import { isFee } from '../facts.ts';
import { traceOf } from '../findings.ts';
import { type LeadPart, leadsAsk, receiptsOf, resolveLeads } from '../lead.ts';
import type { Ask, Gap, Question, Rows, Trace } from '../model.ts';
import { lossesIn } from '../nets.ts';
import { compareText } from '../tags.ts';
import { Past } from './past.ts';
import type { Range } from './ranges.ts';
import { BackwardRun } from './run.ts';

/**
 * Where what the leads took came from: back through whoever sent it, by the method's rule read in reverse. Each sender's
 * outflow is explained by its earlier receipts; with FIFO and LIFO by those that a forward trace brings there, unit by unit.
 * A value ends where it was issued (`mined`), where the ledger does not know how its holder got it (`before-ledger`), at
 * whoever carries a stopping tag, at a hub (more than `movementsPerAddressMax` movements up to the outflow), and at a bound.
 *
 * What a holder received in a swap came for what it gave (`exchangeIn`). An exchange in another shape is followed to whoever
 * gave the value, with the gap `complex-transaction`.
 * Yields, returns and throws what `trace` does.
 */
export function* traceBackward(question: Question): Generator<Ask, Trace, Rows> {
  const past = new Past();
  const received = new Map<Address, HistoryRows>();
  let transactions: Rows['transactions'] | null = null;
  for (let ask: Ask | null = leadsAsk(question); ask !== null; ) {
    const rows: Rows = yield ask;
    past.learn(ask, rows);
    transactions ??= rows.transactions;
    for (const { address } of ask.histories) {
      const told = rows.histories.get(address);
      if (told !== undefined) received.set(address, told);
    }
    const missing: Ask['histories'] = ask.histories.filter(({ address }) => !received.has(address));
    ask = missing.length === 0 ? null : { ...ask, transactions: [], histories: missing };
  }
  const parts = resolveLeads(question.leads, transactions ?? new Map(), received);
  const leads = leadRanges(question, parts, transactions ?? new Map(), received);
  const run = new BackwardRun(past, question, leads);
  for (;;) {
    run.execute();
    const ask = nextAsk(run, past, question);
    if (ask === null) break;
    past.learn(ask, yield ask);
  }
  const steps = run.steps();
  const lead = [...leads.keys()].sort(comparePositions).map(({ txid }) => txid);
  return traceOf({
    question,
    coverage: past.coverage,
    lead: [...new Set(lead)],
    hops: steps.flatMap((step) => step.hop ?? []),
    taken: steps.flatMap((step) => step.taken),
    swapped: steps.flatMap((step) => step.swapped),
    gaps: [...cutHistories(received, question), ...steps.flatMap((step) => step.gaps)],
    cut: run.cut,
    arrivals: [...steps.flatMap((step) => step.arrivals), ...run.rest()],
    decoys: () => [],
    asset: (id) => past.asset(id),
  });
}

/** Which units of which movements the leads name. */
function leadRanges(
  { method }: Question,
  parts: ReadonlyMap<TxId, LeadPart>,
  transactions: Rows['transactions'],
  received: ReadonlyMap<Address, HistoryRows>,
): Map<Movement, readonly Range[]> {
  const leads = new Map<Movement, readonly Range[]>();
  const known = new Map<TxId, Movement[]>();
  for (const [txid, movements] of transactions) known.set(txid, [...movements]);
  for (const { address, movements } of received.values()) {
    for (const movement of receiptsOf(address, movements)) {
      const list = known.get(movement.txid);
      if (list === undefined) known.set(movement.txid, [movement]);
      else if (!list.some(({ ord }) => ord === movement.ord)) list.push(movement);
    }
  }
  for (const [txid, part] of parts) {
    const movements = (known.get(txid) ?? []).sort((a, b) => a.ord - b.ord);
    if (part === 'all') {
      for (const [movement, units] of lost(txid, movements)) {
        leads.set(movement, [{ from: 0n, to: method === 'poison' ? movement.units : units }]);
      }
      continue;
    }
    for (const movement of movements) {
      if (part.has(movement.ord)) leads.set(movement, [{ from: 0n, to: movement.units }]);
    }
  }
  return leads;
}

/** What of each movement is an owner's loss: its first outflows, up to what it has less after the transaction. */
function lost(txid: TxId, movements: readonly Movement[]): Map<Movement, bigint> {
  const losses = lossesIn(movements);
  if (losses.size === 0) throw new GongjoError('lead-moves-nothing', { txid });
  const found = new Map<Movement, bigint>();
  for (const movement of movements) {
    const { from, to, asset, units } = movement;
    const loss = losses.get(`${from} ${asset}`) ?? 0n;
    if (isFee(movement) || from === null || from === to || units === 0n || loss === 0n) continue;
    const part = units < loss ? units : loss;
    losses.set(`${from} ${asset}`, loss - part);
    found.set(movement, part);
  }
  return found;
}

function nextAsk(run: BackwardRun, past: Past, { bounds }: Question): Ask | null {
  const tags = new Set<Address>();
  const histories: { address: Address; upTo: Movement }[] = [];
  const transactions = new Set<TxId>();
  for (const { wants, node } of run.wanting()) {
    for (const { address } of wants?.tags ?? []) tags.add(address);
    if (wants?.history) histories.push({ address: wants.history.address, upTo: node.movement });
    if (wants?.transaction) transactions.add(node.movement.txid);
  }
  const assets = [...run.assets].filter((id) => !past.knows(id)).sort();
  if (tags.size + histories.length + transactions.size + assets.length === 0) return null;
  return {
    transactions: [...transactions].sort(),
    accounts: [],
    histories: histories
      .map(({ address, upTo: { height, txIndex, ord } }) => ({ address, upTo: { height, txIndex, ord } }))
      .sort((a, b) => compareText(a.address, b.address)),
    movementsMax: bounds.movementsPerAddressMax,
    tags: [...tags].sort(),
    assets,
  };
}

/** Only the newest movements of a lead's address were read. */
function cutHistories(received: ReadonlyMap<Address, HistoryRows>, { bounds }: Question): Gap[] {
  return [...received.values()].flatMap(({ address, truncated }): Gap[] =>
    truncated ? [{ kind: 'history-truncated', address, txid: null, number: bounds.movementsPerAddressMax }] : [],
  );
}
