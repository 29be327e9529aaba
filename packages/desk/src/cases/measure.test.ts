import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type Address,
  type AssetId,
  type ChainId,
  type TxId,
  zIncidentMeasures,
  zMonthMeasures,
} from '@gongjo/contract';
import fc from 'fast-check';
import { type Deposit, type MeasureFacts, measure, measureMonths, median } from './measure.ts';

const chain = 'eip155:1' as ChainId;
const ether = `${chain}/slip44:60` as AssetId;
const zero = Date.UTC(2025, 10, 26, 19, 42);
const at = (seconds: number) => new Date(zero + seconds * 1000).toISOString();
const a = (name: string) => name as Address;
const deposit = (change: Partial<Deposit> = {}): Deposit => ({
  ...{ chain, txid: '0x1' as TxId, from: a('thief'), to: a('deposit'), place: null, country: 'US' },
  ...{ asset: ether, units: 10n, at: at(600), raisedAt: at(601) },
  ...change,
});
const warning = (seconds: number, change: object = {}) => ({
  country: 'US',
  chain,
  address: a('thief'),
  at: at(seconds),
  ...change,
});
const agency = (toldAt: number | null, acknowledgedAt: number | null = null) => ({
  ...{ agency: 'x', name: { en: 'X', ko: '가' }, country: 'KR', dueAt: at(0) },
  toldAt: toldAt === null ? null : at(toldAt),
  acknowledgedAt: acknowledgedAt === null ? null : at(acknowledgedAt),
});
const facts = (change: Partial<MeasureFacts> = {}): MeasureFacts => ({
  incident: { id: 'incident--1', title: { en: 'Theft', ko: '탈취' }, drill: false },
  ...{ parts: ['incident--1'], country: 'KR', occurredAt: at(-60), detectedAt: null, reportedAt: at(0) },
  ...{ agencies: [], deposits: [], warnings: [], places: [], held: [] },
  ...change,
});
const measured = (change: Partial<MeasureFacts> = {}) => zIncidentMeasures.parse(measure(facts(change)));

describe('lead time', () => {
  const lead = (warnings: MeasureFacts['warnings'], change: Partial<Deposit> = {}) =>
    measured({ deposits: [deposit(change)], warnings }).deposits[0]?.leadSeconds;

  test('is the block’s time less the time of the first warning at a desk of the place’s country', () => {
    assert.equal(lead([warning(500), warning(30), warning(90)]), 570);
    assert.equal(lead([warning(30, { address: a('deposit') })]), 570);
  });
  test('is negative where the warning came after the block', () => {
    assert.equal(lead([warning(605)]), -5);
  });
  test('is none where no desk of that country had the warning', () => {
    assert.equal(lead([]), null);
    assert.equal(lead([warning(30, { country: 'KR' })]), null);
    assert.equal(lead([warning(30, { address: a('other') })]), null);
    assert.equal(lead([warning(30, { chain: 'eip155:2' as ChainId })]), null);
    assert.equal(lead([warning(30)], { country: null }), null);
  });
  test('an alert of this desk is a warning for places of its own country alone', () => {
    assert.equal(lead([], { country: 'KR' }), -1);
    assert.equal(lead([warning(30, { country: 'KR' })], { country: 'KR' }), 570);
  });
  test('an earlier warning never makes it shorter', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -9999, max: 9999 }), { minLength: 1 }),
        fc.integer({ min: 1, max: 99 }),
        (times, by) => {
          const before = lead(times.map((it) => warning(it))) ?? Number.NaN;
          assert.ok((lead([...times, Math.min(...times) - by].map((it) => warning(it))) ?? Number.NaN) === before + by);
        },
      ),
    );
  });
});

describe('an incident’s measures', () => {
  test('clocks count from the report; "all told" is not known while one waits', () => {
    const some = measured({ agencies: [agency(4), agency(1, 30), agency(null)] });
    assert.deepEqual([some.firstToldSeconds, some.allToldSeconds, some.firstAcknowledgedSeconds], [1, null, 30]);
    assert.equal(measured({ agencies: [agency(4), agency(1)] }).allToldSeconds, 4);
    assert.deepEqual([measured().firstToldSeconds, measured().firstAcknowledgedSeconds], [null, null]);
  });
  test('the first deposit was warned of before it happened, after, or not', () => {
    const of = (warnings: MeasureFacts['warnings']) =>
      measured({ deposits: [deposit({ at: at(900) }), deposit()], warnings }).firstDeposit;
    assert.deepEqual(of([warning(30)]), { at: at(600), warnedAt: at(30), before: true });
    assert.deepEqual(of([warning(700)]), { at: at(600), warnedAt: at(700), before: false });
    assert.deepEqual(of([]), { at: at(600), warnedAt: null, before: null });
  });
  test('shares are of each asset by itself, exact beyond what a floating-point number holds', () => {
    const big = 10n ** 30n;
    const { warnedShare, freezable, freezableShare, atStops } = measured({
      deposits: [deposit({ units: big, txid: '0x2' as TxId }), deposit({ units: 3n * big, from: a('other') })],
      warnings: [warning(30)],
      places: [
        { asset: ether, units: 3n * big, freezable: true },
        { asset: ether, units: big, freezable: false },
      ],
    });
    assert.deepEqual(warnedShare, [{ asset: ether, ppm: 250_000 }]);
    assert.deepEqual(freezableShare, [{ asset: ether, ppm: 750_000 }]);
    assert.deepEqual([atStops[0]?.units, freezable[0]?.units], [`4${'0'.repeat(30)}`, `3${'0'.repeat(30)}`]);
  });
});

describe('measures by month', () => {
  test('hold what happened apart from what was practised, the newest month first', () => {
    const one = measured({ agencies: [agency(2)], deposits: [deposit()], warnings: [warning(0)] });
    const drill = { ...one, incident: { ...one.incident, drill: true } };
    const later = { ...one, reportedAt: '2025-12-01T00:00:00.000Z', firstToldSeconds: 8 };
    const months = measureMonths([one, drill, later, { ...later, firstToldSeconds: 4 }]).map((it) =>
      zMonthMeasures.parse(it),
    );
    assert.deepEqual(
      months.map((it) => [it.month, it.drill, it.incidents, it.medianFirstToldSeconds, it.deposits, it.warnedBefore]),
      [
        ['2025-12', false, 2, 4, 2, 2],
        ['2025-11', true, 1, 2, 1, 1],
        ['2025-11', false, 1, 2, 1, 1],
      ],
    );
  });
  test('a median is one of the values', () => {
    assert.equal(median([]), null);
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const middle = median(values) ?? Number.NaN;
        assert.ok(values.includes(middle));
        assert.ok(values.filter((it) => it < middle).length <= values.length / 2);
        assert.ok(values.filter((it) => it > middle).length <= values.length / 2);
      }),
    );
  });
});
