import type { Address, TxId } from '@gongjo/contract';
import { GongjoError } from '../../kernel/index.ts';
import type { Lead } from '../model.ts';
import type { Facts } from './facts.ts';
import type { UtxoRows } from './model.ts';
import type { Step } from './step.ts';

export interface Leads {
  readonly txids: ReadonlySet<TxId>;
  readonly addresses: ReadonlySet<Address>;
}

export function leadsOf(leads: readonly Lead[]): Leads {
  const txids = new Set<TxId>();
  const addresses = new Set<Address>();
  for (const lead of leads) {
    if ('address' in lead) addresses.add(lead.address);
    else txids.add(lead.txid);
  }
  return { txids, addresses };
}

export interface Start {
  readonly steps: readonly Step[];
  /** Lead addresses that received more than the bound; the trace starts at the first part of it. */
  readonly truncated: readonly Address[];
}

/**
 * Marks the outputs at which the trace starts. A transaction's outputs end where tags say so, like any others; those of a
 * lead address are followed whatever its tags, because that is what was asked.
 * Throws `transaction-unknown`, `lead-output-unknown`, `lead-address-unseen`, and `lead-moves-nothing` for outputs that hold
 * nothing.
 */
export function start(facts: Facts, leads: readonly Lead[], rows: UtxoRows): Start {
  const steps = new Set<Step>();
  const truncated = new Set<Address>();
  const mark = (step: Step, output: number, how: 'plain' | 'sure') => {
    step.leads ??= new Map();
    if (step.leads.get(output) !== 'sure') step.leads.set(output, how);
    steps.add(step);
  };
  for (const lead of leads) {
    if ('address' in lead) {
      const received = rows.received.get(lead.address);
      const holding = received?.outputs.filter((output) => output.units > 0n) ?? [];
      if (received === undefined || (holding.length === 0 && !received.truncated)) {
        throw new GongjoError('lead-address-unseen', { address: lead.address });
      }
      for (const { at } of holding) mark(facts.step(at.tx), at.index, 'sure');
      if (received.truncated) truncated.add(lead.address);
      continue;
    }
    const { txid, ord } = lead;
    const number = rows.numbers.get(txid);
    const tx = number === undefined ? undefined : rows.transactions.get(number);
    if (tx === undefined) throw new GongjoError('transaction-unknown', { txid });
    if (ord !== null && ord >= tx.outputs.length) throw new GongjoError('lead-output-unknown', { txid, ord });
    const outputs = [...tx.outputs.entries()].filter(([index]) => ord === null || index === ord);
    const holding = outputs.filter(([, output]) => output.units > 0n);
    if (holding.length === 0) throw new GongjoError('lead-moves-nothing', { txid });
    const step = facts.know(tx);
    for (const [index] of holding) mark(step, index, 'plain');
  }
  for (const step of steps) {
    step.leads = new Map([...(step.leads ?? [])].sort(([a], [b]) => a - b));
    const tx = rows.transactions.get(step.number);
    if (tx !== undefined) facts.know(tx);
  }
  return { steps: [...steps], truncated: [...truncated] };
}
