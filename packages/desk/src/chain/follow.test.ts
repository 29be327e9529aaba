import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { Address, Asset, AssetId, BlockHash, ChainId, TxId } from '@gongjo/contract';
import fc from 'fast-check';
import { GongjoError, instant } from '../kernel/index.ts';
import type { BlockEntry } from '../ledger/index.ts';
import type { Clock } from '../platform/index.ts';
import { type FollowAccountsOptions, followAccounts, type Progress, type SourceState } from './index.ts';
import { type MemoryLedger, memoryLedger } from './memory-ledger.fixture.ts';
import type { AccountReader } from './reader.ts';

const CHAIN = 'test:1' as ChainId;

/** A block with one movement of an asset of its own, so that assets are always new. */
function entry(height: number, hash: string, parent: string, chain = CHAIN): BlockEntry {
  const time = instant(height * 1000);
  const asset = `${chain}/erc20:${hash}` as AssetId;
  const to = 'somebody' as Address;
  const movement = {
    chain,
    height,
    txIndex: 0,
    ord: 0,
    txid: hash as TxId,
    time,
    kind: 'token' as const,
    from: null,
    to,
  };
  return {
    block: { chain, height, hash: hash as BlockHash, parent: parent as BlockHash, time, transactionCount: 1 },
    movements: [{ ...movement, asset, units: 1n, call: false }],
  };
}

/** A node whose chain a test rewrites: the names of its blocks from height 0 on. */
class FakeNode implements AccountReader {
  readonly chain: ChainId = CHAIN;
  readonly url = 'http://node.test';
  names: string[] = [];
  /** Asked before each question; may change the node or throw. */
  onAsk: (question: string) => void | Promise<void> = () => {};
  readonly asked: string[] = [];

  constructor(length: number, branch = 'a', chain = CHAIN) {
    this.chain = chain;
    this.grow(length, branch);
  }

  grow(count: number, branch: string): void {
    const start = this.names.length;
    for (let height = start; height < start + count; height += 1) this.names.push(`${branch}${height}`);
  }

  /** Drops the blocks above `kept` and grows another branch. */
  fork(kept: number, count: number, branch: string): void {
    this.names.length = kept + 1;
    this.grow(count, branch);
  }

  private async ask(question: string): Promise<void> {
    this.asked.push(question);
    await turn();
    await this.onAsk(question);
  }

  async tip() {
    await this.ask('tip');
    const height = this.names.length - 1;
    return { height, hash: this.names[height] as BlockHash };
  }

  async blocks(from: number, to: number) {
    await this.ask(`blocks ${from}–${to}`);
    return this.names
      .slice(from, to + 1)
      .map((name, index) => entry(from + index, name, this.names[from + index - 1] ?? 'nothing', this.chain));
  }

  async hashAt(height: number) {
    await this.ask(`hash ${height}`);
    return (this.names[height] as BlockHash | undefined) ?? null;
  }

  async describe(assets: readonly AssetId[]) {
    await this.ask(`describe ${assets.length}`);
    return assets.map((id): Asset => ({ id, symbol: 'T', decimals: 0 }));
  }
}

/** Time that passes only by waiting; `slept` holds every wait. */
function fakeClock() {
  const slept: number[] = [];
  let now = 0;
  const clock: Clock = {
    now: () => now,
    sleep: async (ms) => {
      slept.push(ms);
      now += ms;
      await turn();
    },
  };
  return { clock, slept };
}

interface Watched {
  readonly states: SourceState[];
  readonly progress: Progress[];
  readonly reorgs: number[];
  readonly slept: number[];
  readonly done: Promise<Progress | null>;
  stop(): Promise<Progress | null>;
}

function start(node: FakeNode, ledger: MemoryLedger, options: Partial<FollowAccountsOptions> = {}): Watched {
  const abort = new AbortController();
  const { clock, slept } = fakeClock();
  const states: SourceState[] = [];
  const progress: Progress[] = [];
  const reorgs: number[] = [];
  const done = followAccounts({
    open: async () => node,
    ledger,
    from: 0,
    mode: 'follow',
    signal: abort.signal,
    clock,
    onProgress: (one) => progress.push(one),
    onState: (one) => states.push(one),
    onReorg: (kept) => reorgs.push(kept),
    ...options,
  });
  const stop = () => {
    abort.abort();
    return done;
  };
  return { states, progress, reorgs, slept, done, stop };
}

const once = (node: FakeNode, ledger: MemoryLedger, options: Partial<FollowAccountsOptions> = {}) =>
  start(node, ledger, { mode: 'once', ...options });

const names = (ledger: MemoryLedger) => ledger.entries.map(({ block }) => block.hash as string);

