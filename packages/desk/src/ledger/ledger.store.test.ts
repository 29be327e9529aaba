import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { Address, AssetId, BlockHash, ChainId, TxId } from '@gongjo/contract';
import { openColumns } from '../platform/index.ts';
import { type Ledger, openLedger } from './ledger.store.ts';
import type { BlockEntry, Movement } from './model.ts';

const chain = 'eip155:31337' as ChainId;
const asset = 'eip155:31337/slip44:60' as AssetId;
const address = (n: number) => `0x${n.toString(16).padStart(40, '0')}` as Address;
const hash = (n: number) => `0x${n.toString(16).padStart(64, '0')}`;
const uint256Max = 2n ** 256n - 1n;

/** Block `height` with one movement `from` → `to` per transaction; `fork` changes its hash. */
function entry(
  height: number,
  moves: readonly [from: number | null, to: number | null, units: bigint][],
  fork = 0,
  parentFork = fork,
): BlockEntry {
  const time = new Date(1_700_000_000_000 + height * 12_000).toISOString();
  return {
    block: {
      chain,
      height,
      hash: hash(height * 1000 + fork) as BlockHash,
      parent: hash((height - 1) * 1000 + parentFork) as BlockHash,
      time,
      transactionCount: moves.length,
    },
    movements: moves.map(
      ([from, to, units], txIndex): Movement => ({
        chain,
        height,
        txIndex,
        ord: 0,
        txid: hash(height * 1_000_000 + txIndex * 10 + fork) as TxId,
        time,
        kind: 'native',
        from: from === null ? null : address(from),
        to: to === null ? null : address(to),
        asset,
        units,
        call: false,
      }),
    ),
  };
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-ledger-'));
const columns = await openColumns({ folder: path.join(folder, 'ledger') });
let ledger: Ledger;
before(async () => {
  ledger = await openLedger(columns);
});
after(async () => {
  await columns.close();
  rmSync(folder, { recursive: true, force: true });
});

test('an empty ledger holds nothing', async () => {
  assert.deepEqual(await ledger.chains(), []);
  assert.equal(await ledger.coverage(chain), null);
  assert.equal((await ledger.transactions(chain, [hash(1) as TxId], 10)).size, 0);
});

test('what is appended is read back exactly, by transaction, by address and by block', async () => {
  const entries = [
    entry(
      1,
      [
        [1, 2, 5n],
        [2, 2, 3n],
      ],
      0,
    ),
    entry(2, [
      [2, 3, uint256Max],
      [null, 2, 0n],
      [3, null, 7n],
    ]),
  ];
  await ledger.append(entries);
  const all = entries.flatMap(({ movements }) => movements);
  assert.deepEqual(await ledger.movementsBetween(chain, 0, 10), all);
  assert.equal((await ledger.coverage(chain))?.tip.height, 2);
  assert.equal(await ledger.movementCount(chain), 5);
  const byId = await ledger.transactions(
    chain,
    all.map(({ txid }) => txid),
    2,
  );
  assert.deepEqual([...byId.values()].flat(), all);
  const rows = await ledger.accounts(
    chain,
    [
      { address: address(2), after: { height: 1, txIndex: 0, ord: 0 } },
      { address: address(9), after: { height: 0, txIndex: 0, ord: 0 } },
    ],
    100,
    2,
  );
  assert.deepEqual(rows.get(address(2))?.movements, all.slice(1, 4));
  assert.deepEqual(rows.get(address(2))?.opening, new Map([[asset, 5n]]));
  assert.deepEqual(rows.get(address(9)), { address: address(9), opening: new Map(), movements: [], truncated: false });
});

test('nothing above the asked block exists for a reader', async () => {
  const rows = await ledger.accounts(
    chain,
    [{ address: address(2), after: { height: 0, txIndex: 0, ord: 0 } }],
    100,
    1,
  );
  assert.ok(rows.get(address(2))?.movements.every(({ height }) => height <= 1));
  assert.equal((await ledger.transactions(chain, [hash(2_000_000) as TxId], 1)).size, 0);
});

test('an address with more movements than asked for is said to be truncated', async () => {
  const rows = await ledger.accounts(chain, [{ address: address(2), after: { height: 0, txIndex: 0, ord: 0 } }], 2, 2);
  assert.equal(rows.get(address(2))?.truncated, true);
  assert.equal(rows.get(address(2))?.movements.length, 2);
});

test('an address’s history is its newest movements up to and with a position, in chain order', async () => {
  const all = await ledger.movementsBetween(chain, 0, 10);
  const upTo = { height: 2, txIndex: 0, ord: 0 };
  const ask = async (movementsMax: number, atMost: number, position = upTo) =>
    ledger.histories(
      chain,
      [
        { address: address(2), upTo: position },
        { address: address(9), upTo: position },
      ],
      movementsMax,
      atMost,
    );
  const rows = await ask(100, 2);
  assert.deepEqual(rows.get(address(2)), { address: address(2), movements: all.slice(0, 3), truncated: false });
  assert.deepEqual(rows.get(address(9)), { address: address(9), movements: [], truncated: false });
  assert.deepEqual((await ask(2, 2)).get(address(2)), {
    address: address(2),
    movements: all.slice(1, 3),
    truncated: true,
  });
  assert.deepEqual((await ask(100, 1)).get(address(2))?.movements, all.slice(0, 2));
  const end = { height: Number.MAX_SAFE_INTEGER, txIndex: 0, ord: 0 };
  assert.deepEqual((await ask(100, 2, end)).get(address(2))?.movements, all.slice(0, 4));
  const before = { height: -1, txIndex: 0, ord: 0 };
  const accounts = await ledger.accounts(chain, [{ address: address(2), after: before }], 100, 2);
  assert.deepEqual(accounts.get(address(2))?.movements, all.slice(0, 4));
});

test('a rollback takes away exactly the blocks above it, and the chain goes on from there', async () => {
  await ledger.rollbackTo(chain, 1);
  assert.equal((await ledger.coverage(chain))?.tip.height, 1);
  await ledger.append([entry(2, [[2, 4, 1n]], 7, 0)]);
  const moved = await ledger.movementsBetween(chain, 2, 2);
  assert.deepEqual(
    moved.map(({ to, units }) => [to, units]),
    [[address(4), 1n]],
  );
  const rows = await ledger.accounts(
    chain,
    [{ address: address(3), after: { height: 0, txIndex: 0, ord: 0 } }],
    100,
    9,
  );
  assert.deepEqual(rows.get(address(3))?.movements, []);
});

test('a block that does not continue the chain is not taken', async () => {
  await assert.rejects(ledger.append([entry(9, [])]), /continues the chain/);
  await assert.rejects(ledger.append([entry(3, [], 1, 1)]), /continues the chain/);
});

test('movements whose block was never committed are removed when the ledger is opened again', async () => {
  await columns.command(
    `INSERT INTO movements SELECT chain, 3, tx_index, ord, txid, time, kind, from, to, asset, units, call FROM movements WHERE height = 2`,
  );
  const reopened = await openLedger(columns);
  assert.equal((await reopened.movementsBetween(chain, 3, 3)).length, 0);
  const rows = await reopened.accounts(
    chain,
    [{ address: address(4), after: { height: 0, txIndex: 0, ord: 0 } }],
    100,
    99,
  );
  assert.equal(rows.get(address(4))?.movements.length, 1);
});

test('tags are replaced, not repeated', async () => {
  const tag = {
    chain,
    address: address(5),
    label: 'Hot wallet',
    category: 'exchange',
    actor: 'pacific',
    source: 'list',
    confidence: 90,
  } as const;
  await ledger.putTags([tag, { ...tag, label: 'Other', actor: null, confidence: 10 }]);
  await ledger.putTags([{ ...tag, confidence: 95 }]);
  const found = (await ledger.tags(chain, [address(5), address(6)])).get(address(5));
  assert.deepEqual(found, [
    { ...tag, confidence: 95 },
    { ...tag, label: 'Other', actor: null, confidence: 10 },
  ]);
});
