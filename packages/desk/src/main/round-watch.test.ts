import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { ChainId } from '@gongjo/contract';
import { type BlockEntry, coverageOf } from '../ledger/index.ts';
import { listAlerts, orderWatch } from '../watch/index.ts';
import { address, blocksOf, openRoundDesk, type RoundDesk } from './round.fixture.ts';

let desk: RoundDesk;
before(async () => {
  desk = await openRoundDesk();
});
beforeEach(() => desk.empty());
after(() => desk.close());

const alerts = async () =>
  (await listAlerts(desk.records))
    .map(({ rule, urgency, height, withdrawnAt, watch }) => [
      rule,
      urgency,
      height,
      withdrawnAt === null ? 'stands' : 'withdrawn',
      watch?.reason,
    ])
    .sort();
const watching = (chain: ChainId, n: number) =>
  desk.records.transaction((tx) =>
    orderWatch(
      tx,
      { clock: desk.clock, random: { uuid: () => `watch-${n}`, token: () => '' } },
      { kind: 'address', chain, address: address(n), reason: `lead ${n}` },
      'operator',
      address(n),
    ),
  );
/** Blocks of much later. */
const later = (blocks: readonly BlockEntry[], days: number): BlockEntry[] => {
  const moved = (time: string) => new Date(Date.parse(time) + days * 86_400_000).toISOString();
  return blocks.map(({ block, movements }) => ({
    block: { ...block, time: moved(block.time) },
    movements: movements.map((movement) => ({ ...movement, time: moved(movement.time) })),
  }));
};

describe('a watched address', () => {
  test('that nobody traces is told when it moves, with the reason for which it is watched', async () => {
    const chain = await desk.newChain();
    await watching(chain, 5);
    await desk.ledger.append(blocksOf(chain, 1, [[[1, 4, 6, 10n]], [[2, 5, 6, 10n]]]));
    await desk.settle(desk.context(), chain);
    assert.deepEqual(await alerts(), [['watched-moved', 'act', 2, 'stands', 'lead 5']]);
  });

  test('that had slept is told as a sleeper, too', async () => {
    const chain = await desk.newChain();
    await desk.ledger.append(blocksOf(chain, 1, [[[1, 4, 5, 10n]]]));
    await watching(chain, 5);
    const context = desk.context();
    await desk.settle(context, chain);
    await desk.ledger.append(later(blocksOf(chain, 2, [[[2, 5, 6, 10n]]]), 100));
    await desk.settle(context, chain);
    assert.deepEqual(await alerts(), [
      ['sleeper-wakes', 'act', 2, 'stands', 'lead 5'],
      ['watched-moved', 'act', 1, 'stands', 'lead 5'],
      ['watched-moved', 'act', 2, 'stands', 'lead 5'],
    ]);
  });

  test('that moves only on the branch that a reorganisation brought is told, and what it took back is withdrawn', async () => {
    const chain = await desk.newChain();
    await watching(chain, 5);
    const context = desk.context();
    for (const [at, moves] of ([[], [], [[2, 5, 6, 10n]], []] as const).entries()) {
      await desk.ledger.append(blocksOf(chain, at + 1, [moves]));
      await desk.settle(context, chain);
    }
    assert.deepEqual(await alerts(), [['watched-moved', 'act', 3, 'stands', 'lead 5']]);
    await desk.ledger.rollbackTo(chain, 1);
    await desk.ledger.append(blocksOf(chain, 2, [[[3, 5, 7, 4n]], [], [], []], 1, 0));
    assert.equal((await coverageOf(desk.ledger, chain)).tip.height, 5);
    await desk.settle(context, chain);
    assert.deepEqual(await alerts(), [
      ['watched-moved', 'act', 2, 'stands', 'lead 5'],
      ['watched-moved', 'act', 3, 'withdrawn', 'lead 5'],
    ]);
  });
});
