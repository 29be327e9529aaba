import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createPublicClient, http } from 'viem';
import { evmReader, followAccounts, type Rpc, rpcClient } from '../../packages/desk/src/chain/index.ts';
import { openLedger } from '../../packages/desk/src/ledger/index.ts';
import { openColumns, systemClock } from '../../packages/desk/src/platform/index.ts';
import { type Figure, rate, timed } from './figure.ts';
import { hex, startNode } from './node.ts';

const blocks = 100;
const transactionsPerBlock = 100;
const transactions = blocks * transactionsPerBlock;

/** Transactions a second into an empty embedded ledger: from a real node, and from its recorded answers. */
export async function benchIngest(): Promise<Figure[]> {
  const node = await startNode();
  try {
    for (let block = 0; block < blocks; block += 1) {
      await node.batch(
        Array.from({ length: transactionsPerBlock }, (_, index) => ({
          method: 'eth_sendTransaction',
          params: [
            {
              from: node.rich,
              to: `0x${(block * transactionsPerBlock + index + 1).toString(16).padStart(40, '0')}`,
              value: hex(1),
              gas: hex(21_000),
            },
          ],
        })),
      );
      await node.rpc('evm_mine');
    }
    const live = rpcClient({ url: node.url });
    const recorded = new Map<string, Awaited<ReturnType<Rpc['batch']>>[number]>();
    const recording: Rpc = {
      url: live.url,
      call: live.call,
      batch: async (calls, signal) => {
        const answers = await live.batch(calls, signal);
        for (const [index, call] of calls.entries()) recorded.set(JSON.stringify(call), answers[index] as never);
        return answers;
      },
    };
    await intoLedger(recording);
    const fromNode = await timed(() => intoLedger(live));
    const replaying: Rpc = {
      ...live,
      batch: async (calls) => calls.map((call) => recorded.get(JSON.stringify(call)) as never),
    };
    const fromRecording = await timed(() => intoLedger(replaying));
    const withViem = await timed(() => readWithViem(node.url));
    return [
      {
        what: `ingest from anvil, ${transactions.toLocaleString('en')} transactions, into chDB`,
        figure: rate(transactions, fromNode.ms, 'transactions'),
        against: `${(withViem.ms / fromNode.ms).toFixed(1)} × viem reading blocks and receipts one by one, storing nothing`,
      },
      {
        what: 'ingest from recorded responses, into chDB',
        figure: rate(transactions, fromRecording.ms, 'transactions'),
      },
    ];
  } finally {
    await node.stop();
  }
}

async function intoLedger(rpc: Rpc): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-bench-'));
  const columns = await openColumns({ folder: path.join(folder, 'ledger') });
  try {
    const ledger = await openLedger(columns);
    await followAccounts({
      open: (signal) => evmReader({ rpc, signal }),
      ledger,
      from: 0,
      mode: 'once',
      signal: new AbortController().signal,
      clock: systemClock,
    });
  } finally {
    await columns.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a person would write with the usual library. */
async function readWithViem(url: string): Promise<number> {
  const client = createPublicClient({ transport: http(url) });
  const tip = Number(await client.getBlockNumber());
  let read = 0;
  for (let height = 0; height <= tip; height += 1) {
    const block = await client.getBlock({ blockNumber: BigInt(height), includeTransactions: true });
    const receipts = await client.request({ method: 'eth_getBlockReceipts' as never, params: [hex(height)] as never });
    read += block.transactions.length + (receipts as unknown[]).length;
  }
  return read;
}
