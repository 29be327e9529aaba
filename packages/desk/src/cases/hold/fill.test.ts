import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { holdAmountsMax, type NewHold, type Trace, zDirectoryFile } from '@gongjo/contract';
import { directoryOf } from '../../directory/index.ts';
import { zHolds } from '../../platform/settings.ts';
import { chain, ether, hex } from './desk.fixture.ts';
import { fillHold, type KnownValue } from './fill.ts';

const said = { source: 'a test', certainty: 'verified', asOf: '2026-11-28' };
const token = (n: number) => `${chain}/erc20:${hex(n, 40)}`;
const issued = { asset: token(7), symbol: 'TKN', freezable: true };
const directory = directoryOf([
  zDirectoryFile.parse({
    vasps: [{ ...said, id: 'pacific', name: { en: 'Pacific', ko: '퍼시픽' }, country: 'US' }],
    issuers: [{ ...said, id: 'issuer', name: { en: 'Issuer', ko: '발행사' }, assets: [issued] }],
  }),
]);
const at = hex(1, 40);
interface Hop {
  readonly from: number;
  readonly asset: string;
  readonly units: bigint;
}

/** What a request says of value that these hops brought to one address. */
function factsOf(hops: readonly Hop[]) {
  const assets = [...new Set(hops.map(({ asset }) => asset))];
  const trace = {
    assets: assets.map((id) => ({ id, symbol: id === ether ? 'ETH' : 'TKN', decimals: id === ether ? 18 : 6 })),
    hops: hops.map(({ from, asset, units }, i) => ({
      ...{ id: `hop${i}`, txid: hex(i + 1, 64), from: hex(from, 40), to: at, asset, units: units.toString() },
      time: `2026-11-28T00:00:${String(i % 60).padStart(2, '0')}.000Z`,
    })),
    stops: assets.map((asset) => {
      const mine = hops.flatMap((hop, i) => (hop.asset === asset ? [{ ...hop, id: `hop${i}` }] : []));
      const units = mine.reduce((sum, it) => sum + it.units, 0n).toString();
      return { kind: 'service', address: at, asset, units, hops: mine.map(({ id }) => id), tag: null };
    }),
  } as unknown as Trace;
  const known = {
    incident: { chain, title: { en: 'Theft', ko: '탈취' }, occurredAt: null, openedAt: '2026-11-28T00:00:00.000Z' },
    ...{ trace, alert: null, address: at, tags: [] },
  } as unknown as KnownValue;
  const asked = { incident: 'incident--1', address: at, addressee: 'pacific' } as NewHold;
  return fillHold(known, directory, { name: { en: 'Unit', ko: '수사대' } }, asked, zHolds.parse({})).facts;
}

describe('what a draft says of several assets', () => {
  test('who paid most is measured in each asset, not in units of all', () => {
    // A tenth of an ether has more units than a million of a token with six decimals.
    const facts = factsOf([
      { from: 2, asset: token(7), units: 999_000_000_000n },
      { from: 2, asset: ether, units: 6n * 10n ** 17n },
      { from: 3, asset: ether, units: 10n ** 18n },
      { from: 3, asset: token(7), units: 1_000_000n },
    ]);
    assert.equal(facts.hopBefore, hex(2, 40));
  });

  test('of too many transactions the largest of each asset are named', () => {
    const small = Array.from({ length: 1_200 }, (_, i) => ({ from: 3, asset: ether, units: 10n ** 18n + BigInt(i) }));
    const facts = factsOf([...small, { from: 2, asset: token(7), units: 5n }]);
    assert.ok(facts.transactions.some(({ asset }) => asset === token(7)));
    assert.equal(facts.transactions.length + facts.transactionsMore, 1_201);
    const units = facts.transactions.filter(({ asset }) => asset === ether).map((it) => BigInt(it.units) - 10n ** 18n);
    assert.equal(units.sort((a, b) => Number(a - b))[0], 201n);
  });

  test('of too many assets it is said how many are missing, and the coin of the chain is not among them', () => {
    const spam = Array.from({ length: 120 }, (_, i) => ({ from: 4, asset: token(i + 10), units: 10n ** 30n }));
    const facts = factsOf([...spam, { from: 2, asset: ether, units: 1n }]);
    assert.equal(facts.amounts.length, holdAmountsMax);
    assert.equal(facts.amountsMore, 21);
    assert.ok(facts.amounts.some(({ asset }) => asset === ether));
    const named = new Set(facts.amounts.map(({ asset }) => asset));
    assert.ok(facts.transactions.every(({ asset }) => named.has(asset)));
    assert.equal(facts.transactions.length + facts.transactionsMore, 121);
    assert.equal(facts.hopBefore, hex(2, 40));
  });
});
