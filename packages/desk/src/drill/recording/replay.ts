import type { Address, AssetId, TxId } from '@gongjo/contract';
import { epochMs, GongjoError, invariant } from '../../kernel/index.ts';
import { addressText, storedAddress } from '../../ledger/index.ts';
import { sha256Hex } from '../../platform/index.ts';
import type { Book, Heist, HeistPlan, PlayedBlock, PlayedSpend, PlayedTx } from '../heist/model.ts';
import type { ReadRecording } from './recording.store.ts';

/** Somebody notices, and reports. */
const reportedAfterS = 60;
/** How many digits at each end of an account stay, so that what imitates another still does. */
const endDigits = 4;

export const noBook: Book = {
  ...{ stolen: [], laundering: new Map(), deposits: [], acts: [], freezable: [], thiefs: new Map(), ends: [] },
};

/**
 * A recorded incident, to be played. Addresses and transactions get other names, each always the same one, for objects about
 * wallets and transactions go by their names: under their own, the end of the exercise would take back what is true.
 */
export function replayOf(plan: HeistPlan & { readonly id: string }, { head, blocks }: ReadRecording): Heist {
  const { kin } = head;
  const chain = plan.chains[kin];
  const names = new Map<Address, Address>();
  const addressOf = (address: Address): Address => {
    const known = names.get(address) ?? renamed(plan, head, address);
    names.set(address, known);
    return known;
  };
  const nameOf = (address: Address | null) => address && addressOf(address);
  const txidOf = (txid: TxId): TxId => {
    const digest = sha256Hex(`${plan.id} ${txid}`);
    return (kin === 'accounts' ? `0x${digest}` : digest) as TxId;
  };
  const assetOf = (asset: AssetId) => `${chain}${asset.slice(asset.indexOf('/'))}` as AssetId;
  const stolenAt = blocks.find((block) =>
    (block.accounts ?? block.outputs ?? []).some(({ txid }) => head.txids.includes(txid)),
  );
  if (!stolenAt) throw new GongjoError('transaction-unknown', { txid: head.txids[0] ?? '' });
  const startS = epochMs(stolenAt.time) / 1000;
  const atS = ({ time }: { readonly time: string }) => epochMs(time) / 1000 - startS;
  const accounts = blocks.map(
    (block): PlayedBlock<PlayedTx> => ({
      atS: atS(block),
      txs: (block.accounts ?? []).map(({ txid, moves }) => ({
        txid: txidOf(txid),
        moves: moves.map(([from, to, asset, units, kind, call]) => ({
          ...{ from: nameOf(from), to: nameOf(to), asset: assetOf(asset), units: BigInt(units), kind, call },
        })),
      })),
    }),
  );
  const outputs = blocks.map(
    (block): PlayedBlock<PlayedSpend> => ({
      atS: atS(block),
      txs: (block.outputs ?? []).map(({ txid, inputs, outputs: made }) => ({
        txid: txidOf(txid),
        inputs: inputs.map(([of, index]) => ({ txid: txidOf(of), index })),
        outputs: made.map(([address, units, type]) => ({ address: nameOf(address), units: BigInt(units), type })),
      })),
    }),
  );
  return {
    plan,
    accounts: kin === 'accounts' ? accounts : [],
    outputs: kin === 'outputs' ? outputs : [],
    assets: head.assets.map((asset) => ({ ...asset, id: assetOf(asset.id) })),
    tags: head.tags.map(({ source: _, ...tag }) => ({
      ...tag,
      ...{ chain, address: addressOf(tag.address), label: `[DRILL] ${tag.label}`.slice(0, 500) },
    })),
    watched: [],
    reports: [{ atS: reportedAfterS, moved: [{ chain, txids: head.txids.map(txidOf) }] }],
    book: noBook,
  };
}

function renamed(
  { id, chains }: HeistPlan & { readonly id: string },
  head: ReadRecording['head'],
  address: Address,
): Address {
  const digest = sha256Hex(`${id} ${address}`);
  if (head.kin === 'accounts') {
    const middle = digest.slice(0, 40 - 2 * endDigits);
    return (address.slice(0, 2 + endDigits) + middle + address.slice(-endDigits)) as Address;
  }
  const stored = storedAddress(head.chain, address);
  invariant(stored, 'a recording has addresses of its chain');
  const bytes = Uint8Array.from(stored);
  const fresh = Buffer.from(digest + sha256Hex(`${id} ${address} more`), 'hex');
  bytes.set(fresh.subarray(0, bytes.length - 1), 1);
  return addressText(chains.outputs, bytes);
}
