import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { ChainId } from '@gongjo/contract';
import { findIncident, readTimeline } from '../cases/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { Records } from '../platform/index.ts';
import { deliveriesOf, refusalsOf } from '../sharing/index.ts';
import { listAlerts, readCursor, watchToo } from '../watch/index.ts';
import { address, blocksOf, exchange, openRoundDesk, type RoundDesk, txid, washington } from './round.fixture.ts';
import { runRound } from './round.ts';

let desk: RoundDesk;
before(async () => {
  desk = await openRoundDesk();
});
beforeEach(() => desk.empty());
after(() => desk.close());

const theft = [[1, 1, 2, 100n]] as const;
const onward = [[2, 2, 3, 60n]] as const;
const deposit = [[3, 3, exchange, 60n]] as const;

const fromWashington = { origin: { desk: 'washington', name: washington.name } };
const timeline = async (id: string) =>
  (await readTimeline(desk.records, id)).map(({ kind, txid: tx, units }) => [kind, tx && Number(tx), units]);
const followed = async (id: string) =>
  (await timeline(id)).filter(([kind]) => ['moved', 'deposited'].includes(String(kind)));
const alerts = async () =>
  (await listAlerts(desk.records)).map(({ rule, urgency, txid: tx, withdrawnAt }) => [
    rule,
    urgency,
    Number(tx),
    withdrawnAt === null ? 'stands' : 'withdrawn',
  ]);
const watched = async (chain: ChainId) =>
  (
    await desk.records.query<{ address: string }>(
      `select address from watched_addresses where chain = $1 and source = 'trace' order by address`,
      [chain],
    )
  ).map((row) => Number(row.address));
const sent = async () => (await deliveriesOf(desk.records, 'washington')).flatMap(({ objects }) => objects).reverse();

