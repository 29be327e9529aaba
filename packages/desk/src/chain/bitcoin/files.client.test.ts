import assert from 'node:assert/strict';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { GongjoError } from '../../kernel/index.ts';
import { follow } from '../follow.ts';
import { folderOf, joined, networkNamed, record } from './block-folder.fixture.ts';
import { type BlockFiles, blockFiles, DAMAGE_MAX } from './files.client.ts';
import { memoryBlocks } from './memory-blocks.fixture.ts';
import {
  blockBytes,
  blockHash,
  blockOn,
  branchOn,
  coinbase,
  mainGenesis,
  mined,
  regtestGenesis,
  signetGenesis,
  testGenesis,
  u32,
} from './serial.fixture.ts';

const regtest = networkNamed('regtest');
const chain = [regtestGenesis, ...branchOn(regtestGenesis, 1, 9)];
const hashes = (blocks: readonly Uint8Array[]) => blocks.map(blockHash);
const fileOf = (...blocks: readonly Uint8Array[]) => joined(...blocks.map((block) => record(block)));

/** All blocks that a reader gives, as the hashes in their order; holds it to heights and links on the way. */
async function readAll(files: BlockFiles): Promise<string[]> {
  const found: string[] = [];
  for (let next = files.lowest; next <= (await files.tip()).height; ) {
    const some = await files.blocks(next, Number.MAX_SAFE_INTEGER);
    if (some.length === 0) break;
    for (const { block } of some) {
      assert.equal(block.height, next);
      assert.equal(await files.hashAt(block.height), block.hash);
      if (found.length > 0) assert.equal(block.parent, found.at(-1));
      found.push(block.hash);
      next += 1;
    }
  }
  return found;
}

async function opened(t: TestContext, files: Readonly<Record<string, Uint8Array>>, key?: Uint8Array) {
  return blockFiles({ folder: await folderOf(t, files, key), network: regtest });
}

