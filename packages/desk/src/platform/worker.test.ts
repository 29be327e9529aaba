import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { GongjoError } from '../kernel/index.ts';
import type { Clock } from './clock.ts';
import { startWorker, type Worker } from './worker.ts';

/** A clock whose sleeps end when the test says so, or when they are called off. */
function handClock() {
  const sleeps: { ms: number; end(): void; ended: boolean }[] = [];
  const clock: Clock = {
    now: () => 0,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const sleep = { ms, ended: false, end: () => {} };
        sleep.end = () => {
          sleep.ended = true;
          resolve();
        };
        sleeps.push(sleep);
        if (signal?.aborted) sleep.end();
        else signal?.addEventListener('abort', sleep.end, { once: true });
      }),
  };
  return { clock, sleeps };
}

/** Until everything that can go on without the clock has gone on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

function run(work: (signal: AbortSignal, n: number) => Promise<'more' | 'idle'>) {
  const { clock, sleeps } = handClock();
  const logged: { code?: string; detail?: string; waitMs?: number }[] = [];
  const note = (fields: object) => void logged.push(fields);
  let works = 0;
  const worker: Worker = startWorker({
    name: 'test',
    everyMs: 5_000,
    clock,
    log: { info: note, warn: note, error: note },
    work: (signal) => {
      works += 1;
      return work(signal, works);
    },
  });
  return { worker, sleeps, logged, works: () => works };
}

describe('a worker', () => {
  test('works at once while there is more, then looks again after a while', async () => {
    const { worker, sleeps, works } = run(async (_signal, n) => (n < 4 ? 'more' : 'idle'));
    await settled();
    assert.deepEqual([works(), sleeps.map(({ ms }) => ms)], [4, [5_000]]);
    sleeps[0]?.end();
    await settled();
    assert.equal(works(), 5);
    await worker.stop();
  });

  test('that is woken while it sleeps works at once', async () => {
    const { worker, sleeps, works } = run(async () => 'idle');
    await settled();
    worker.wake();
    await settled();
    assert.deepEqual([works(), sleeps[0]?.ended], [2, true]);
    await worker.stop();
  });

  test('that is woken while it works, works once more before it sleeps, at whatever moment', async () => {
    for (const moment of ['in the middle', 'at the end'] as const) {
      let wake = () => {};
      const { worker, sleeps, works } = run(async (_signal, n) => {
        if (n > 1) return 'idle';
        await settled();
        if (moment === 'in the middle') wake();
        await settled();
        // As late as can be: the answer is on its way to the worker.
        if (moment === 'at the end') queueMicrotask(() => wake());
        return 'idle';
      });
      wake = () => worker.wake();
      for (let i = 0; i < 5; i += 1) await settled();
      assert.equal(works(), 2, moment);
      assert.equal(sleeps.at(-1)?.ended, false, moment);
      await worker.stop();
    }
  });

  test('that is woken many times at once looks once more', async () => {
    const { worker, works } = run(async () => 'idle');
    await settled();
    for (let i = 0; i < 100; i += 1) worker.wake();
    await settled();
    assert.equal(works(), 2);
    await worker.stop();
  });

  test('that fails tries again after waits that grow to a bound, and begins anew after a success', async () => {
    const { worker, sleeps, logged } = run(async (_signal, n) => {
      if (n === 11) return 'idle';
      throw n === 1 ? new GongjoError('not-found') : new Error('broken\nin two lines');
    });
    for (let i = 0; i < 13; i += 1) {
      await settled();
      sleeps[i]?.end();
    }
    await settled();
    assert.deepEqual(
      sleeps.slice(0, 13).map(({ ms }) => ms),
      [250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000, 15_000, 15_000, 5_000, 250, 500],
    );
    assert.deepEqual(
      logged.slice(0, 2).map(({ code, detail, waitMs }) => [code, detail?.includes('\n'), waitMs]),
      [
        ['not-found', false, 250],
        ['internal', false, 500],
      ],
    );
    await worker.stop();
  });

  test('is not woken out of its wait after a failure', async () => {
    const { worker, sleeps, works } = run(async () => {
      throw new Error('broken');
    });
    await settled();
    for (let i = 0; i < 10; i += 1) worker.wake();
    await settled();
    assert.deepEqual([works(), sleeps.length, sleeps[0]?.ended], [1, 1, false]);
    await worker.stop();
  });

  test('that is stopped finishes what it does, tells it to hurry, and does no more', async () => {
    let finish = () => {};
    let told: AbortSignal | undefined;
    const { worker, works, logged } = run((signal) => {
      told = signal;
      return new Promise((resolve) => {
        finish = () => resolve('more');
      });
    });
    await settled();
    let stopped = false;
    const stopping = worker.stop().then(() => {
      stopped = true;
    });
    await settled();
    assert.deepEqual([told?.aborted, stopped], [true, false]);
    finish();
    await stopping;
    worker.wake();
    await settled();
    assert.deepEqual([works(), logged], [1, []]);
  });

  test('that is stopped while it sleeps or waits ends at once', async () => {
    const sleeping = run(async () => 'idle');
    await settled();
    await sleeping.worker.stop();
    const waiting = run(async () => {
      throw new Error('broken');
    });
    await settled();
    await waiting.worker.stop();
    assert.deepEqual([sleeping.works(), waiting.works()], [1, 1]);
  });

  test('a failure that stopping caused is not logged', async () => {
    const { worker, logged } = run(
      (signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
    );
    await settled();
    await worker.stop();
    assert.deepEqual(logged, []);
  });
});