describe('a round', () => {
  test('follows an incident’s money, tells of it, warns of it, and shares it', async () => {
    const chain = await desk.newChain();
    await desk.ledger.append(blocksOf(chain, 1, [theft, onward, deposit]));
    const id = await desk.open(1, { chain, txids: [txid(1)] });
    const result = await runRound(desk.context(), chain);
    assert.equal(result.state, 'idle');
    assert.deepEqual(result.waiting, new Set(['washington']));
    assert.deepEqual(await followed(id), [
      ['moved', 1, '100'],
      ['moved', 2, '60'],
      ['deposited', 3, '60'],
    ]);
    assert.deepEqual(await alerts(), [['deposit-to-service', 'act', 3, 'stands']]);
    assert.deepEqual(await watched(chain), [2]);
    assert.equal((await readCursor(desk.records, chain))?.height, 3);
    assert.ok((await sent()).some((object) => object.id === id));
  });

  test('does nothing when nothing came', async () => {
    const chain = await desk.newChain();
    await desk.ledger.append(blocksOf(chain, 1, [theft, onward]));
    await desk.open(1, { chain, txids: [txid(1)] });
    const context = desk.context();
    await desk.settle(context, chain);
    const settled = await desk.everything();
    desk.clock.at += 60_000;
    assert.deepEqual(await runRound(context, chain), { state: 'idle', topics: [], waiting: new Set() });
    assert.deepEqual(await runRound(desk.context(), chain), { state: 'idle', topics: [], waiting: new Set() });
    assert.deepEqual(await desk.everything(), settled);
  });

  test('waits for a lead that is not in the ledger, without asking for it in every block', async () => {
    const chain = await desk.newChain();
    await desk.ledger.append(blocksOf(chain, 1, [[[9, 8, 7, 1n]]]));
    const id = await desk.open(1, { chain, txids: [txid(1)] });
    let asked = 0;
    const ledger: Ledger = {
      ...desk.ledger,
      transactions: (...args) => {
        asked += 1;
        return desk.ledger.transactions(...args);
      },
    };
    const context = desk.context({ ledger });
    await desk.settle(context, chain);
    const askedFirst = asked;
    assert.ok(askedFirst > 0);
    await desk.ledger.append(blocksOf(chain, 2, [[], [[8, 8, 7, 1n]], []]));
    await desk.settle(context, chain);
    assert.equal(asked, askedFirst);
    assert.equal((await findIncident(desk.records, id))?.traced, false);
    await desk.ledger.append(blocksOf(chain, 5, [theft]));
    await desk.settle(context, chain);
    assert.equal((await findIncident(desk.records, id))?.traced, true);
  });

  test('a lead that takes nothing from anyone does not hold up the incidents of others', async () => {
    const chain = await desk.newChain();
    await desk.ledger.append(blocksOf(chain, 1, [[[7, 5, 5, 10n]], theft, onward]));
    const empty = await desk.open(1, { chain, txids: [txid(7)], ...fromWashington });
    const real = await desk.open(2, { chain, txids: [txid(1)] });
    await desk.settle(desk.context(), chain);
    assert.equal((await findIncident(desk.records, empty))?.traced, false);
    assert.equal((await followed(real)).length, 2);
  });

  test('of a partner’s incident tells that partner alone what arrived here, and nothing else', async () => {
    const chain = await desk.newChain();
    desk.partners = [washington, { ...washington, id: 'ottawa' }];
    await desk.ledger.append(blocksOf(chain, 1, [theft, [[2, 2, exchange, 60n]]]));
    await desk.open(1, { chain, txids: [txid(1)], ...fromWashington });
    const { waiting } = await runRound(desk.context(), chain);
    assert.deepEqual(waiting, new Set(['washington']));
    assert.deepEqual((await sent()).map(({ type }) => type).sort(), ['identity', 'sighting']);
    assert.deepEqual(await deliveriesOf(desk.records, 'ottawa'), []);
  });

  test('of two deposits in one block tells both', async () => {
    const chain = await desk.newChain();
    await desk.ledger.append(
      blocksOf(chain, 1, [
        theft,
        [
          [2, 2, exchange, 60n],
          [3, 2, exchange + 1, 40n],
        ],
      ]),
    );
    await desk.open(1, { chain, txids: [txid(1)], ...fromWashington });
    await desk.settle(desk.context(), chain);
    assert.equal((await sent()).filter(({ type }) => type === 'sighting').length, 2);
  });

  test('warns of a partner’s indicator that moves, while its incident cannot be followed', async () => {
    const chain = await desk.newChain();
    await desk.ledger.append(blocksOf(chain, 1, [[]]));
    const id = await desk.open(1, { chain, txids: [txid(77)], ...fromWashington });
    await desk.records.transaction((tx) => watchToo(tx, chain, id, 'indicator', [address(5)]));
    const context = desk.context();
    await desk.settle(context, chain);
    await desk.ledger.append(
      blocksOf(chain, 2, [
        [
          [2, 5, 6, 10n],
          [3, 6, 5, 10n],
          [4, 5, 6, 0n],
        ],
      ]),
    );
    await desk.settle(context, chain);
    assert.deepEqual(await alerts(), [['indicator-moved', 'know', 2, 'stands']]);
  });
});