async function refused(act: Promise<unknown>, code: string, message: RegExp): Promise<void> {
  await assert.rejects(act, (error) => {
    assert.ok(error instanceof GongjoError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  });
}

test('blocks out of order, across files, are read in the order of their chain', async (t) => {
  const some = (...heights: readonly number[]) => fileOf(...heights.map((height) => chain[height] as Uint8Array));
  const files = await opened(t, {
    'blk00000.dat': some(0, 2, 1, 7),
    'blk00001.dat': some(9, 3),
    'blk00002.dat': some(6, 5, 8, 4),
    'rev00000.dat': Uint8Array.of(1, 2, 3),
  });
  assert.deepEqual(await readAll(files), hashes(chain));
  assert.deepEqual(files.damage, []);
  assert.equal(files.lowest, 0);
  assert.deepEqual(await files.tip(), { height: 9, hash: blockHash(chain[9] as Uint8Array) });
  assert.equal(files.chain, 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328');
  assert.equal(await files.hashAt(10), null);
  assert.equal(await files.hashAt(-1), null);
});

test('files are taken in the order of their numbers, also above 99999', async (t) => {
  const rival = branchOn(chain[8] as Uint8Array, 9, 1, 7);
  const files = await opened(t, {
    'blk100000.dat': fileOf(...rival),
    'blk99999.dat': fileOf(...chain),
  });
  assert.equal((await files.tip()).hash, blockHash(chain[9] as Uint8Array), 'of equal work, the one found first');
});

test('of branches, the one with most work; the others are counted', async (t) => {
  const longer = branchOn(chain[5] as Uint8Array, 6, 6, 1);
  const files = await opened(t, { 'blk00000.dat': fileOf(...chain, ...longer) });
  assert.deepEqual(await readAll(files), hashes([...chain.slice(0, 6), ...longer]));
  assert.equal(files.staleCount, 4);
  assert.equal(files.blockCount, 16);
  const equal = branchOn(chain[5] as Uint8Array, 6, 4, 1);
  const first = await opened(t, { 'blk00000.dat': fileOf(...chain, ...equal) });
  assert.deepEqual(await readAll(first), hashes(chain));
});

test('work counts, not length', async (t) => {
  // A hundred times the work of a block of regtest.
  const hard = 0x2000ffff;
  const parent = chain[5] as Uint8Array;
  const heavy = miningTo(hard, blockHash(parent), 6);
  const files = await opened(t, { 'blk00000.dat': fileOf(...chain, heavy) });
  assert.deepEqual(await readAll(files), hashes([...chain.slice(0, 6), heavy]));
});

function miningTo(bits: number, parent: string, height: number): Uint8Array {
  for (let timeS = 1_700_000_000; ; timeS += 1) {
    const block = blockBytes({ version: 4, parent, timeS, bits, nonce: 0 }, [coinbase(height)]);
    if (Number.parseInt(blockHash(block).slice(0, 4), 16) === 0) return block;
  }
}

test('zeros between blocks and a tail written ahead are passed over', async (t) => {
  const zeros = new Uint8Array(3 * 1024 * 1024 + 5);
  const files = await opened(t, {
    'blk00000.dat': joined(fileOf(...chain.slice(0, 3)), new Uint8Array(7), fileOf(...chain.slice(3)), zeros),
    'blk00001.dat': new Uint8Array(1000),
    'blk00002.dat': new Uint8Array(0),
  });
  assert.deepEqual(await readAll(files), hashes(chain));
  assert.deepEqual(files.damage, []);
});

test('xor.dat (Bitcoin Core 28): files are combined with the key by their offsets', async (t) => {
  const key = Uint8Array.of(1, 2, 3, 5, 8, 13, 21, 34);
  const padded = joined(fileOf(...chain.slice(4)), new Uint8Array(41), Uint8Array.of(9), new Uint8Array(3));
  const files = await opened(t, { 'blk00000.dat': fileOf(...chain.slice(0, 4)), 'blk00001.dat': padded }, key);
  assert.deepEqual(await readAll(files), hashes(chain));
  assert.equal(files.damage.length, 1);
  const clear = await opened(t, { 'blk00000.dat': fileOf(...chain) }, new Uint8Array(8));
  assert.deepEqual(await readAll(clear), hashes(chain));
  await refused(
    opened(t, { 'blk00000.dat': fileOf(...chain), 'xor.dat': key.subarray(1) }),
    'block-files-unreadable',
    /xor\.dat has 7 bytes/,
  );
});

describe('damage is told with file and offset, and costs no good block', () => {
  const lengths = chain.map((block) => record(block).length);
  const offsetOf = (index: number) => lengths.slice(0, index).reduce((sum, length) => sum + length, 0);

  test('a torn last block', async (t) => {
    const whole = fileOf(...chain);
    for (const cut of [1, 100, (lengths.at(-1) ?? 0) - 10, (lengths.at(-1) ?? 0) - 1]) {
      const files = await opened(t, { 'blk00000.dat': whole.subarray(0, whole.length - cut) });
      assert.deepEqual(await readAll(files), hashes(chain.slice(0, 9)), `${cut} bytes are gone`);
      assert.equal(files.damage.length, 1);
      assert.deepEqual([files.damage[0]?.file, files.damage[0]?.offset], ['blk00000.dat', offsetOf(9)]);
      assert.match(files.damage[0]?.detail ?? '', /ends within a block|no block \(1 bytes\)/);
    }
  });

  test('a block that was written only in part, with reserved space behind it', async (t) => {
    const whole = fileOf(...chain);
    whole.fill(0, whole.length - 30);
    const files = await opened(t, { 'blk00000.dat': joined(whole, new Uint8Array(5000)) });
    assert.deepEqual(await readAll(files), hashes(chain.slice(0, 9)));
    assert.equal(files.damage.length, 1);
    assert.equal((await files.tip()).height, 8);
  });

  test('one wrong byte anywhere: every block below the damaged one is read', async (t) => {
    const whole = fileOf(...chain);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: whole.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, mask) => {
          const bytes = Uint8Array.from(whole);
          bytes[at] = (bytes[at] as number) ^ mask;
          const hit = lengths.findIndex((_, index) => at < offsetOf(index + 1));
          const within = at - offsetOf(hit);
          // Without the genesis block there is nothing to begin with.
          fc.pre(hit > 0);
          const files = await opened(t, { 'blk00000.dat': bytes });
          const read = await readAll(files);
          assert.deepEqual(read.slice(0, hit), hashes(chain.slice(0, hit)));
          if (read.length > hit) {
            // Only another block can stand in its place: another nonce, time or version, mined by chance.
            assert.equal(read.length, hit + 1);
            assert.ok(within >= 8 && within < 88, `${within}`);
          } else {
            assert.ok(files.damage.length > 0 || files.unlinkedCount > 0);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test('a damaged middle ends the chain below it, and the offset is that of the wrong byte', async (t) => {
    const bytes = fileOf(...chain);
    // The number of the coinbase's inputs.
    const at = offsetOf(5) + 8 + 80 + 1 + 4;
    bytes[at] = 0xfc;
    const files = await opened(t, { 'blk00000.dat': bytes });
    assert.equal((await files.tip()).height, 9);
    assert.deepEqual(await readAll(files), hashes(chain.slice(0, 5)));
    assert.deepEqual(files.damage, [
      { file: 'blk00000.dat', offset: at + 1, detail: 'the block is too short for 252 inputs' },
    ]);
    assert.equal((await files.tip()).height, 4);
    assert.equal(await files.hashAt(5), null);
  });

  test('a damaged header is a hole: the blocks behind it lead nowhere', async (t) => {
    const bytes = fileOf(...chain);
    bytes.fill(0xff, offsetOf(5) + 8, offsetOf(5) + 88);
    const files = await opened(t, { 'blk00000.dat': bytes });
    assert.deepEqual(await readAll(files), hashes(chain.slice(0, 5)));
    assert.equal(files.unlinkedCount, 4);
    assert.equal(files.damage[0]?.offset, offsetOf(5));
    assert.match(files.damage[0]?.detail ?? '', /header is damaged/);
  });

  test('a wrong length does not swallow the blocks behind it', async (t) => {
    for (const wrong of [(lengths[5] ?? 0) + 300, 100, 5, 0x7fffffff]) {
      const bytes = fileOf(...chain);
      bytes.set(u32(wrong), offsetOf(5) + 4);
      const files = await opened(t, { 'blk00000.dat': bytes, 'blk00001.dat': fileOf(chain[5] as Uint8Array) });
      assert.deepEqual(await readAll(files), hashes(chain), `length ${wrong}`);
      assert.ok(files.damage.length > 0);
    }
  });

  test('of two copies, the good one is read', async (t) => {
    const bad = Uint8Array.from(chain[5] as Uint8Array);
    bad.fill(0, bad.length - 20);
    const files = await opened(t, { 'blk00000.dat': fileOf(...chain.slice(0, 5), bad, ...chain.slice(5)) });
    assert.deepEqual(await readAll(files), hashes(chain));
    assert.equal(files.damage.length, 1);
  });

  test('bytes that are no block', async (t) => {
    const noise = new Uint8Array(100_000).fill(0xab);
    const files = await opened(t, {
      'blk00000.dat': joined(fileOf(...chain.slice(0, 4)), noise, fileOf(...chain.slice(4)), Uint8Array.of(0, 1, 2)),
    });
    assert.deepEqual(await readAll(files), hashes(chain));
    assert.deepEqual(
      files.damage.map(({ offset, detail }) => [offset, detail]),
      [
        [offsetOf(4), 'what follows this block is no block'],
        [offsetOf(10) + 100_001, 'what stands here is no block (2 bytes)'],
      ],
    );
  });

  // Looking at what follows each of them again would take hours.
  test('a file full of false beginnings is read in time that grows with its length', {
    timeout: 300_000,
  }, async (t) => {
    const magic = u32(regtest.magic);
    const noise = new Uint8Array(200_000 * 4);
    for (let at = 0; at < noise.length; at += 4) noise.set(magic, at);
    const files = await opened(t, { 'blk00000.dat': joined(fileOf(...chain), noise) });
    assert.deepEqual(await readAll(files), hashes(chain));
    assert.equal(files.damage.length, DAMAGE_MAX);
  });

  test('a file that changes between the passes', async (t) => {
    const folder = await folderOf(t, { 'blk00000.dat': fileOf(...chain) });
    const files = await blockFiles({ folder, network: regtest });
    await truncate(join(folder, 'blk00000.dat'), offsetOf(7) + 20);
    assert.deepEqual(await readAll(files), hashes(chain.slice(0, 7)));
    const other = [...chain.slice(0, 3), ...branchOn(chain[2] as Uint8Array, 3, 7, 5)];
    const again = await blockFiles({
      folder: await folderOf(t, { 'blk00000.dat': fileOf(...chain) }),
      network: regtest,
    });
    await writeFile(join(again.url, 'blk00000.dat'), fileOf(...other));
    assert.deepEqual(await readAll(again), hashes(chain.slice(0, 3)));
    assert.match(again.damage[0]?.detail ?? '', /changed/);
  });

  test('a genesis block that is damaged leaves nothing to begin with', async (t) => {
    const bytes = fileOf(...chain);
    bytes[(lengths[0] as number) - 1] = 1;
    const files = await opened(t, { 'blk00000.dat': bytes });
    assert.deepEqual(await files.blocks(0, 9), []);
    await refused(files.tip(), 'block-files-unreadable', /block 0, the first of the chain, is damaged/);
  });
});

describe('where a folder begins', () => {
  const main = networkNamed('main');

  test('without the genesis block, right behind it', async (t) => {
    const files = await opened(t, { 'blk00000.dat': fileOf(...chain.slice(1)) });
    assert.equal(files.lowest, 1);
    assert.deepEqual(await readAll(files), hashes(chain.slice(1)));
  });

  test('higher up where the network leaves the height open: it cannot be told', async (t) => {
    await refused(
      opened(t, { 'blk00000.dat': fileOf(...chain.slice(3)) }),
      'block-files-start-unknown',
      new RegExp(blockHash(chain[3] as Uint8Array)),
    );
  });

  /** Signet demands the name from height 1 on; its rules with a target that a test can meet. */
  const easySignet = { ...networkNamed('signet'), targetMax: regtest.targetMax };
  const signetRecord = (block: Uint8Array) => record(block, 'signet');

  test('higher up where coinbases must name their height (BIP 34), there', async (t) => {
    const blocks = branchOn(regtestGenesis, 300_000, 5);
    const folder = await folderOf(t, { 'blk00700.dat': joined(...blocks.map(signetRecord)) });
    const files = await blockFiles({ folder, network: easySignet });
    assert.equal(files.lowest, 300_000);
    assert.deepEqual(await readAll(files), hashes(blocks));
  });

  test('a later block that names another height is damaged', async (t) => {
    const blocks = branchOn(regtestGenesis, 300_000, 3);
    const wrong = blockOn(blocks[2] as Uint8Array, 300_007);
    const folder = await folderOf(t, { 'blk00700.dat': joined(...[...blocks, wrong].map(signetRecord)) });
    const files = await blockFiles({ folder, network: easySignet });
    assert.deepEqual(await readAll(files), hashes(blocks));
    assert.match(files.damage[0]?.detail ?? '', /names height 300007 where the chain has height 300003/);
  });

  test('a name below the height at which the network demands it says nothing', async (t) => {
    const easyMain = { ...main, targetMax: regtest.targetMax };
    for (const [height, known] of [
      [227_930, false],
      [227_931, true],
    ] as const) {
      const block = blockOn(regtestGenesis, height);
      const folder = await folderOf(t, { 'blk00000.dat': record(block, 'main') });
      const opening = blockFiles({ folder, network: easyMain });
      if (known) assert.equal((await opening).lowest, height);
      else await refused(opening, 'block-files-start-unknown', /height cannot be told/);
    }
  });

  test('a hole below: what does not link to the genesis block is counted and left out', async (t) => {
    const files = await opened(t, { 'blk00000.dat': fileOf(...chain.slice(0, 3), ...chain.slice(4)) });
    assert.deepEqual(await readAll(files), hashes(chain.slice(0, 3)));
    assert.equal(files.unlinkedCount, 6);
  });
});

describe('the wrong folder', () => {
  test('another network’s files', async (t) => {
    const genesis = { main: mainGenesis, test: testGenesis, signet: signetGenesis, regtest: regtestGenesis } as const;
    const names = ['main', 'test', 'signet', 'regtest'] as const;
    for (const held of names) {
      const folder = await folderOf(t, { 'blk00000.dat': record(genesis[held], held) });
      for (const asked of names) {
        const opening = blockFiles({ folder, network: networkNamed(asked) });
        if (asked === held) assert.equal((await opening).lowest, 0);
        else await refused(opening, 'chain-mismatch', new RegExp(networkNamed(held).chain));
      }
      assert.equal((await blockFiles({ folder })).chain, networkNamed(held).chain, 'found out by itself');
    }
  });

  test('files of two networks', async (t) => {
    const folder = await folderOf(t, {
      'blk00000.dat': new Uint8Array(0),
      'blk00001.dat': record(regtestGenesis),
      'blk00002.dat': record(testGenesis, 'test'),
    });
    await refused(blockFiles({ folder }), 'chain-mismatch', /bip122:0000.* but bip122:0f91/);
  });

  test('no folder, no block file, no block', async (t) => {
    const network = regtest;
    const empty = await folderOf(t, {});
    await refused(blockFiles({ folder: join(empty, 'no'), network }), 'block-files-unreadable', /ENOENT/);
    await refused(blockFiles({ folder: empty, network }), 'block-files-unreadable', /no file blk/);
    const noise = await folderOf(t, { 'blk00000.dat': new Uint8Array(100_000).fill(3) });
    await refused(blockFiles({ folder: noise, network }), 'block-files-unreadable', /no block of the network regtest/);
    await refused(blockFiles({ folder: noise }), 'block-files-unreadable', /block of a known network/);
  });

  test('blocks that nobody mined', async (t) => {
    const cheap = Uint8Array.from(chain[1] as Uint8Array);
    cheap.set(u32(0x2100ffff), 72);
    const files = await opened(t, { 'blk00000.dat': joined(record(regtestGenesis), record(mined(cheap))) });
    assert.deepEqual(await readAll(files), hashes([regtestGenesis]));
    assert.match(files.damage[0]?.detail ?? '', /does not meet its target/);
  });
});

describe('the follower reads files like a node', () => {
  const run = (files: BlockFiles, ledger: ReturnType<typeof memoryBlocks>, reorgs: number[] = []) =>
    follow({
      open: async () => files,
      ledger,
      from: files.lowest,
      mode: 'once',
      batchBlocks: 4,
      signal: AbortSignal.timeout(10_000),
      clock: { now: () => performance.now(), sleep: async () => {} },
      onReorg: (kept) => reorgs.push(kept),
    });

  test('to the tip, on from there, and over to another branch', async (t) => {
    const ledger = memoryBlocks();
    const part = await opened(t, { 'blk00000.dat': fileOf(...chain.slice(0, 6)) });
    assert.equal((await run(part, ledger))?.blocks, 6);
    const all = await opened(t, { 'blk00000.dat': fileOf(...chain) });
    assert.equal((await run(all, ledger))?.blocks, 4);
    assert.equal(await run(all, ledger), null);
    const branch = branchOn(chain[4] as Uint8Array, 5, 9, 3);
    const forked = await opened(t, { 'blk00000.dat': fileOf(...chain, ...branch) });
    const reorgs: number[] = [];
    await run(forked, ledger, reorgs);
    assert.deepEqual(reorgs, [4], 'the common ancestor');
    assert.deepEqual(
      ledger.entries.map(({ block }) => block.hash as string),
      hashes([...chain.slice(0, 5), ...branch]),
    );
  });

  test('older files take nothing away from the ledger', async (t) => {
    const ledger = memoryBlocks();
    await run(await opened(t, { 'blk00000.dat': fileOf(...chain) }), ledger);
    const reorgs: number[] = [];
    assert.equal(await run(await opened(t, { 'blk00000.dat': fileOf(...chain.slice(0, 4)) }), ledger, reorgs), null);
    assert.deepEqual(reorgs, []);
    assert.equal(ledger.entries.length, 10);
  });

  describe('files that begin above the first block (a pruned node)', () => {
    const signet = { ...networkNamed('signet'), targetMax: regtest.targetMax };
    const start = blockOn(regtestGenesis, 300_000);
    const main = [start, ...branchOn(start, 300_001, 10)];
    const held = async (t: TestContext, blocks: readonly Uint8Array[]) => {
      const folder = await folderOf(t, { 'blk00009.dat': joined(...blocks.map((block) => record(block, 'signet'))) });
      return blockFiles({ folder, network: signet });
    };

    test('continue a ledger that ends below them', async (t) => {
      const ledger = memoryBlocks();
      await run(await held(t, main.slice(0, 5)), ledger);
      await run(await held(t, main.slice(5)), ledger);
      assert.deepEqual(
        ledger.entries.map(({ block }) => block.hash as string),
        hashes(main),
      );
    });

    test('lead over to another branch that parts within them', async (t) => {
      const branch = branchOn(main[6] as Uint8Array, 300_007, 6, 4);
      const ledger = memoryBlocks();
      await run(await held(t, main), ledger);
      const reorgs: number[] = [];
      await run(await held(t, [...main.slice(6, 7), ...branch]), ledger, reorgs);
      assert.deepEqual(reorgs, [300_006]);
      assert.equal(ledger.entries.at(-1)?.block.hash, blockHash(branch.at(-1) as Uint8Array));
    });

    test('are refused where they do not meet the ledger, which stays as it is', async (t) => {
      const ledger = memoryBlocks();
      await run(await held(t, main.slice(0, 3)), ledger);
      await refused(
        run(await held(t, main.slice(5)), ledger),
        'node-answer-invalid',
        /300003 is announced but not served/,
      );
      const branch = branchOn(main[1] as Uint8Array, 300_002, 8, 4);
      await refused(run(await held(t, branch.slice(1)), ledger), 'chain-mismatch', /block 300003/);
      assert.deepEqual(ledger.entries.length, 3);
    });
  });

  test('ends below a damaged block, with all good ones written', async (t) => {
    const bad = Uint8Array.from(chain[7] as Uint8Array);
    bad[100] = (bad[100] as number) ^ 1;
    const files = await opened(t, { 'blk00000.dat': fileOf(...chain.slice(0, 7), bad, ...chain.slice(8)) });
    const ledger = memoryBlocks();
    assert.equal((await run(files, ledger))?.height, 6);
    assert.equal(files.damage.length, 1);
  });
});
