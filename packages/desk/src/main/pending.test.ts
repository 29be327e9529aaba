import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Address, ChainId } from '@gongjo/contract';
import { startAnvil } from '../chain/evm/anvil.fixture.ts';
import { pendingMoves } from '../chain/index.ts';
import { groupDetail, listAlerts, orderWatch } from '../watch/index.ts';
import { lookAtPool } from './pending.ts';
import { address, blocksOf, openRoundDesk, type RoundDesk, txid } from './round.fixture.ts';

let desk: RoundDesk;
before(async () => {
  desk = await openRoundDesk();
});
beforeEach(() => desk.empty());
after(() => desk.close());

const watching = (chain: ChainId, at: Address) =>
  desk.records.transaction((tx) =>
    orderWatch(
      tx,
      { clock: desk.clock, random: { uuid: () => `watch-${at}`, token: () => '' } },
      { kind: 'address', chain, address: at, reason: 'a lead' },
      'operator',
      at,
    ),
  );
const alerts = async () =>
  (await listAlerts(desk.records)).map(({ rule, height, unconfirmed, withdrawnAt }) => [
    rule,
    height,
    unconfirmed,
    withdrawnAt === null ? 'stands' : 'withdrawn',
  ]);

test('what is about to move is told once as unconfirmed, and is confirmed by the block that has it', async () => {
  const chain = await desk.newChain();
  await watching(chain, address(5));
  await desk.ledger.append(blocksOf(chain, 1, [[]]));
  const context = { ...desk.context() };
  const asset = blocksOf(chain, 9, [[[9, 1, 2, 1n]]])[0]?.movements[0]?.asset;
  assert.ok(asset);
  const move = { txid: txid(7), ord: 0, from: address(5), to: address(6), asset, units: 10n };
  const other = { ...move, txid: txid(8), from: address(6), to: address(5) };
  assert.equal(await lookAtPool(context, chain, [move, other]), true);
  assert.equal(await lookAtPool(context, chain, [move, other]), false);
  assert.deepEqual(await alerts(), [['about-to-move', 1, true, 'stands']]);
  await desk.ledger.append(blocksOf(chain, 2, [[[7, 5, 6, 10n]]]));
  assert.equal(await lookAtPool(context, chain, [move]), true);
  assert.equal(await lookAtPool(context, chain, [move]), false);
  assert.deepEqual(await alerts(), [['about-to-move', 2, false, 'stands']]);
  const [alert] = await listAlerts(desk.records);
  assert.deepEqual(
    (await groupDetail(desk.records, desk.clock, alert?.group ?? '')).acts.map(({ act, count }) => [act, count]),
    [['confirmed', 1]],
  );
});

test('what neither a block nor the pool has for ten minutes is withdrawn', async () => {
  const chain = await desk.newChain();
  await watching(chain, address(5));
  const context = { ...desk.context() };
  const move = {
    txid: txid(7),
    ord: 0,
    from: address(5),
    to: address(6),
    asset: `${chain}/slip44:60` as never,
    units: 10n,
  };
  await lookAtPool(context, chain, [move]);
  desk.clock.at += 599_000;
  assert.equal(await lookAtPool(context, chain, []), false);
  desk.clock.at += 1_000;
  assert.equal(await lookAtPool(context, chain, [move]), false, 'still in the pool');
  assert.equal(await lookAtPool(context, chain, []), true);
  assert.deepEqual(await alerts(), [['about-to-move', 0, true, 'withdrawn']]);
});

test('a real node shows what waits in its pool, in its coin and in tokens', async (t) => {
  const anvil = await startAnvil(t, 0, ['--no-mining']);
  const [from = ''] = anvil.accounts;
  const chain = 'eip155:31337' as ChainId;
  assert.deepEqual(await pendingMoves(anvil.rpc, chain), []);
  const coin = await anvil.send({ to: address(6), value: '0x10' });
  const word = (hex: string) => hex.replace('0x', '').padStart(64, '0');
  const token = await anvil.send({
    to: address(9),
    data: `0xa9059cbb${word(address(6))}${word('0x20')}`,
    gas: '0x30d40',
  });
  const moves = (await pendingMoves(anvil.rpc, chain)) ?? [];
  assert.deepEqual(
    moves
      .map(({ txid: id, from: sender, to, asset, units }) => [id, sender, to, asset, units])
      .sort((a, b) => Number(a[4]) - Number(b[4])),
    [
      [coin, from.toLowerCase(), address(6), `${chain}/slip44:60`, 0x10n],
      [token, from.toLowerCase(), address(6), `${chain}/erc20:${address(9)}`, 0x20n],
    ],
  );
  await anvil.mine(1);
  assert.deepEqual(await pendingMoves(anvil.rpc, chain), []);
});