describe('who is told', () => {
  const incidentAt = async (chain: ChainId) => {
    await desk.ledger.append(blocksOf(chain, 1, [theft, onward]));
    return desk.open(1, { chain, txids: [txid(1)] });
  };

  test('a new partner is told of what is known already', async () => {
    const chain = await desk.newChain();
    desk.partners = [];
    const id = await incidentAt(chain);
    const context = desk.context();
    await desk.settle(context, chain);
    desk.partners = [washington];
    const { waiting } = await runRound(context, chain);
    assert.deepEqual(waiting, new Set(['washington']));
    const ids = (await sent()).map((object) => object.id);
    assert.ok(ids.includes(id));
    assert.equal(ids.filter((it) => it.startsWith('cryptocurrency-transaction--')).length, 2);
  });

  test('a partner whose agreement comes later is told then', async () => {
    const chain = await desk.newChain();
    desk.partners = [{ ...washington, agreement: null }];
    await incidentAt(chain);
    const context = desk.context();
    await desk.settle(context, chain);
    assert.deepEqual(await sent(), []);
    const refused = (await refusalsOf(desk.records, 'washington')).length;
    assert.ok(refused > 0);
    desk.partners = [washington];
    await desk.settle(context, chain);
    assert.equal((await sent()).length, refused);
    assert.deepEqual(await refusalsOf(desk.records, 'washington'), []);
  });

  test('a partner that comes while the round is under way is told everything in the next', async () => {
    const chain = await desk.newChain();
    await incidentAt(chain);
    const ottawa = { ...washington, id: 'ottawa' };
    let reads = 0;
    const context = desk.context({
      partners: async () => {
        reads += 1;
        return reads === 1 ? [washington] : [washington, ottawa];
      },
    });
    await runRound(context, chain);
    assert.deepEqual(await deliveriesOf(desk.records, 'ottawa'), []);
    await runRound(context, chain);
    const [delivery] = await deliveriesOf(desk.records, 'ottawa');
    assert.equal(delivery?.objects.length, (await sent()).length);
  });

  test('a partner that is removed while the round is under way is told nothing', async () => {
    const chain = await desk.newChain();
    await incidentAt(chain);
    let reads = 0;
    const context = desk.context({
      partners: async () => {
        reads += 1;
        return reads === 1 ? [washington] : [];
      },
    });
    assert.deepEqual((await runRound(context, chain)).waiting, new Set());
    assert.deepEqual(await deliveriesOf(desk.records, 'washington'), []);
  });

  test('rounds that remember tell the same as rounds that do not', async () => {
    const grow = async (fresh: boolean) => {
      await desk.empty();
      const chain = await desk.newChain();
      const id = await desk.open(1, { chain, txids: [txid(1)] });
      let context = desk.context();
      const path = [theft, onward, [[3, 3, 4, 50n]], [[4, 2, 4, 40n]], [[5, 4, exchange, 90n]]] as const;
      for (const [i, block] of path.entries()) {
        await desk.ledger.append(blocksOf(chain, i + 1, [block]));
        if (fresh) context = desk.context();
        await desk.settle(context, chain);
      }
      // Identifiers of addresses and transactions do not depend on the chain; their bytes name it.
      return {
        sent: (await sent()).map((object) => `${object.type} ${object.id}`).sort(),
        timeline: (await timeline(id)).map((entry) => JSON.stringify(entry).replaceAll(chain, 'chain')),
        watched: await watched(chain),
        trace: (await desk.everything()).incident_traces?.map((row) => JSON.stringify(row).replaceAll(chain, 'chain')),
      };
    };
    assert.deepEqual(await grow(false), await grow(true));
  });
});

describe('a crash', () => {
  const killed = (records: Records): Records => ({
    ...records,
    transaction: (work) =>
      records.transaction(async (tx) => {
        await work(tx);
        throw new Error('killed');
      }),
  });

  test('before a round is committed leaves nothing of it, and the round again gives what it would have given', async () => {
    const play = async (crashes: boolean) => {
      await desk.empty();
      const chain = await desk.newChain();
      const id = await desk.open(1, { chain, txids: [txid(1)] });
      for (const [i, block] of [theft, onward, deposit].entries()) {
        await desk.ledger.append(blocksOf(chain, i + 1, [block]));
        if (crashes) {
          const untouched = await desk.everything();
          await assert.rejects(runRound(desk.context({ records: killed(desk.records) }), chain), /killed/);
          assert.deepEqual(await desk.everything(), untouched);
        }
        await desk.settle(desk.context(), chain);
      }
      return [
        await timeline(id),
        await alerts(),
        await watched(chain),
        (await sent()).map((object) => object.id),
        (await readCursor(desk.records, chain))?.height,
      ];
    };
    const [whole, cut] = [await play(false), await play(true)];
    assert.deepEqual(cut, whole);
  });

  test('what a failed round had prepared is not remembered as told', async () => {
    const chain = await desk.newChain();
    await desk.ledger.append(blocksOf(chain, 1, [theft, onward]));
    await desk.open(1, { chain, txids: [txid(1)] });
    const context = desk.context();
    await assert.rejects(runRound({ ...context, records: killed(desk.records) }, chain), /killed/);
    await desk.settle(context, chain);
    assert.equal((await sent()).filter(({ type }) => type === 'cryptocurrency-transaction').length, 2);
  });
});

