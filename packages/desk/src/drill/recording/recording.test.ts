import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Address, AssetId, BlockHash, ChainId, TxId } from '@gongjo/contract';
import { addressText, type Ledger, type Movement, openLedger } from '../../ledger/index.ts';
import { type Columns, openColumns } from '../../platform/index.ts';
import { recordedPlan } from '../code.ts';
import type { Heist } from '../heist/model.ts';
import { Heists } from '../heists.ts';
import { playBlock } from '../play.store.ts';
import { recordDrill } from './record.ts';
import { readRecording } from './recording.store.ts';

const accounts = 'eip155:99' as ChainId;
const outputs = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328' as ChainId;
const startMs = Date.UTC(2026, 0, 1);
const time = (height: number) => new Date(startMs + height * 12_000).toISOString();
const hex = (n: number, digits: number) => n.toString(16).padStart(digits, '0');
const account = (n: number) => `0x${hex(n, 40)}` as Address;
const owner = (n: number) => addressText(outputs, Buffer.from([0x10, ...Buffer.from(hex(n, 40), 'hex')]));
const clock = { now: () => startMs, sleep: async () => undefined };

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-recording-'));
let columns: Columns;
let ledger: Ledger;
before(async () => {
  columns = await openColumns({ folder: path.join(folder, 'ledger') });
  ledger = await openLedger(columns);
});
after(async () => {
  await columns.close();
  rmSync(folder, { recursive: true, force: true });
});

const tx = (chain: ChainId, n: number) => (chain === accounts ? `0x${hex(n, 64)}` : hex(n, 64)) as TxId;
const blockOf = (chain: ChainId, height: number, transactionCount: number) => {
  const hash = (at: number) => tx(chain, 9000 + at) as string as BlockHash;
  return { chain, height, hash: hash(height), parent: hash(height - 1), time: time(height), transactionCount };
};

async function played(plan: Parameters<Heists['of']>[0], kin: 'accounts' | 'outputs'): Promise<Heist> {
  const { heist } = await new Heists().of(plan);
  for (const [height] of heist[kin].entries()) await playBlock(ledger, heist, kin, height, time(height));
  return heist;
}

describe('an incident on accounts', () => {
  const coin = `${accounts}/slip44:60` as AssetId;
  const target = path.join(folder, 'on-accounts');
  const move = (height: number, n: number, from: number, to: number, units: bigint): Movement => ({
    ...{ chain: accounts, height, txIndex: n % 10, ord: 0, txid: tx(accounts, n), time: time(height), kind: 'native' },
    ...{ from: account(from), to: account(to), asset: coin, units, call: false },
  });
  const moves = [[move(5, 10, 1, 2, 100n)], [move(6, 21, 2, 3, 60n), move(6, 22, 2, 4, 40n)], [move(7, 31, 3, 9, 60n)]];

  before(async () => {
    await ledger.putAssets([{ id: coin, symbol: 'C', decimals: 18 }]);
    await ledger.putTags([
      {
        ...{ chain: accounts, address: account(9), label: 'Exchange', category: 'exchange', actor: 'pacific' },
        ...{ source: 'test', confidence: 90 },
      },
    ]);
    await ledger.append(
      moves.map((movements, at) => ({ block: blockOf(accounts, 5 + at, movements.length), movements })),
    );
  });

  test('is recorded, and played under other names with the same amounts, tags and imitations', async () => {
    const asked = { chain: accounts, txids: [tx(accounts, 10)], from: 0, to: 99, folder: target };
    assert.deepEqual(await recordDrill({ ledger, clock }, asked), { folder: target, blocks: 3, movements: 4 });
    const { sha256 } = await readRecording(target);
    const plan = recordedPlan({ folder: target, sha256 }, { countries: ['KR'], pace: 60, startMs });
    const heist = await played(plan, 'accounts');

    const again = await ledger.movementsBetween(plan.chains.accounts, 0, 9);
    assert.deepEqual(
      again.map(({ height, units }) => [height, units]),
      moves.flat().map(({ height, units }) => [height - 5, units]),
    );
    const names = new Map<string, string>();
    for (const [at, { from, to, txid }] of again.entries()) {
      const original = moves.flat()[at];
      assert.ok(original && from && to && original.from && original.to);
      for (const [is, was] of [
        [from, original.from],
        [to, original.to],
      ] as const) {
        assert.equal(names.get(was) ?? is, is);
        names.set(was, is);
        assert.notEqual(is, was);
        assert.deepEqual([is.slice(0, 6), is.slice(-4)], [was.slice(0, 6), was.slice(-4)]);
      }
      assert.notEqual(txid, original.txid);
    }
    assert.equal(new Set(names.values()).size, names.size);
    const [tag] = heist.tags;
    assert.deepEqual(
      [heist.tags.length, tag?.chain, tag?.address, tag?.label, tag?.actor],
      [1, plan.chains.accounts, names.get(account(9)), '[DRILL] Exchange', 'pacific'],
    );
    assert.deepEqual(heist.reports[0]?.moved, [{ chain: plan.chains.accounts, txids: [again[0]?.txid] }]);
    assert.deepEqual(
      heist.accounts.map(({ atS }) => atS),
      [0, 12, 24],
    );
  });

  test('is not written over another recording, nor without its transaction', async () => {
    const asked = { chain: accounts, txids: [tx(accounts, 10)], from: 5, to: 7, folder: target };
    await assert.rejects(recordDrill({ ledger, clock }, asked), { code: 'drill-recording-unreadable' });
    const elsewhere = { ...asked, txids: [tx(accounts, 77)], folder: path.join(folder, 'none') };
    await assert.rejects(recordDrill({ ledger, clock }, elsewhere), { code: 'transaction-unknown' });
  });

  test('is not played when the recording has changed', async () => {
    const { sha256 } = await readRecording(target);
    const plan = recordedPlan({ folder: target, sha256: '0'.repeat(64) }, { countries: [], pace: 1, startMs });
    await assert.rejects(new Heists().of(plan), { code: 'drill-recording-unreadable' });
    appendFileSync(path.join(target, 'blocks.jsonl'), '{}\n');
    const before = recordedPlan({ folder: target, sha256 }, { countries: [], pace: 1, startMs });
    await assert.rejects(new Heists().of(before), { code: 'drill-recording-unreadable' });
  });
});

