import type { Address, ChainId, Instant } from '@gongjo/contract';
import { familyOf, type Ledger } from '../ledger/index.ts';
import { type Dealings, dealingsOf, type Hit } from '../watch/index.ts';

/** Addresses whose past is looked up in a round; of a list that moves as one, the others are told without it. */
const addressesMax = 500;
/** Of each, this many movements: whom an address deals with shows in them. */
const movementsMax = 500;
/** An address with more outputs than these is not one that sleeps. */
const outputsMax = 1000;
const wholeBlock = 0xffff_ffff;

/** When addresses that send in these hits were last seen before; those that the ledger first sees now are left out. */
export async function lastSeenBefore(
  ledger: Ledger,
  chain: ChainId,
  hits: readonly Hit[],
): Promise<Map<Address, Instant>> {
  const firsts = new Map<Address, number>();
  for (const { movement, address } of hits)
    if (movement.from === address && movement.units > 0n)
      firsts.set(address, Math.min(movement.height, firsts.get(address) ?? movement.height));
  const asked = [...firsts].slice(0, addressesMax);
  const found = new Map<Address, Instant>();
  if (asked.length === 0) return found;
  if (familyOf(chain) === 'account') {
    const upTo = asked.map(([address, height]) => ({
      address,
      upTo: { height: height - 1, txIndex: wholeBlock, ord: wholeBlock },
    }));
    for (const [address, { movements }] of await ledger.histories(chain, upTo, 1, wholeBlock)) {
      const last = movements.at(-1);
      if (last) found.set(address, last.time);
    }
    return found;
  }
  // A round looks at one block most often: then all of them are read at once.
  for (const [height, some] of Map.groupBy(asked, ([, height]) => height)) {
    const below = await ledger.utxo.numberAfter(chain, height - 1);
    const addresses = some.map(([address]) => address);
    const last = new Map<Address, number>();
    for (const [address, rows] of await ledger.utxo.received(chain, addresses, outputsMax, below)) {
      if (rows.truncated || rows.outputs.length === 0) continue;
      const times = rows.outputs.map(({ at, spentBy }) =>
        Math.max(at.tx, spentBy && spentBy.tx < below ? spentBy.tx : 0),
      );
      last.set(address, Math.max(...times));
    }
    const transactions = await ledger.utxo.transactions(chain, [...new Set(last.values())], below);
    for (const [address, number] of last) {
      const tx = transactions.get(number);
      if (tx) found.set(address, tx.time);
    }
  }
  return found;
}

/** Whom the addresses of these hits dealt with before; on chains of outputs, nobody is told apart by looks. */
export async function dealingsBefore(
  ledger: Ledger,
  chain: ChainId,
  hits: readonly Hit[],
): Promise<Map<Address, Dealings>> {
  if (familyOf(chain) !== 'account') return new Map();
  const firsts = new Map<Address, number>();
  for (const { movement, address } of hits)
    firsts.set(address, Math.min(movement.height, firsts.get(address) ?? movement.height));
  const asked = [...firsts]
    .slice(0, addressesMax)
    .map(([address, height]) => ({ address, upTo: { height: height - 1, txIndex: wholeBlock, ord: wholeBlock } }));
  if (asked.length === 0) return new Map();
  const histories = await ledger.histories(chain, asked, movementsMax, wholeBlock);
  return new Map([...histories].map(([address, { movements }]) => [address, dealingsOf(address, movements)]));
}