describe('a reorganisation', () => {
  test('withdraws the alert of a deposit that is gone, and corrects timeline and watch', async () => {
    const chain = await desk.newChain();
    await desk.ledger.append(blocksOf(chain, 1, [theft, onward, deposit]));
    const id = await desk.open(1, { chain, txids: [txid(1)] });
    const context = desk.context();
    await desk.settle(context, chain);
    await desk.ledger.rollbackTo(chain, 2);
    await desk.ledger.append(blocksOf(chain, 3, [[[4, 3, 5, 60n]], []], 1, 0));
    await desk.settle(context, chain);
    assert.deepEqual(await alerts(), [['deposit-to-service', 'act', 3, 'withdrawn']]);
    assert.deepEqual(await followed(id), [
      ['moved', 1, '100'],
      ['moved', 2, '60'],
      ['moved', 4, '60'],
    ]);
    assert.deepEqual(await watched(chain), [2, 5]);
    assert.ok((await timeline(id)).some(([kind]) => kind === 'reorganised'));
    assert.equal((await readCursor(desk.records, chain))?.height, 4);
  });

  test('an alert whose deposit comes again is raised again, and dated by its new block', async () => {
    const chain = await desk.newChain();
    await desk.ledger.append(blocksOf(chain, 1, [theft, onward, deposit]));
    const id = await desk.open(1, { chain, txids: [txid(1)] });
    const context = desk.context();
    await desk.settle(context, chain);
    await desk.ledger.rollbackTo(chain, 2);
    await desk.settle(context, chain);
    assert.deepEqual(await alerts(), [['deposit-to-service', 'act', 3, 'withdrawn']]);
    desk.clock.at += 12_000;
    const branch = blocksOf(chain, 3, [[], deposit], 1, 0);
    await desk.ledger.append(branch);
    await desk.settle(context, chain);
    const [alert, ...more] = await listAlerts(desk.records);
    assert.deepEqual(more, []);
    assert.deepEqual([alert?.withdrawnAt, alert?.height], [null, 4]);
    assert.equal(alert?.blockTime, branch[1]?.block.time);
    assert.equal(alert?.raisedAt, new Date(desk.clock.at).toISOString());
    const told = (await readTimeline(desk.records, id)).find(({ kind }) => kind === 'deposited');
    assert.equal(told?.at, branch[1]?.block.time);
  });

  test('a deposit that moves to another block in one step keeps its alert', async () => {
    const chain = await desk.newChain();
    await desk.ledger.append(blocksOf(chain, 1, [theft, onward, deposit]));
    await desk.open(1, { chain, txids: [txid(1)] });
    const context = desk.context();
    await desk.settle(context, chain);
    const [first] = await listAlerts(desk.records);
    desk.clock.at += 12_000;
    await desk.ledger.rollbackTo(chain, 2);
    await desk.ledger.append(blocksOf(chain, 3, [[], deposit], 1, 0));
    await desk.settle(context, chain);
    const [moved] = await listAlerts(desk.records);
    assert.deepEqual([moved?.id, moved?.raisedAt, moved?.height], [first?.id, first?.raisedAt, 4]);
  });

  test('that takes the lead itself leaves an incident that waits, with nothing said of its money', async () => {
    const chain = await desk.newChain();
    await desk.ledger.append(blocksOf(chain, 1, [[], theft, onward, deposit]));
    const id = await desk.open(1, { chain, txids: [txid(1)] });
    const context = desk.context();
    await desk.settle(context, chain);
    await desk.ledger.rollbackTo(chain, 1);
    await desk.ledger.append(blocksOf(chain, 2, [[], []], 1, 0));
    await desk.settle(context, chain);
    assert.equal((await findIncident(desk.records, id))?.traced, false);
    assert.deepEqual([await followed(id), await watched(chain)], [[], []]);
    assert.deepEqual(await alerts(), [['deposit-to-service', 'act', 3, 'withdrawn']]);
    await desk.ledger.append(blocksOf(chain, 4, [theft], 1));
    await desk.settle(context, chain);
    assert.equal((await followed(id)).length, 1);
  });

  test('withdraws alerts about indicators whose transactions are gone, and no others', async () => {
    const chain = await desk.newChain();
    await desk.ledger.append(blocksOf(chain, 1, [[]]));
    const id = await desk.open(1, { chain, txids: [txid(77)], ...fromWashington });
    await desk.records.transaction((tx) => watchToo(tx, chain, id, 'indicator', [address(5)]));
    const context = desk.context();
    await desk.settle(context, chain);
    await desk.ledger.append(blocksOf(chain, 2, [[[2, 5, 6, 10n]], [[3, 5, 6, 10n]]]));
    await desk.settle(context, chain);
    await desk.ledger.rollbackTo(chain, 2);
    await desk.ledger.append(blocksOf(chain, 3, [[]], 1, 0));
    await desk.settle(context, chain);
    assert.deepEqual((await alerts()).sort(), [
      ['indicator-moved', 'know', 2, 'stands'],
      ['indicator-moved', 'know', 3, 'withdrawn'],
    ]);
  });

  test('while a round reads the ledger: nothing of what it read is said', async () => {
    const chain = await desk.newChain();
    await desk.ledger.append(blocksOf(chain, 1, [theft, onward, deposit]));
    const id = await desk.open(1, { chain, txids: [txid(1)] });
    let branched = false;
    const ledger: Ledger = {
      ...desk.ledger,
      tags: async (...args) => {
        const tags = await desk.ledger.tags(...args);
        if (!branched) {
          branched = true;
          await desk.ledger.rollbackTo(chain, 2);
          await desk.ledger.append(blocksOf(chain, 3, [[[4, 3, 5, 60n]]], 1, 0));
        }
        return tags;
      },
    };
    const untouched = await desk.everything();
    const context = desk.context({ ledger });
    assert.deepEqual(await runRound(context, chain), { state: 'more', topics: [], waiting: new Set() });
    assert.deepEqual(await desk.everything(), untouched);
    await desk.settle(context, chain);
    assert.deepEqual(await alerts(), []);
    assert.deepEqual((await followed(id)).at(-1), ['moved', 4, '60']);
  });
});

