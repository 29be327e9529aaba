import assert from 'node:assert/strict';
import { test } from 'node:test';
import { killUnderLoad } from './kill-load.fixture.ts';
import { houseOf } from './theatre.fixture.ts';

/** Other moments for every run; a failure is played again with GONGJO_SEED. `npm run kill-hundred` kills a hundred times. */
const seed = Number(process.env.GONGJO_SEED ?? Date.now() % 1_000_000);
const kills = 8;

test('two desks that share under load are killed again and again, and nothing is lost or there twice', async (t) => {
  t.diagnostic(`seed: ${seed} (repeat with GONGJO_SEED=${seed})`);
  const outcome = await killUnderLoad(houseOf(t), seed, kills, (line) => t.diagnostic(line));
  assert.equal(outcome.kills, kills);
  for (const { deliveries, objects } of outcome.exchanged) assert.ok(deliveries > 0 && objects > 0);
  t.diagnostic(JSON.stringify(outcome));
});
