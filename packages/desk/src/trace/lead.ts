import type { Address, AssetId, TxId } from '@gongjo/contract';
import { GongjoError, invariant, type Position } from '../kernel/index.ts';
import type { HistoryRows, Movement } from '../ledger/index.ts';
import type { Account } from './account.ts';
import type { Entry } from './facts.ts';
import type { Ask, Lead, Question, Rows } from './model.ts';
import { netsOf } from './nets.ts';

/** Before everything that a chain can hold. */
const beforeAll: Position = { height: -1, txIndex: 0, ord: 0 };

/** After everything that a chain can hold. */
const afterAll: Position = { height: Number.MAX_SAFE_INTEGER, txIndex: 0, ord: 0 };

/** Of a transaction all that it took from its owners, or only these of its movements, whole. */
export type LeadPart = 'all' | ReadonlySet<number>;

/** What an owner lost. */
export interface Loss {
  readonly account: Account;
  readonly asset: AssetId;
  readonly units: bigint;
}

/**
 * Whoever has less of an asset after the transaction than before, fees left out, is an owner from whom the difference was
 * taken. Where the transaction is an exchange, both sides are owners and both ways are followed.
 * Throws `lead-moves-nothing` when there is no owner, e.g. for a call that only pays its fee.
 */
export function takenIn(entry: Entry): Loss[] {
  const taken: Loss[] = [];
  for (const [account, net] of netsOf(entry.moves)) {
    for (const [asset, units] of net) if (units < 0n) taken.push({ account, asset, units: -units });
  }
  if (taken.length === 0) throw new GongjoError('lead-moves-nothing', { txid: entry.txid });
  return taken;
}

/** Whether a movement brings anyone anything. */
export function movesValue({ from, to, units }: Movement): boolean {
  return units > 0n && from !== to;
}

/** The movements by which an address received something, among rows of it, in chain order. */
export function receiptsOf(address: Address, movements: readonly Movement[]): Movement[] {
  return movements.filter((movement) => movement.to === address && movesValue(movement));
}

/** The first question of a trace: the leads' transactions, and what their addresses received. */
export function leadsAsk({ leads, bounds, direction }: Question): Ask {
  const addresses = [...new Set(leads.flatMap((lead) => ('address' in lead ? [lead.address] : [])))].sort();
  const isForward = direction === 'forward';
  return {
    transactions: [...new Set(leads.flatMap((lead) => ('txid' in lead ? [lead.txid] : [])))].sort(),
    accounts: isForward ? addresses.map((address) => ({ address, after: beforeAll })) : [],
    histories: isForward ? [] : addresses.map((address) => ({ address, upTo: afterAll })),
    movementsMax: bounds.movementsPerAddressMax,
    tags: [],
    assets: [],
  };
}

/**
 * The leads by transaction. A lead that names a whole transaction covers its movements too. Throws `transaction-unknown`,
 * `movement-unknown`, `lead-moves-nothing` and `address-received-nothing`.
 */
export function resolveLeads(
  leads: readonly Lead[],
  transactions: Rows['transactions'],
  received: ReadonlyMap<Address, Pick<HistoryRows, 'movements' | 'truncated'>>,
): Map<TxId, LeadPart> {
  const parts = new Map<TxId, 'all' | Set<number>>();
  const add = ({ txid, ord }: Movement) => {
    const part = parts.get(txid);
    if (part === undefined) parts.set(txid, new Set([ord]));
    else if (part !== 'all') part.add(ord);
  };
  for (const lead of leads) {
    if ('address' in lead) {
      const rows = received.get(lead.address);
      invariant(rows !== undefined, 'what a lead address received was answered');
      const receipts = receiptsOf(lead.address, rows.movements);
      if (receipts.length === 0 && !rows.truncated)
        throw new GongjoError('address-received-nothing', { address: lead.address });
      for (const movement of receipts) add(movement);
      continue;
    }
    const { txid, ord } = lead;
    const movements = transactions.get(txid);
    if (movements === undefined) throw new GongjoError('transaction-unknown', { txid });
    if (movements.length === 0) throw new GongjoError('lead-moves-nothing', { txid });
    if (ord === null) {
      parts.set(txid, 'all');
      continue;
    }
    const movement = movements.find((one) => one.ord === ord);
    if (movement === undefined) throw new GongjoError('movement-unknown', { txid, index: ord });
    if (!movesValue(movement)) throw new GongjoError('lead-moves-nothing', { txid });
    add(movement);
  }
  return parts;
}
