import type { Address, AssetId, BlockHash, ChainId, TxId } from '@gongjo/contract';
import type { BlockEntry, Movement } from '../../packages/desk/src/ledger/index.ts';

export const chain = 'eip155:1' as ChainId;
const asset = 'eip155:1/slip44:60' as AssetId;
const fanOut = 10;

const address = (n: number) => `0x${n.toString(16).padStart(40, '0')}` as Address;
const hash = (n: number) => `0x${n.toString(16).padStart(64, '0')}`;

/**
 * A theft split ten ways as many times over as there are levels, among other people's transfers. `holders` are those who hold
 * it at the end; `pay` adds a block in which these payments are made.
 */
export function spread(levels: number) {
  const entries: BlockEntry[] = [];
  const block = (moves: readonly (readonly [from: number, to: number, units: bigint])[]) => {
    const height = entries.length;
    const time = new Date(1_700_000_000_000 + height * 12_000).toISOString();
    entries.push({
      block: {
        chain,
        height,
        hash: hash(height + 1) as BlockHash,
        parent: hash(height) as BlockHash,
        time,
        transactionCount: moves.length,
      },
      movements: moves.map(
        ([from, to, units], txIndex): Movement => ({
          chain,
          height,
          txIndex,
          ord: 0,
          txid: hash(height * 100_000 + txIndex + 1_000_000) as TxId,
          time,
          kind: 'native',
          from: address(from),
          to: address(to),
          asset,
          units,
          call: false,
        }),
      ),
    });
  };
  const bystander = (n: number) => 10_000_000 + (n % 5000);
  let noise = 0;
  const noisy = (moves: readonly (readonly [number, number, bigint])[]) =>
    block([...moves, ...Array.from({ length: 50 }, () => [bystander(noise++), bystander(noise * 7), 1n] as const)]);
  const whole = 10n ** 18n;
  block([[0, 1, whole]]);
  noisy([[1, 2, whole]]);
  const lead = entries[1]!.movements[0]!.txid;
  let holders = [2];
  let next = 3;
  let share = whole;
  let holdings = 1;
  for (let level = 0; level < levels; level += 1) {
    share /= BigInt(fanOut);
    const reached: number[] = [];
    for (const holder of holders) {
      const to = Array.from({ length: fanOut }, () => next++);
      noisy(to.map((it) => [holder, it, share] as const));
      reached.push(...to);
    }
    holders = reached;
    holdings += reached.length;
  }
  return { entries, lead, holdings, holders, pay: noisy };
}
