import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { AssetId, ChainId } from '@gongjo/contract';
import type { Hit } from '../watch/index.ts';
import { openRoundDesk, type RoundDesk } from './round.fixture.ts';
import { lastSeenBefore } from './round-past.ts';
import { appendOutputs, mined, owner, paid, txid } from './utxo.fixture.ts';

const chain = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328' as ChainId;
const time = (height: number) => new Date(1_700_000_000_000 + height * 600_000).toISOString();

let desk: RoundDesk;
before(async () => {
  desk = await openRoundDesk();
});
after(() => desk.close());

const hit = (n: number, height: number): Hit => ({
  ...{ source: 'address', incident: null, watch: null, address: owner(chain, n) },
  movement: {
    ...{ txid: txid(99), ord: 0, height, time: time(height), from: owner(chain, n), to: null },
    ...{ asset: `${chain}/slip44:1` as AssetId, units: 1n },
  },
});

test('when senders of outputs were last seen before: by what they received and what they spent, each as of its own block', async () => {
  await appendOutputs(desk.ledger, chain, 0, [
    [mined(50, [5, 10], [6, 20])],
    [mined(51, [9, 1]), paid(1, [[50, 1]], [6, 15], [7, 5])],
    [mined(52, [9, 1]), paid(2, [[50, 0]], [8, 10])],
    [mined(53, [9, 1]), paid(3, [[1, 0]], [8, 15])],
  ]);
  const last = await lastSeenBefore(desk.ledger, chain, [hit(5, 2), hit(6, 3), hit(6, 1), hit(7, 3), hit(4, 3)]);
  assert.deepEqual(
    [...last].sort(),
    [
      [owner(chain, 5), time(0)],
      // The first of an address's hits counts.
      [owner(chain, 6), time(0)],
      [owner(chain, 7), time(1)],
    ].sort(),
  );
  assert.deepEqual([...(await lastSeenBefore(desk.ledger, chain, [hit(6, 3)]))], [[owner(chain, 6), time(1)]]);
});
