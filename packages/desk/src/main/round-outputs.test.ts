import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { type ChainId, type Tag, zIncidentDetail } from '@gongjo/contract';
import { checkLead, findIncident, incidentDetail, readTimeline } from '../cases/index.ts';
import { createDirectory } from '../directory/index.ts';
import { GongjoError } from '../kernel/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { deliveriesOf } from '../sharing/index.ts';
import { readObjects } from '../stix/index.ts';
import { listAlerts, readCursor, watchToo } from '../watch/index.ts';
import { openRoundDesk, type RoundDesk, washington } from './round.fixture.ts';
import { runRound } from './round.ts';
import { appendOutputs, mined, owner, paid, txid } from './utxo.fixture.ts';

/** Rounds on chains of outputs. Owner 1 is robbed; owner 900 is an exchange's deposit address. */

const networks = ['000000000019d6689c085ae165831e93', '000000000933ea01ad0ee984209779ba'];
networks.push('00000008819873e925422c1ff0f99f7c', '0f9188f13cb7b2c71f2a335e3a4fc328');
const exchange = 900;
const directory = createDirectory([
  { id: 'pacific', name: { en: 'Pacific', ko: 'Pacific' }, country: 'KR', kind: 'exchange' },
]);
const fromWashington = { origin: { desk: 'washington', name: washington.name } };

let desk: RoundDesk;
let chain: ChainId;
before(async () => {
  desk = await openRoundDesk();
});
/** Every test has a ledger of its own: the networks in turn, emptied. */
let turn = 0;
beforeEach(async () => {
  await desk.empty();
  chain = `bip122:${networks[turn % networks.length]}` as ChainId;
  turn += 1;
  await desk.ledger.rollbackTo(chain, -1);
  const tag: Tag = { ...pacific, chain, address: owner(chain, exchange) };
  await desk.ledger.putTags([tag]);
});
after(() => desk.close());

const pacific = {
  label: 'Pacific deposit',
  category: 'exchange' as const,
  actor: 'pacific',
  source: 'test',
  confidence: 90,
};
const append = (from: number, blocks: Parameters<typeof appendOutputs>[3], fork?: number, parentFork?: number) =>
  appendOutputs(desk.ledger, chain, from, blocks, fork, parentFork);

/** Coins of the robbed, and the theft of 100 of them. */
const robbed = mined(50, [1, 60], [1, 40]);
const theft = paid(
  1,
  [
    [50, 0],
    [50, 1],
  ],
  [2, 70],
  [3, 30],
);
/** 70 and clean 5 of owner 4 to the exchange. */
const deposit = [
  mined(51, [4, 5]),
  paid(
    2,
    [
      [1, 0],
      [51, 0],
    ],
    [exchange, 75],
  ),
];

const number = (hash: string | null) => hash && Number.parseInt(hash, 16);
const timeline = async (id: string) =>
  (await readTimeline(desk.records, id))
    .filter(({ kind }) => kind === 'moved' || kind === 'deposited')
    .map(({ kind, txid: tx, units }) => [kind, number(tx), units]);
const alerts = async () =>
  (await listAlerts(desk.records)).map(({ rule, urgency, txid: tx, units, from, to, withdrawnAt }) => [
    rule,
    urgency,
    number(tx),
    units,
    from,
    to,
    withdrawnAt === null ? 'stands' : 'withdrawn',
  ]);
const places = async (id: string) =>
  (await incidentDetail(desk.records, desk.ledger, directory, id)).places.map(({ stop, units, address, holder }) => [
    stop,
    units,
    holder?.name?.en ?? address,
  ]);
const alertOf = (state: 'stands' | 'withdrawn', tx = 2, units = '70') => [
  'deposit-to-service',
  'act',
  tx,
  units,
  owner(chain, 2),
  owner(chain, exchange),
  state,
];