describe('an incident on outputs', () => {
  test('is played with the same spends; what was made before the recording is nobody’s', async () => {
    const batch = await ledger.utxo.batch(outputs);
    const units = Buffer.alloc(8);
    const bytes = (n: number) => Buffer.from(tx(outputs, n), 'hex').reverse();
    const put = (
      n: number,
      from: readonly (readonly [number, number])[],
      to: readonly (readonly [number, bigint])[],
    ) => {
      batch.transaction(bytes(n), 0, from.length === 0);
      for (const [of, index] of from) batch.input(bytes(of), 0, index);
      for (const [who, sats] of to) {
        units.writeBigUInt64LE(sats);
        const stored = Buffer.from([0x10, ...Buffer.from(hex(who, 40), 'hex')]);
        batch.output(units, 0, 'p2wpkh', stored, stored.length);
      }
    };
    batch.block(blockOf(outputs, 0, 1));
    put(1, [], [[1, 500n]]);
    batch.block(blockOf(outputs, 1, 2));
    put(2, [], [[8, 50n]]);
    put(
      3,
      [[1, 0]],
      [
        [2, 300n],
        [3, 190n],
      ],
    );
    batch.block(blockOf(outputs, 2, 2));
    put(4, [], [[8, 50n]]);
    put(
      5,
      [
        [3, 1],
        [3, 0],
      ],
      [[4, 480n]],
    );
    await ledger.utxo.append(batch);

    const target = path.join(folder, 'on-outputs');
    await recordDrill({ ledger, clock }, { chain: outputs, txids: [tx(outputs, 3)], from: 1, to: 2, folder: target });
    const { sha256 } = await readRecording(target);
    const plan = recordedPlan({ folder: target, sha256 }, { countries: ['KR'], pace: null, startMs });
    await played(plan, 'outputs');
    const shape = (transactions: Awaited<ReturnType<Ledger['utxo']['transactionsBetween']>>) =>
      transactions.map(({ coinbase, inputs, outputs: made }) => [
        coinbase,
        inputs.map((it) => it.units),
        made.map((it) => [it.units, it.type, it.spentBy !== null]),
      ]);
    const expected = shape(await ledger.utxo.transactionsBetween(outputs, 1, 2));
    // The theft spends what the recording does not have.
    expected[1] = [false, [null], expected[1]?.[2] ?? []];
    const again = await ledger.utxo.transactionsBetween(plan.chains.outputs, 0, 1);
    assert.deepEqual(shape(again), expected);
    const addresses = again.flatMap((it) => it.outputs.flatMap(({ address }) => address ?? []));
    assert.ok(addresses.every((it) => it.startsWith('drill1')));
    assert.equal(new Set(addresses).size, 4);
    assert.ok(!addresses.includes(owner(2)));
  });
});