describe('catching up', () => {
  test('over more blocks than one round takes, a desk says in the end what it says in one', async () => {
    const play = async (ahead: boolean) => {
      await desk.empty();
      const chain = await desk.newChain();
      const blocks = Array.from({ length: 450 }, (_, i) =>
        i === 10 ? theft : i === 205 ? onward : i === 420 ? deposit : [],
      );
      const context = desk.context();
      const rounds = { n: 0 };
      const settle = async () => {
        for (;;) {
          rounds.n += 1;
          if ((await runRound(context, chain)).state === 'idle') return;
        }
      };
      if (ahead) {
        await desk.ledger.append(blocksOf(chain, 1, blocks.slice(0, 1)));
        await settle();
      }
      const id = await desk.open(1, { chain, txids: [txid(1)] });
      if (ahead) await settle();
      await desk.ledger.append(blocksOf(chain, ahead ? 2 : 1, ahead ? blocks.slice(1) : blocks));
      rounds.n = 0;
      await settle();
      return { rounds: rounds.n, said: [await followed(id), await alerts(), await watched(chain)] };
    };
    const stepwise = await play(true);
    const whole = await play(false);
    assert.equal(stepwise.rounds, 3);
    assert.deepEqual(stepwise.said, whole.said);
  });

  test('with nothing to look for goes to the tip at once', async () => {
    const chain = await desk.newChain();
    await desk.ledger.append(
      blocksOf(
        chain,
        1,
        Array.from({ length: 450 }, () => []),
      ),
    );
    assert.equal((await runRound(desk.context(), chain)).state, 'idle');
    assert.equal((await readCursor(desk.records, chain))?.height, 450);
  });
});
