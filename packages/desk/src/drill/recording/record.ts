import type { Address, AssetId, ChainId, DrillChainKin, RecordDrill, TxId } from '@gongjo/contract';
import { GongjoError, instant } from '../../kernel/index.ts';
import { coverageOf, familyOf, type Ledger, type Movement, namespaceOf } from '../../ledger/index.ts';
import { type Clock, sha256Hex } from '../../platform/index.ts';
import { type RecordedBlock, type Recording, recordedBlocksMax, recordedMovementsMax } from './model.ts';
import { writeRecording } from './recording.store.ts';

/** Blocks that are read from the ledger at once. */
const blocksAtOnce = 50;

/**
 * Records the blocks of an incident from the ledger, whichever way they came into it, with the tags of the addresses in them.
 * Throws `chain-unknown`, `drill-recording-unreadable`.
 */
export async function recordDrill(
  { ledger, clock }: { readonly ledger: Ledger; readonly clock: Clock },
  { chain, txids, from, to, folder }: RecordDrill,
): Promise<{ readonly folder: string; readonly blocks: number; readonly movements: number }> {
  const { tip, from: first } = await coverageOf(ledger, chain);
  const span = { from: Math.max(from, first), to: Math.min(to, tip.height) };
  const count = span.to - span.from + 1;
  const refuse = (detail: string) => new GongjoError('drill-recording-unreadable', { folder, detail });
  if (!['eip155', 'bip122'].includes(namespaceOf(chain))) throw refuse(`${chain} is like no chain of exercises`);
  if (count < 1 || count > recordedBlocksMax) throw refuse(`${count} blocks, at most ${recordedBlocksMax}`);
  const kin: DrillChainKin = familyOf(chain) === 'utxo' ? 'outputs' : 'accounts';
  const seen = { addresses: new Set<Address>(), assets: new Set<AssetId>(), txids: new Set<TxId>(), movements: 0 };
  const read = kin === 'outputs' ? outputBlocks : accountBlocks;
  async function* blocks(): AsyncGenerator<RecordedBlock> {
    for (let at = span.from; at <= span.to; at += blocksAtOnce)
      for (const block of await read(ledger, chain, at, Math.min(at + blocksAtOnce - 1, span.to), seen)) {
        if (seen.movements > recordedMovementsMax) throw refuse(`more than ${recordedMovementsMax} movements`);
        yield block;
      }
    const missing = txids.find((txid) => !seen.txids.has(txid));
    if (missing !== undefined) throw new GongjoError('transaction-unknown', { txid: missing });
  }
  let head: Pick<Recording, 'assets' | 'tags'> = { assets: [], tags: [] };
  async function* withHead(): AsyncGenerator<RecordedBlock> {
    yield* blocks();
    const tags = [...(await ledger.tags(chain, [...seen.addresses])).values()].flat();
    head = { tags, assets: [...(await ledger.assets([...seen.assets])).values()] };
  }
  await writeRecording(folder, withHead(), () => ({
    ...{ format: 'gongjo-drill-recording-1', chain, kin, txids: [...txids], blocks: count, ...head },
    recordedAt: instant(clock.now()),
  }));
  return { folder, blocks: count, movements: seen.movements };
}

interface Seen {
  readonly addresses: Set<Address>;
  readonly assets: Set<AssetId>;
  readonly txids: Set<TxId>;
  movements: number;
}

async function accountBlocks(ledger: Ledger, chain: ChainId, from: number, to: number, seen: Seen) {
  const byHeight = Map.groupBy(await ledger.movementsBetween(chain, from, to), ({ height }) => height);
  const blocks: RecordedBlock[] = [];
  for (let height = from; height <= to; height += 1) {
    const time = (await ledger.blockAt(chain, height))?.time ?? '';
    const byTx = Map.groupBy(byHeight.get(height) ?? [], ({ txid }) => txid);
    const accounts = [...byTx].map(([txid, moves]) => ({ txid, moves: moves.map((move) => moveOf(move, seen)) }));
    for (const { txid } of accounts) seen.txids.add(txid);
    blocks.push({ time, accounts });
  }
  return blocks;
}

function moveOf({ from, to, asset, units, kind, call }: Movement, seen: Seen) {
  seen.movements += 1;
  seen.assets.add(asset);
  for (const address of [from, to]) if (address !== null) seen.addresses.add(address);
  return [from, to, asset, units.toString(), kind, call] as [
    typeof from,
    typeof to,
    AssetId,
    string,
    typeof kind,
    boolean,
  ];
}

async function outputBlocks(ledger: Ledger, chain: ChainId, from: number, to: number, seen: Seen) {
  const transactions = await ledger.utxo.transactionsBetween(chain, from, to);
  const numbers = [...new Set(transactions.flatMap(({ inputs }) => inputs.flatMap(({ of }) => of?.tx ?? [])))];
  const names = await ledger.utxo.identifiers(chain, numbers);
  const byHeight = Map.groupBy(transactions, ({ height }) => height);
  const blocks: RecordedBlock[] = [];
  for (let height = from; height <= to; height += 1) {
    const time = (await ledger.blockAt(chain, height))?.time ?? '';
    const outputs = (byHeight.get(height) ?? []).map(({ txid, coinbase, inputs, outputs: made }) => {
      seen.txids.add(txid);
      seen.movements += made.length;
      for (const { address } of made) if (address !== null) seen.addresses.add(address);
      const spent = inputs.map(({ of }, at): [TxId, number] => {
        const name = of && names.get(of.tx);
        // An output that the ledger does not hold is nobody's, and no other's.
        return of && name ? [name, of.index] : [sha256Hex(`unknown ${txid} ${at}`) as TxId, 0];
      });
      return {
        txid,
        inputs: coinbase ? [] : spent,
        outputs: made.map(
          ({ address, units, type }) => [address, units.toString(), type] as [typeof address, string, typeof type],
        ),
      };
    });
    blocks.push({ time, outputs });
  }
  return blocks;
}
