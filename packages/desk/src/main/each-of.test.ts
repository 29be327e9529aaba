import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachOf } from './each-of.ts';

test('what fails of one is in the log and stops no other', async () => {
  const said: unknown[] = [];
  const done: string[] = [];
  const records = { transaction: async (work: (tx: never) => Promise<unknown>) => work(undefined as never) };
  const log = { warn: (facts: object, text: string) => said.push([facts, text]) };
  const looking = { records, log, failure: 'could not be looked after' } as never;
  const answer = await eachOf(['a', { id: 'b' }, 'c'], looking, async (_, it) => {
    if (typeof it === 'object') throw new Error('broken');
    done.push(it);
    return it === 'a';
  });
  assert.deepEqual(answer, { news: true, failed: true });
  assert.deepEqual(done, ['a', 'c']);
  assert.deepEqual(said, [[{ subject: 'b', detail: 'broken' }, 'could not be looked after']]);
  assert.deepEqual(await eachOf(['c'], looking, async () => false), { news: false, failed: false });
});

test('what could not be kept does not count as done', async () => {
  const records = {
    transaction: async (work: (tx: never) => Promise<unknown>) => {
      const isNews = await work(undefined as never);
      if (done.at(-1) === 'a') throw new Error('the commit failed');
      return isNews;
    },
  };
  const [done, kept]: [string[], string[]] = [[], []];
  const looking = { records, log: { warn: () => undefined }, failure: '' } as never;
  const work = async (_: unknown, it: string) => done.push(it) > 0;
  await eachOf(['a', 'b'], looking, work, (it) => kept.push(it));
  assert.deepEqual([done, kept], [['a', 'b'], ['b']]);
});