/** Waits until the condition holds; fails with what is there instead. */
async function until(condition: () => boolean, shown: () => unknown): Promise<void> {
  for (let turns = 0; !condition(); turns += 1) {
    if (turns > 20_000) assert.fail(`it did not come to pass: ${JSON.stringify(shown())}`);
    await turn();
  }
}

async function refused(act: Promise<unknown>, code: string, message: RegExp): Promise<void> {
  await assert.rejects(act, (error) => {
    assert.ok(error instanceof GongjoError, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, message);
    return true;
  });
}

test('once: reads from the first height to the tip, and says how far it came', async () => {
  const node = new FakeNode(100);
  const ledger = memoryLedger();
  const run = once(node, ledger, { from: 10, batchBlocks: 40 });
  const last = await run.done;
  assert.deepEqual(names(ledger), node.names.slice(10));
  assert.deepEqual(
    run.progress.map(({ height, target, blocks, transactions, movements }) => [
      height,
      target,
      blocks,
      transactions,
      movements,
    ]),
    [
      [49, 99, 40, 40, 40],
      [89, 99, 80, 80, 80],
      [99, 99, 90, 90, 90],
    ],
  );
  assert.deepEqual(last, run.progress.at(-1));
  assert.equal(last?.secondsLeft, 0);
  assert.deepEqual(
    run.states.map(({ state, nodeHeight }) => [state, nodeHeight]),
    [
      ['starting', null],
      ['catching-up', 99],
      ['following', 99],
    ],
  );
});

test('once: goes on where the ledger ends, and does nothing where there is nothing', async () => {
  const node = new FakeNode(10);
  const ledger = memoryLedger();
  await once(node, ledger).done;
  assert.equal(await once(node, ledger).done, null);
  node.grow(5, 'a');
  assert.equal((await once(node, ledger).done)?.blocks, 5);
  assert.deepEqual(names(ledger), node.names);
});

test('once: ends at `to`, or at the tip where `to` does not exist yet', async () => {
  const ledger = memoryLedger();
  await once(new FakeNode(10), ledger, { to: 4 }).done;
  assert.equal(ledger.entries.length, 5);
  await once(new FakeNode(10), ledger, { to: 40 }).done;
  assert.equal(ledger.entries.length, 10);
});

test('once: a first height above the tip reads nothing', async () => {
  const ledger = memoryLedger();
  assert.equal(await once(new FakeNode(10), ledger, { from: 50 }).done, null);
  assert.equal(ledger.entries.length, 0);
});

test('follow: reads what comes, and ends at `to`', async () => {
  const node = new FakeNode(3);
  const ledger = memoryLedger();
  const run = start(node, ledger, { to: 7, pollMs: 70 });
  await until(
    () => run.slept.length > 2,
    () => run.states,
  );
  node.grow(2, 'a');
  await until(
    () => ledger.entries.length === 5,
    () => names(ledger),
  );
  node.grow(20, 'a');
  assert.equal((await run.done)?.height, 7);
  assert.deepEqual(names(ledger), node.names.slice(0, 8));
  assert.ok(run.slept.every((ms) => ms === 70));
});

test('the next batch is read while the present one is written', async () => {
  const node = new FakeNode(30);
  const ledger = memoryLedger();
  const askedAtWrite: string[][] = [];
  ledger.beforeAppend = async () => {
    await turn();
    await turn();
    askedAtWrite.push(node.asked.filter((question) => question.startsWith('blocks')));
  };
  await once(node, ledger, { batchBlocks: 10 }).done;
  assert.deepEqual(askedAtWrite, [
    ['blocks 0–9', 'blocks 10–19'],
    ['blocks 0–9', 'blocks 10–19', 'blocks 20–29'],
    ['blocks 0–9', 'blocks 10–19', 'blocks 20–29'],
  ]);
});

test('an asset is described once', async () => {
  const node = new FakeNode(2);
  const ledger = memoryLedger();
  const same = 'test:1/erc20:same' as AssetId;
  const original = node.blocks.bind(node);
  node.blocks = async (from, to) =>
    (await original(from, to)).map(({ block, movements }) => ({
      block,
      movements: movements.map((movement) => ({ ...movement, asset: same })),
    }));
  await once(node, ledger).done;
  node.grow(3, 'a');
  await once(node, ledger).done;
  assert.equal(ledger.entries.length, 5);
  assert.deepEqual(
    node.asked.filter((question) => question.startsWith('describe')),
    ['describe 1'],
  );
});

test('a reorganisation takes the old branch away and reads the new one', async () => {
  const node = new FakeNode(20);
  const ledger = memoryLedger();
  await once(node, ledger).done;
  node.fork(12, 10, 'b');
  const run = once(node, ledger);
  await run.done;
  assert.deepEqual(names(ledger), node.names);
  assert.deepEqual(run.reorgs, [12]);
  assert.deepEqual(ledger.rollbacks, [12]);
});

