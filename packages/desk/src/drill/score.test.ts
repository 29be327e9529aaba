import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Address, AlertRule, AssetId, ChainId, TxId } from '@gongjo/contract';
import { blockTime, dueMs, eventsOf } from './events.ts';
import type { Book, BookDeposit } from './heist/model.ts';
import { type ScoreFacts, scoreOf } from './score.ts';

const chain = 'gongjo:drill-accounts-t' as ChainId;
const asset = `${chain}/slip44:60` as AssetId;
const tx = (n: number) => `tx${n}` as TxId;
const address = (name: string) => name as Address;
const at = (s: number) => new Date(Date.UTC(2026, 0, 1) + s * 1000).toISOString();
const deposit = (n: number, country: string, units = 100n): BookDeposit => ({
  ...{ chain, txid: tx(n), height: n, from: [address(`p${n}`)], address: address(`d${n}`) },
  ...{ service: `drill-exchange-${country.toLowerCase()}-1`, country, asset, units },
});
const act = (rule: AlertRule, ...txids: number[]) => ({ rule, chain, txids: txids.map(tx) });
const alert = (rule: AlertRule, n: number, raised: number) => ({ rule, chain, txid: tx(n), raisedAt: at(raised) });

/** Two deposits, at ten and twenty seconds. */
const factsOf = (change: Partial<ScoreFacts> = {}, book: Partial<Book> = {}): ScoreFacts => ({
  ...{
    at: at(100),
    complete: true,
    isGenerated: true,
    country: 'KR',
    known: new Set(['KR', 'US']),
    leftOut: new Set(),
    measures: null,
  },
  book: {
    stolen: [{ chain, asset, units: 400n }],
    laundering: new Map([[chain, new Set(['p1', 'p2'].map(address))]]),
    deposits: [deposit(1, 'KR'), deposit(2, 'US')],
    acts: [act('deposit-to-service', 1), act('deposit-to-service', 2)],
    freezable: [1, 2].map((n) => ({ rule: 'deposit-to-service', chain, txid: tx(n), asset, units: 100n })),
    thiefs: new Map([[chain, new Set([1, 2, 3].map(tx))]]),
    ends: [
      { kind: 'service', asset, units: 200n },
      { kind: 'unspent', asset, units: 200n },
    ],
    ...book,
  },
  timeOf: (_chain, height) => at(height * 10),
  serviceName: (service) => ({ en: service, ko: service }),
  alerts: [alert('deposit-to-service', 1, 12), alert('deposit-to-service', 2, 22)],
  warnings: [{ country: 'US', chain, address: address('p2'), at: at(5) }],
  ...change,
});
const leads = (facts: ScoreFacts) => scoreOf(facts).deposits.map(({ leadSeconds }) => leadSeconds);

describe('the score of an exercise', () => {
  test('a deposit here is warned of by its alert, too; one elsewhere by what its desk had', () => {
    const score = scoreOf(factsOf());
    assert.deepEqual(
      score.deposits.map((it) => [it.leadSeconds, it.warnedAt, it.alertedAt]),
      [
        [-2, at(12), at(12)],
        [15, at(5), at(22)],
      ],
    );
    assert.deepEqual([score.warned, score.warnedBefore, score.missed, score.unknown], [2, 1, 0, 0]);
    assert.deepEqual([score.shortestLeadSeconds, score.medianLeadSeconds, score.longestLeadSeconds], [-2, -2, 15]);
    assert.deepEqual(score.here, { deposits: 1, alerted: 1 });
    assert.equal(score.addresses, 2);
  });

  test('an indicator of another country, or of another address, warns nobody here', () => {
    const warning = { country: 'US', chain, address: address('p1'), at: at(1) };
    assert.deepEqual(leads(factsOf({ warnings: [warning] })), [-2, null]);
  });

  test('what nobody was warned of is missed, or unknown where this desk cannot know', () => {
    const nothing = { alerts: [], warnings: [] };
    const missed = scoreOf(factsOf(nothing));
    assert.deepEqual([missed.warned, missed.missed, missed.unknown], [0, 2, 0]);
    assert.equal(missed.medianLeadSeconds, null);
    const alone = scoreOf(factsOf({ ...nothing, known: new Set(['KR']) }));
    assert.deepEqual([alone.missed, alone.unknown], [1, 1]);
  });

  test('what has not been played is not counted', () => {
    const score = scoreOf(factsOf({ timeOf: (_chain, height) => (height < 2 ? at(height) : undefined) }));
    assert.equal(score.deposits.length, 1);
  });

  test('an alert about what was none of the thief’s is false; what a rule did not see is not found', () => {
    const acts = [act('mixer-entry', 3), act('peel-chain', 1, 2), act('sleeper-wakes', 3)];
    const alerts = [alert('peel-chain', 2, 20), alert('collection', 9, 30), alert('peel-chain', 9, 30)];
    const { rules, falseAlarms } = scoreOf(factsOf({ alerts, leftOut: new Set(['sleeper-wakes']) }, { acts }));
    assert.deepEqual(
      rules.map(({ rule, ...it }) => [rule, ...Object.values(it)]),
      [
        ['collection', 0, 0, 1, 1],
        ['mixer-entry', 1, 0, 0, 0],
        ['peel-chain', 1, 1, 2, 1],
      ],
    );
    assert.equal(falseAlarms, 2);
  });

  test('the share that stood at a freezable place when the desk was warned', () => {
    assert.deepEqual(scoreOf(factsOf()).freezableWhenWarned, [{ asset, units: '200', of: '400', ppm: 500_000 }]);
    const half = factsOf({ alerts: [alert('deposit-to-service', 2, 22)] });
    assert.equal(scoreOf(half).freezableWhenWarned[0]?.ppm, 250_000);
  });
});

describe('when things happen', () => {
  const plan = { startMs: Date.UTC(2026, 0, 1), pace: 60 };
  const block = (atS: number) => ({ kind: 'accounts' as const, index: 0, atS });

  test('a minute in a second at a pace of sixty; what was before was as long ago as it says', () => {
    assert.equal(dueMs(plan, block(120)), plan.startMs + 2000);
    assert.equal(dueMs(plan, block(-86_400)), plan.startMs - 86_400_000);
    assert.equal(blockTime(plan, block(90), 0), at(1));
  });

  test('at once: everything is due at the start, and a block’s time is when it is written', () => {
    const once = { ...plan, pace: null };
    assert.equal(dueMs(once, block(120)), plan.startMs);
    assert.equal(blockTime(once, block(120), plan.startMs + 7999), at(7));
    assert.equal(blockTime(once, block(-10), plan.startMs + 7999), at(-10));
  });

  test('in the order of time; of one second, whoever reports sees the blocks', () => {
    const events = eventsOf({
      accounts: [-5, 0, 60].map((atS) => ({ atS, txs: [] })),
      outputs: [0, 120].map((atS) => ({ atS, txs: [] })),
      reports: [{ atS: 60, moved: [] }],
    });
    assert.deepEqual(
      events.map(({ kind, atS }) => `${kind} ${atS}`),
      ['accounts -5', 'accounts 0', 'outputs 0', 'accounts 60', 'report 60', 'outputs 120'],
    );
  });
});
