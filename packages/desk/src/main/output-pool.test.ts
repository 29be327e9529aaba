import assert from 'node:assert/strict';
import { after, before, beforeEach, type TestContext, test } from 'node:test';
import type { Address, ChainId } from '@gongjo/contract';
import { type CoreNode, coreNode } from '../chain/bitcoin/core-node.fixture.ts';
import { regtestGenesis } from '../chain/bitcoin/serial.fixture.ts';
import { bitcoinNode } from '../chain/index.ts';
import { coinOf } from '../ledger/index.ts';
import { listAlerts, orderWatch } from '../watch/index.ts';
import { outputPool } from './output-pool.ts';
import { lookAtPool } from './pending.ts';
import { openRoundDesk, type RoundDesk } from './round.fixture.ts';
import { appendOutputs, mined, owner, paid, txid } from './utxo.fixture.ts';

const chain = 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328' as ChainId;

let desk: RoundDesk;
before(async () => {
  desk = await openRoundDesk();
});
beforeEach(async () => {
  await desk.empty();
  await desk.ledger.rollbackTo(chain, -1);
});
after(() => desk.close());

type Waiting = Record<string, readonly (readonly [tx: number, output: number])[]>;

/** A node with these transactions in its pool, by the outputs that they spend. */
async function nodeWith(t: TestContext, waiting: Waiting): Promise<CoreNode & { waiting: Waiting }> {
  const node = Object.assign(await coreNode(t, [regtestGenesis]), { waiting });
  node.onAsk = ({ method, params }) => {
    if (method === 'getrawmempool') return { result: Object.keys(node.waiting) };
    if (method !== 'getrawtransaction') return undefined;
    const spends = node.waiting[String(params[0])];
    if (!spends) return { error: { code: -5, message: 'No such mempool transaction' } };
    return { result: { txid: params[0], vin: spends.map(([of, vout]) => ({ txid: txid(of), vout })), vout: [] } };
  };
  return node;
}

const poolOf = async (node: CoreNode) => outputPool(desk.ledger, chain, await bitcoinNode({ url: node.url }));
const asset = coinOf(chain).id;

test('what addresses are about to give is told by the ledger’s amounts, and each transaction is asked for once', async (t) => {
  await appendOutputs(desk.ledger, chain, 0, [[mined(1, [5, 60], [5, 40], [6, 7])]]);
  const node = await nodeWith(t, {
    [txid(2)]: [
      [1, 0],
      [1, 1],
      [1, 2],
    ],
  });
  const look = await poolOf(node);
  const moves = [
    { txid: txid(2), ord: 0, from: owner(chain, 5), to: null, asset, units: 100n },
    { txid: txid(2), ord: 2, from: owner(chain, 6), to: null, asset, units: 7n },
  ];
  assert.deepEqual(await look(), moves);
  assert.deepEqual(await look(), moves);
  assert.equal(node.asked.filter((question) => question.startsWith('getrawtransaction')).length, 1);
  node.waiting = {};
  assert.deepEqual(await look(), []);
});

test('what spends an output that waits itself is told when that one is in a block; an unknown input leaves the rest', async (t) => {
  await appendOutputs(desk.ledger, chain, 0, [[mined(1, [5, 60])]]);
  const node = await nodeWith(t, { [txid(2)]: [[1, 0]], [txid(3)]: [[2, 0]], [txid(4)]: [[77, 0]] });
  const look = await poolOf(node);
  assert.deepEqual(
    (await look())?.map((move) => move.txid),
    [txid(2)],
  );
  await appendOutputs(desk.ledger, chain, 1, [[paid(2, [[1, 0]], [8, 59])]]);
  node.waiting = { [txid(3)]: [[2, 0]], [txid(4)]: [[77, 0]] };
  assert.deepEqual(
    (await look())?.map((move) => [move.txid, move.from, move.units]),
    [[txid(3), owner(chain, 8), 59n]],
  );
});

test('a node without a pool is no fault; one that says nonsense is passed over', async (t) => {
  const node = await nodeWith(t, {});
  node.onAsk = () => undefined;
  assert.equal(await (await poolOf(node))(), null);
  node.onAsk = ({ method }) => (method === 'getrawmempool' ? { result: { size: 3 } } : undefined);
  assert.equal(await (await poolOf(node))(), null);
  node.onAsk = ({ method }) => ({ result: method === 'getrawmempool' ? [txid(9)] : { txid: txid(8), vin: [] } });
  assert.deepEqual(await (await poolOf(node))(), []);
});

test('a watched address that is about to spend is warned of, and the block confirms the warning', async (t) => {
  await appendOutputs(desk.ledger, chain, 0, [[mined(1, [5, 60])]]);
  const address: Address = owner(chain, 5);
  await desk.records.transaction((tx) =>
    orderWatch(
      tx,
      { clock: desk.clock, random: { uuid: () => 'watch-5', token: () => '' } },
      { kind: 'address', chain, address, reason: 'a lead' },
      'operator',
      address,
    ),
  );
  const node = await nodeWith(t, { [txid(2)]: [[1, 0]] });
  const look = await poolOf(node);
  const alerts = async () =>
    (await listAlerts(desk.records)).map((one) => [one.rule, one.subject, one.units, one.height, one.unconfirmed]);
  assert.equal(await lookAtPool(desk.context(), chain, (await look()) ?? []), true);
  assert.deepEqual(await alerts(), [['about-to-move', address, '60', 0, true]]);
  await appendOutputs(desk.ledger, chain, 1, [[paid(2, [[1, 0]], [8, 60])]]);
  node.waiting = {};
  assert.equal(await lookAtPool(desk.context(), chain, (await look()) ?? []), true);
  assert.deepEqual(await alerts(), [['about-to-move', address, '60', 1, false]]);
});