test('a branch of the same height is noticed without a new block', async () => {
  const node = new FakeNode(5);
  const ledger = memoryLedger();
  const run = start(node, ledger);
  await until(
    () => ledger.entries.length === 5,
    () => names(ledger),
  );
  node.fork(3, 1, 'b');
  await until(
    () => names(ledger).at(-1) === 'b4',
    () => names(ledger),
  );
  await run.stop();
  assert.deepEqual(run.reorgs, [3]);
});

test('a lower branch is noticed without a new block', async () => {
  const node = new FakeNode(8);
  const ledger = memoryLedger();
  const run = start(node, ledger);
  await until(
    () => ledger.entries.length === 8,
    () => names(ledger),
  );
  node.fork(3, 1, 'b');
  await until(
    () => names(ledger).at(-1) === 'b4',
    () => names(ledger),
  );
  await run.stop();
  assert.deepEqual(run.reorgs, [3]);
});

test('a tip that falls back on the same branch is believed when it stays', async () => {
  const node = new FakeNode(8);
  const ledger = memoryLedger();
  const run = start(node, ledger);
  await until(
    () => ledger.entries.length === 8,
    () => names(ledger),
  );
  const full = [...node.names];
  // A lagging node behind the same URL answers a few times.
  let polls = 0;
  node.onAsk = (question) => {
    if (question !== 'tip') return;
    polls += 1;
    node.names = polls % 5 === 0 ? [...full] : full.slice(0, 6);
  };
  await until(
    () => polls > 20,
    () => polls,
  );
  assert.deepEqual(run.reorgs, []);
  const told = run.states.filter(({ problem }) => problem?.code === 'node-tip-fell');
  assert.ok(told.length > 0 && told.every(({ problem }) => problem?.text.en.includes('block 5; it had block 7')));
  assert.ok(run.states.some(({ problem }, at) => at > 0 && problem === null && run.states[at - 1]?.problem));
  node.onAsk = () => {};
  node.names = full.slice(0, 6);
  await until(
    () => ledger.entries.length === 6,
    () => names(ledger),
  );
  await run.stop();
  assert.deepEqual(run.reorgs, [5]);
});

test('a reorganisation while blocks are being read', async () => {
  const node = new FakeNode(30);
  const ledger = memoryLedger();
  node.onAsk = (question) => {
    if (question !== 'blocks 20–29') return;
    node.onAsk = () => {};
    node.fork(14, 20, 'b');
  };
  const run = start(node, ledger, { batchBlocks: 10, to: 34 });
  await run.done;
  assert.deepEqual(names(ledger), node.names);
  assert.deepEqual(run.reorgs, [14]);
});

test('a ledger that shares no block with the node is left as it is', async () => {
  for (const [from, length] of [
    [0, 10],
    [5, 100],
  ] as const) {
    const ledger = memoryLedger();
    await once(new FakeNode(length), ledger, { from }).done;
    const before = names(ledger);
    await refused(once(new FakeNode(length + 5, 'z'), ledger, { from }).done, 'chain-mismatch', /a\d+ was expected/);
    assert.deepEqual(names(ledger), before);
    assert.deepEqual(ledger.rollbacks, []);
  }
});

test('a short ledger that began on a branch that died starts again', async () => {
  const node = new FakeNode(24);
  const ledger = memoryLedger();
  await once(node, ledger, { from: 20 }).done;
  node.fork(17, 10, 'b');
  const run = once(node, ledger, { from: 20 });
  await run.done;
  assert.deepEqual(names(ledger), node.names.slice(20));
  assert.deepEqual(run.reorgs, [19]);
});

test('a node that has not come to where the ledger begins is waited for', async () => {
  const full = new FakeNode(30);
  const ledger = memoryLedger();
  await once(full, ledger, { from: 20 }).done;
  const node = new FakeNode(3);
  const run = start(node, ledger);
  await until(
    () => run.slept.length > 20,
    () => run.states,
  );
  node.grow(30, 'a');
  await until(
    () => ledger.entries.length === 13,
    () => names(ledger),
  );
  await run.stop();
  assert.deepEqual(run.reorgs, []);
});

const unreachable = () => new GongjoError('node-unreachable', { url: 'http://node.test', detail: 'gone' });

test('once: a failure of the node is thrown', async () => {
  const node = new FakeNode(5);
  node.onAsk = (question) => {
    if (question === 'blocks 0–4') throw unreachable();
  };
  await refused(once(node, memoryLedger()).done, 'node-unreachable', /gone/);
  const failing = once(node, memoryLedger(), { open: () => Promise.reject(unreachable()) });
  await refused(failing.done, 'node-unreachable', /gone/);
});

