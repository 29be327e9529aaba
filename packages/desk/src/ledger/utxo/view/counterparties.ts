import type { Address, AssetId, Counterparty } from '@gongjo/contract';
import type { UtxoTransaction } from '../model.ts';
import { coinJoinVerdict } from '../verdict/coinjoin.ts';

interface Dealings {
  gave: bigint;
  took: bigint;
  transactions: number;
}

/**
 * Whom an address dealt with, the largest first (what was given and taken together, then by address). Where it spends, every
 * other output's address took the share of that output that the address's inputs are of all inputs, rounded down; where it
 * only receives, every input's address gave its share of what arrived. Addresses that spend beside it are not its
 * counterparties (multi-input heuristic); a CoinJoin's and a coinbase's nobody is.
 */
export function counterpartiesOf(
  address: Address,
  asset: AssetId,
  transactions: Iterable<UtxoTransaction>,
): Counterparty[] {
  const all = new Map<Address, Dealings>();
  for (const tx of transactions) {
    if (tx.coinbase || coinJoinVerdict(tx) !== null) continue;
    const inputs = sums(tx.inputs);
    const outputs = sums(tx.outputs);
    const total = totalOf(tx);
    const own = inputs.get(address);
    if (total === 0n) continue;
    if (own !== undefined) {
      for (const [payee, units] of outputs)
        if (!inputs.has(payee)) deal(all, payee, { gave: 0n, took: (units * own) / total });
    } else {
      const arrived = outputs.get(address) ?? 0n;
      for (const [payer, units] of inputs) deal(all, payer, { gave: (arrived * units) / total, took: 0n });
    }
  }
  return [...all]
    .sort(([a, one], [b, other]) => {
      const less = one.gave + one.took - (other.gave + other.took);
      return less > 0n ? -1 : less < 0n ? 1 : a < b ? -1 : 1;
    })
    .map(([party, { gave, took, transactions: count }]) => ({
      address: party,
      asset,
      gaveUnits: String(gave),
      tookUnits: String(took),
      transactions: count,
    }));
}

function deal(all: Map<Address, Dealings>, party: Address, { gave, took }: Omit<Dealings, 'transactions'>): void {
  const known = all.get(party);
  if (known === undefined) all.set(party, { gave, took, transactions: 1 });
  else {
    known.gave += gave;
    known.took += took;
    known.transactions += 1;
  }
}

/** All that was put in. Where the ledger does not hold an input, at least what came out. */
function totalOf({ inputs, outputs }: UtxoTransaction): bigint {
  const known = inputs.reduce((total, { units }) => total + (units ?? 0n), 0n);
  const out = outputs.reduce((total, { units }) => total + units, 0n);
  return known > out ? known : out;
}

function sums(
  items: readonly { readonly address: Address | null; readonly units: bigint | null }[],
): Map<Address, bigint> {
  const sum = new Map<Address, bigint>();
  for (const { address, units } of items)
    if (address !== null) sum.set(address, (sum.get(address) ?? 0n) + (units ?? 0n));
  return sum;
}
