import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Address, AssetId, BlockHash, ChainId, TxId } from '@gongjo/contract';
import type { Position } from '../kernel/index.ts';
import type { Block, Ledger } from '../ledger/index.ts';
import type { Ask } from '../trace/index.ts';
import { ledgerRows } from './rows.ts';

const chain = 'eip155:1' as ChainId;
const block: Block = {
  chain,
  height: 9,
  hash: '0x9' as BlockHash,
  parent: '0x8' as BlockHash,
  time: '2026-01-01T00:00:00.000Z',
  transactionCount: 0,
};
const at = (height: number): Position => ({ height, txIndex: 0, ord: 0 });
const ask = (parts: Partial<Ask>): Ask => ({
  transactions: [],
  accounts: [],
  histories: [],
  movementsMax: 5,
  tags: [],
  assets: [],
  ...parts,
});
const [a, b] = ['0xa', '0xb'] as [Address, Address];

/** A ledger that knows every address from the position it was asked for, and counts how often it is asked. */
function countingLedger() {
  const asked: { address: Address; after: Position }[][] = [];
  const told: { address: Address; after: Position }[][] = [];
  const ledger = {
    coverage: async () => ({ chain, from: 0, tip: block }),
    transactions: async (_chain: ChainId, txids: readonly TxId[]) => new Map(txids.map((txid) => [txid, []])),
    accounts: async (_chain: ChainId, accounts: readonly { address: Address; after: Position }[]) => {
      asked.push([...accounts]);
      return new Map(
        accounts.map(({ address, after }) => [
          address,
          { address, opening: new Map([['x' as AssetId, BigInt(after.height)]]), movements: [], truncated: false },
        ]),
      );
    },
    histories: async (_chain: ChainId, histories: readonly { address: Address; upTo: Position }[]) => {
      if (histories.length > 0) told.push(histories.map(({ address, upTo }) => ({ address, after: upTo })));
      return new Map(histories.map(({ address }) => [address, { address, movements: [], truncated: false }]));
    },
    tags: async () => new Map(),
    assets: async () => new Map(),
  } as unknown as Ledger;
  return { ledger, asked: () => asked.filter((accounts) => accounts.length > 0), histories: () => told };
}

test('an account asked from another position is read again', async () => {
  const { ledger, asked } = countingLedger();
  const now = ledgerRows(ledger, block);
  await now(ask({ accounts: [{ address: a, after: at(1) }] }));
  const rows = await now(ask({ accounts: [{ address: a, after: at(3) }] }));
  assert.equal(rows.accounts.get(a)?.opening.get('x' as AssetId), 3n);
  const again = await now(ask({ accounts: [{ address: a, after: at(4) }] }));
  assert.equal(again.accounts.get(a)?.opening.get('x' as AssetId), 4n);
  assert.equal(asked().length, 3);
});

test('a history is read once for each position, and only what is asked is answered', async () => {
  const { ledger, histories } = countingLedger();
  const provide = ledgerRows(ledger, block);
  const first = await provide(ask({ histories: [{ address: a, upTo: at(5) }] }));
  assert.deepEqual([...first.histories.keys()], [a]);
  const again = await provide(ask({ histories: [{ address: a, upTo: at(5) }] }));
  assert.deepEqual([...again.histories.keys()], [a]);
  await provide(
    ask({
      histories: [
        { address: a, upTo: at(7) },
        { address: b, upTo: at(7) },
      ],
    }),
  );
  const none = await provide(ask({}));
  assert.equal(none.histories.size, 0);
  assert.deepEqual(histories(), [
    [{ address: a, after: at(5) }],
    [
      { address: a, after: at(7) },
      { address: b, after: at(7) },
    ],
  ]);
});