describe('an incident on a chain of outputs', () => {
  test('is followed block by block to a service, warned of and shared', async () => {
    await append(0, [[robbed], [mined(52, [9, 1]), theft]]);
    const id = await desk.open(1, { chain, txids: [txid(1)] });
    const context = desk.context();
    await desk.settle(context, chain);
    assert.deepEqual(await timeline(id), [
      ['moved', 1, '70'],
      ['moved', 1, '30'],
    ]);
    assert.deepEqual(await alerts(), []);
    assert.deepEqual(await places(id), [
      ['unspent', '70', owner(chain, 2)],
      ['unspent', '30', owner(chain, 3)],
    ]);

    await append(2, [deposit]);
    await desk.settle(context, chain);
    assert.deepEqual(await alerts(), [alertOf('stands')]);
    assert.deepEqual(await places(id), [
      ['service', '70', 'Pacific'],
      ['unspent', '30', owner(chain, 3)],
    ]);
    assert.deepEqual((await timeline(id)).at(-1), ['deposited', 2, '70']);
    const detail = await incidentDetail(desk.records, desk.ledger, directory, id);
    assert.deepEqual(zIncidentDetail.parse(JSON.parse(JSON.stringify(detail))).stolen, [
      { asset: detail.assets[0]?.id, units: '100' },
    ]);
    const sent = (await deliveriesOf(desk.records, 'washington')).flatMap(({ objects }) => objects);
    assert.ok(sent.some((object) => object.id === id));
    const rows = await desk.records.query<{ body: string }>('select body from shared_objects');
    const objects = rows.map(({ body }) => JSON.parse(body) as { type: string; value?: string });
    assert.deepEqual(readObjects({ objects }).findings, []);
    assert.deepEqual(
      objects.flatMap(({ type, value }) => (type === 'cryptocurrency-wallet' ? [value] : [])).sort(),
      [1, 2, 3, exchange].map((n) => owner(chain, n)).sort(),
    );
  });

  test('whose deposit a reorganisation takes back: the alert is withdrawn, and the money is where the chain says', async () => {
    await append(0, [[robbed], [theft], deposit]);
    const id = await desk.open(1, { chain, txids: [txid(1)] });
    const context = desk.context();
    await desk.settle(context, chain);
    assert.deepEqual(await alerts(), [alertOf('stands')]);
    await desk.ledger.rollbackTo(chain, 1);
    await append(2, [[mined(53, [9, 1]), paid(3, [[1, 0]], [6, 70])], [mined(54, [9, 1])]], 1, 0);
    await desk.settle(context, chain);
    assert.deepEqual(await alerts(), [alertOf('withdrawn')]);
    assert.deepEqual(await places(id), [
      ['unspent', '70', owner(chain, 6)],
      ['unspent', '30', owner(chain, 3)],
    ]);
    await append(4, [[mined(55, [9, 1]), paid(4, [[3, 0]], [exchange, 70])]], 1);
    await desk.settle(context, chain);
    assert.deepEqual((await places(id))[0], ['service', '70', 'Pacific']);

    await desk.ledger.rollbackTo(chain, 0);
    await append(1, [[mined(56, [9, 1])], [mined(57, [9, 1])]], 2, 0);
    await desk.settle(context, chain);
    assert.equal((await findIncident(desk.records, id))?.traced, false);
    assert.deepEqual([await timeline(id), await places(id)], [[], []]);
    assert.ok((await alerts()).every((alert) => alert.at(-1) === 'withdrawn'));
  });

  test('waits for its transaction, and is followed when it comes', async () => {
    await append(0, [[robbed]]);
    const id = await desk.open(1, { chain, txids: [txid(1)] });
    const context = desk.context();
    await desk.settle(context, chain);
    await append(1, [[mined(52, [9, 1])]]);
    await desk.settle(context, chain);
    assert.equal((await findIncident(desk.records, id))?.traced, false);
    await append(2, [[mined(53, [9, 1]), theft]]);
    await desk.settle(context, chain);
    assert.equal((await timeline(id)).length, 2);
  });

  test('whose outputs several robbed addresses paid tells each output once, with all that was brought', async () => {
    await append(0, [
      [mined(50, [1, 60], [5, 40])],
      [
        mined(52, [9, 1]),
        paid(
          1,
          [
            [50, 0],
            [50, 1],
          ],
          [exchange, 100],
        ),
      ],
    ]);
    const id = await desk.open(1, { chain, txids: [txid(1)] });
    await desk.settle(desk.context(), chain);
    assert.deepEqual(await timeline(id), [['deposited', 1, '100']]);
    const [alert, ...more] = await alerts();
    assert.deepEqual([alert?.[3], alert?.[4], more], ['100', owner(chain, 1), []]);
    const [shared] = await desk.records.query<{ body: string }>(
      `select body from shared_objects where type = 'cryptocurrency-transaction'`,
    );
    const parts = Array.from(shared?.body.matchAll(/"(?:units|amount)":"?(\d+)/g) ?? [], ([, units]) => units);
    assert.deepEqual(parts, ['60', '40'], shared?.body);
  });

  test('a lead that holds nothing is refused when it is opened', async () => {
    await append(0, [[robbed, paid(1, [[50, 0]], [2, 0])]]);
    await assert.rejects(
      checkLead(desk.ledger, { chain, txids: [txid(1)] }),
      (thrown: unknown) => thrown instanceof GongjoError && thrown.code === 'lead-moves-nothing',
    );
    await checkLead(desk.ledger, { chain, txids: [txid(50)] });
    await checkLead(desk.ledger, { chain, txids: [txid(77)] });
  });
});

test('a partner’s indicator that moves is told once for each address, and taken back with its block', async () => {
  await append(0, [[mined(50, [5, 10], [5, 20], [6, 1])]]);
  const id = await desk.open(1, { chain, txids: [txid(77)], ...fromWashington });
  await desk.records.transaction((tx) => watchToo(tx, chain, id, 'indicator', [owner(chain, 5)]));
  const context = desk.context();
  await desk.settle(context, chain);
  await append(1, [
    [
      mined(51, [5, 3]),
      paid(
        2,
        [
          [50, 2],
          [50, 0],
          [50, 1],
        ],
        [7, 31],
      ),
    ],
  ]);
  await desk.settle(context, chain);
  const moved = ['indicator-moved', 'know', 2, '30', owner(chain, 5), null];
  assert.deepEqual(await alerts(), [[...moved, 'stands']]);
  await desk.ledger.rollbackTo(chain, 0);
  await append(1, [[mined(52, [9, 1])], [mined(53, [9, 1])]], 1, 0);
  await desk.settle(context, chain);
  assert.deepEqual(await alerts(), [[...moved, 'withdrawn']]);
});

describe('a history that is read in', () => {
  const many = Array.from({ length: 500 }, (_, at) => [mined(1000 + at, [9, 1])]);
  const counting = () => {
    const asked = { screened: 0, moved: 0 };
    const ledger: Ledger = {
      ...desk.ledger,
      utxo: {
        ...desk.ledger.utxo,
        transactionsBetween: (...args) => {
          asked.screened += 1;
          return desk.ledger.utxo.transactionsBetween(...args);
        },
      },
    };
    return { asked, context: desk.context({ ledger }) };
  };

  test('without an incident takes one step', async () => {
    await append(0, many);
    const { asked, context } = counting();
    assert.equal((await runRound(context, chain)).state, 'idle');
    assert.equal((await readCursor(desk.records, chain))?.height, 499);
    assert.equal(asked.screened, 0);
  });

  test('with an incident leaps to the tip, and says what was to be said', async () => {
    await append(0, [[robbed]]);
    const id = await desk.open(1, { chain, txids: [txid(1)] });
    const { asked, context } = counting();
    await desk.settle(context, chain);
    const before = asked.screened;
    await append(1, [[mined(52, [9, 1]), theft], ...many, deposit]);
    assert.equal((await runRound(context, chain)).state, 'idle');
    assert.equal(asked.screened, before);
    assert.deepEqual((await timeline(id)).at(-1), ['deposited', 2, '70']);
    assert.deepEqual(await alerts(), [alertOf('stands')]);
  });

  test('with a partner’s indicator that no trace covers misses none of its movements', async () => {
    await append(0, [[mined(50, [5, 10])]]);
    const id = await desk.open(1, { chain, txids: [txid(77)], ...fromWashington });
    await desk.records.transaction((tx) => watchToo(tx, chain, id, 'indicator', [owner(chain, 5)]));
    const { asked, context } = counting();
    await desk.settle(context, chain);
    const before = asked.screened;
    await append(1, [...many.slice(0, 250), [mined(51, [9, 1]), paid(2, [[50, 0]], [7, 10])], ...many.slice(250)]);
    await desk.settle(context, chain);
    assert.equal(asked.screened - before, 3);
    assert.equal((await alerts()).length, 1);
  });

  test('of full blocks takes fewer in a step', async () => {
    const id = await desk.open(1, { chain, txids: [txid(77)], ...fromWashington });
    await desk.records.transaction((tx) => watchToo(tx, chain, id, 'indicator', [owner(chain, 5)]));
    await append(
      0,
      [0, 1, 2, 3].map((block) => Array.from({ length: 4000 }, (_, at) => mined(2000 + block * 4000 + at, [9, 1]))),
    );
    const { asked, context } = counting();
    assert.equal((await runRound(context, chain)).state, 'more');
    assert.equal((await readCursor(desk.records, chain))?.height, 1);
    assert.equal((await runRound(context, chain)).state, 'idle');
    assert.equal(asked.screened, 2);
  });
});