test('follow: a node that disappears is tried again, more and more rarely, until it is back', async () => {
  const node = new FakeNode(5);
  const ledger = memoryLedger();
  const run = start(node, ledger, { pollMs: 10 });
  await until(
    () => ledger.entries.length === 5,
    () => names(ledger),
  );
  node.onAsk = () => {
    throw unreachable();
  };
  await until(
    () => run.slept.includes(15_000),
    () => run.slept,
  );
  assert.deepEqual(
    run.slept.filter((ms) => ms !== 10),
    [500, 1000, 2000, 4000, 8000, 15_000],
  );
  assert.equal(run.states.at(-1)?.state, 'unreachable');
  assert.equal(run.states.at(-1)?.problem?.code, 'node-unreachable');
  node.onAsk = () => {};
  node.grow(1, 'a');
  await until(
    () => ledger.entries.length === 6,
    () => names(ledger),
  );
  assert.equal(run.states.at(-1)?.state, 'following');
  assert.equal(run.states.at(-1)?.problem, null);
  await run.stop();
  assert.equal(run.states.filter(({ state }) => state === 'unreachable').length, 1);
});

test('follow: another chain behind the same URL is noticed at the next connection, and nothing is written', async () => {
  const node = new FakeNode(5);
  const ledger = memoryLedger();
  let current: FakeNode = node;
  const run = start(node, ledger, { open: async () => current });
  await until(
    () => ledger.entries.length === 5,
    () => names(ledger),
  );
  current = new FakeNode(50, 'z', 'test:2' as ChainId);
  node.onAsk = () => {
    throw unreachable();
  };
  await until(
    () => run.states.at(-1)?.problem?.code === 'chain-mismatch',
    () => run.states,
  );
  await run.stop();
  assert.equal(ledger.entries.length, 5);
});

test('a node that announces blocks and does not serve them is named', async () => {
  const node = new FakeNode(5);
  node.blocks = async () => [];
  await refused(once(node, memoryLedger()).done, 'node-answer-invalid', /block 0 is announced but not served/);
});

test('a node that contradicts itself about its branch is named', async () => {
  const node = new FakeNode(5);
  const ledger = memoryLedger();
  await once(node, ledger).done;
  node.grow(1, 'a');
  node.blocks = async (from) => [entry(from, 'odd', 'unknown')];
  await refused(once(node, ledger).done, 'node-answer-invalid', /block 5 is announced but not served/);
  assert.deepEqual(ledger.rollbacks, []);
});

test('a failure of the ledger is thrown in both modes', async () => {
  for (const mode of ['once', 'follow'] as const) {
    const ledger = memoryLedger();
    ledger.beforeAppend = () => {
      throw new Error('disk full');
    };
    await assert.rejects(start(new FakeNode(200), ledger, { mode }).done, /disk full/);
  }
});

test('stops when told to, at rest, in the middle of reading and before it has begun', async () => {
  const atRest = start(new FakeNode(5), memoryLedger());
  await until(
    () => atRest.slept.length > 0,
    () => atRest.states,
  );
  assert.equal((await atRest.stop())?.height, 4);

  const node = new FakeNode(500);
  const ledger = memoryLedger();
  const reading = start(node, ledger, { batchBlocks: 10 });
  await until(
    () => ledger.entries.length >= 50,
    () => names(ledger),
  );
  await reading.stop();
  assert.ok(ledger.entries.length < 500);
  assert.deepEqual(names(ledger), node.names.slice(0, ledger.entries.length));

  const early = start(new FakeNode(5), memoryLedger(), { signal: AbortSignal.abort() });
  assert.equal(await early.done, null);
});

test('whatever the node goes through, the ledger ends equal to its main chain', async () => {
  const step = fc.record({
    depth: fc.nat(12),
    growth: fc.nat(40),
    /** The question before which the change happens, so that it falls anywhere in the work. */
    before: fc.nat(12),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), fc.integer({ min: 1, max: 20 }), async (steps, batchBlocks) => {
      const node = new FakeNode(15);
      const ledger = memoryLedger();
      const pending = steps.map((one, index) => ({ ...one, branch: `s${index}-` }));
      let wait = pending[0]?.before ?? 0;
      node.onAsk = () => {
        if (pending.length === 0 || wait-- > 0) return;
        const change = pending.shift();
        wait = pending[0]?.before ?? 0;
        if (change === undefined) return;
        // The genesis block stays: another one is another chain.
        node.fork(Math.max(0, node.names.length - 1 - change.depth), change.growth, change.branch);
      };
      const run = start(node, ledger, { batchBlocks });
      await until(
        () => pending.length === 0 && names(ledger).join() === node.names.join(),
        () => [pending, names(ledger), node.names],
      );
      await run.stop();
      // That the tip fell is told, and nothing else: it did.
      assert.deepEqual(
        run.states.flatMap(({ problem }) => problem?.code ?? []).filter((code) => code !== 'node-tip-fell'),
        [],
      );
    }),
    { numRuns: 150, seed: 20_250_221 },
  );
});
