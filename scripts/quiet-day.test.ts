import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { BlockHash, ChainId } from '@gongjo/contract';
import { quietDay } from './quiet-day/day.ts';
import { measureQuietDay } from './quiet-day/measure.ts';

const seed = Number(process.env.GONGJO_SEED ?? Math.floor(Math.random() * 1e6));

describe(`a quiet day, seed ${seed}`, () => {
  test('is the same for the same seed, links its blocks, and has as many movements as asked', () => {
    const after = { height: 9, hash: '0x09' as BlockHash, timeS: 1_767_225_600 };
    const made = () => [...quietDay({ chain: 'eip155:1' as ChainId, movements: 5_000, seed, after }).blocks()];
    const [first, ...day] = made();
    assert.deepEqual(made(), [first, ...day]);
    assert.deepEqual([first?.block.height, first?.block.parent], [10, after.hash]);
    const count = day.reduce((all, { movements }) => all + movements.length, 0);
    assert.ok(count >= 5_000 && count < 5_400, String(count));
    for (const [at, { block, movements }] of day.entries()) {
      assert.equal(block.parent, (day[at - 1] ?? first)?.block.hash);
      assert.equal(new Set(movements.map(({ txIndex, ord }) => `${txIndex} ${ord}`)).size, movements.length);
    }
  });

  test('with which nothing followed or watched has to do raises no alert of any rule: the stated rate', async () => {
    const { movements, screened, alerts } = await measureQuietDay({ movements: 100_000, seed, mode: 'unrelated' });
    assert.ok(movements >= 100_000 && screened >= 2 * movements);
    assert.deepEqual(
      Object.entries(alerts).filter(([, count]) => count > 0),
      [],
    );
  });

  test('whose people are themselves watched makes rules speak, so that silence above says something', async () => {
    const { alerts } = await measureQuietDay({ movements: 20_000, seed, mode: 'watched', people: 2_000, payments: 20 });
    assert.ok(alerts['watched-moved'] > 0);
    assert.ok(alerts['deposit-to-service'] + alerts.collection + alerts['mixer-entry'] + alerts['bridge-entry'] > 0);
  });
});
