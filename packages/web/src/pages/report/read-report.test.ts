import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Asset, Incident } from '@gongjo/contract';
import { assetsOn } from './assets.ts';
import { knownOf } from './known.ts';
import { readReport, TXIDS_MAX } from './read-report.ts';
import { emptyMoved, emptyReport, type MovedForm, type ReportForm } from './report-form.ts';

const txid = `0x${'ab'.repeat(32)}`;
const address = `0x${'cd'.repeat(20)}`;
const token = `0x${'ef'.repeat(20)}`;
const ether = { id: 'eip155:1/slip44:60', symbol: 'ETH', decimals: 18 } as Asset;
const reading = { now: '2025-11-27T02:00:00.000Z', timeZone: 'Asia/Seoul', assets: [ether] };
const moved = (change: Partial<MovedForm> = {}): MovedForm => ({
  ...emptyMoved(0, 'eip155:1'),
  txids: txid,
  ...change,
});
const good: ReportForm = { ...emptyReport, titleEn: 'A theft', moved: [moved()] };
const errors = (change: Partial<ReportForm>) => {
  const read = readReport({ ...good, ...change }, reading);
  return 'errors' in read ? read.errors : {};
};
const amount = (change: object) => ({ key: 7, asset: ether.id, contract: '', amount: '1', ...change });

test('what nobody filled in is absent', () => {
  assert.deepEqual(readReport(good, reading), {
    incident: {
      chain: 'eip155:1',
      txids: [txid],
      kind: 'theft',
      title: { en: 'A theft', ko: 'A theft' },
      tlp: 'amber',
    },
  });
});

test('everything that can be filled in arrives', () => {
  const form: ReportForm = {
    ...{ kind: 'ransomware', titleEn: '', titleKo: ' 랜섬웨어 ', tlp: 'red', victim: 'Hanbit', countries: 'kr, US us' },
    ...{ occurredAt: '2025-11-27T04:42', detectedAt: '2025-11-27T05:36', drill: true },
    ...{ reporterName: 'Kim', reporterOrganisation: '', reporterContact: '+82' },
    moved: [
      moved({
        ...{ sources: address.toUpperCase().replace('0X', '0x'), destinations: `\n${token}\n` },
        amounts: [amount({ amount: '1,000.5' }), amount({ key: 8, asset: '', contract: token, amount: '7' })],
      }),
      { ...emptyMoved(1, 'bip122:1'), txids: 'f'.repeat(64) },
    ],
  };
  assert.deepEqual(readReport(form, reading), {
    incident: {
      chain: 'eip155:1',
      txids: [txid],
      addresses: [
        { address, role: 'source' },
        { address: token, role: 'destination' },
      ],
      amounts: [
        { asset: ether.id, units: '1000500000000000000000' },
        { asset: `eip155:1/erc20:${token}`, units: '7' },
      ],
      parts: [{ chain: 'bip122:1', txids: ['f'.repeat(64)] }],
      ...{ kind: 'ransomware', title: { en: '랜섬웨어', ko: '랜섬웨어' }, tlp: 'red', victim: 'Hanbit', drill: true },
      ...{ occurredAt: '2025-11-26T19:42:00.000Z', detectedAt: '2025-11-26T20:36:00.000Z', countries: ['KR', 'US'] },
      reporter: { name: 'Kim', contact: '+82' },
    },
  });
});

for (const [name, change, expected] of [
  ['no title', { titleEn: ' ' }, { titleEn: { code: 'title' } }],
  ['a long title', { titleKo: '가'.repeat(201) }, { titleKo: { code: 'tooLong', values: { max: 200 } } }],
  ['a country', { countries: 'KR, Korea' }, { countries: { code: 'countryWrong', values: { country: 'Korea' } } }],
  ['a time ahead', { occurredAt: '2025-11-27T12:00' }, { occurredAt: { code: 'timeAhead' } }],
  ['half a time', { occurredAt: '2025-11-27' }, { occurredAt: { code: 'timeWrong' } }],
  [
    'noticed before it occurred',
    { occurredAt: '2025-11-27T05:00', detectedAt: '2025-11-27T04:00' },
    { detectedAt: { code: 'detectedEarly' } },
  ],
  ['no transaction', { moved: [moved({ txids: '\n ' })] }, { 'moved.0.txids': { code: 'txidsMissing' } }],
  [
    'a wrong hash, by its line',
    { moved: [moved({ txids: `${txid}\n\n0x12` })] },
    { 'moved.0.txids': { code: 'txidWrong', values: { line: 3 } } },
  ],
  [
    'a wrong address, by its line',
    { moved: [moved({ destinations: `${address}\nbc1` })] },
    { 'moved.0.destinations': { code: 'addressWrong', values: { line: 2 } } },
  ],
  [
    'a chain that stands above already, by the key of its lines',
    { moved: [moved(), moved({ key: 4 })] },
    { 'moved.4.chain': { code: 'chainTwice' } },
  ],
  ['no chain', { moved: [{ ...moved(), chain: '' }] }, { 'moved.0.chain': { code: 'chain' } }],
  [
    'amounts',
    {
      moved: [
        moved({
          amounts: [
            amount({ amount: '' }),
            amount({ key: 8, amount: '1.0000000000000000001' }),
            amount({ key: 9, amount: 'much' }),
            amount({ key: 10, asset: '', contract: '0x', amount: '1.5' }),
          ],
        }),
      ],
    },
    {
      'moved.0.amounts.7.amount': { code: 'amountMissing' },
      'moved.0.amounts.8.amount': { code: 'amountFine', values: { decimals: 18 } },
      'moved.0.amounts.9.amount': { code: 'amountWrong' },
      'moved.0.amounts.10.contract': { code: 'contractWrong' },
      'moved.0.amounts.10.amount': { code: 'unitsWrong' },
    },
  ],
] as const) {
  test(`errors: ${name}`, () => assert.deepEqual(errors(change), expected));
}

test('errors: too many transactions', () => {
  const txids = Array.from({ length: TXIDS_MAX + 1 }, (_, at) => `0x${String(at).padStart(64, '0')}`).join('\n');
  assert.deepEqual(errors({ moved: [moved({ txids })] }), {
    'moved.0.txids': { code: 'txidsMany', values: { max: TXIDS_MAX } },
  });
});

const incident = (id: string, change: object) =>
  ({ id, chain: 'eip155:1', txids: [], origin: null, assets: [], ...change }) as unknown as Incident;

test('what is known is pointed out while it is typed: a transaction before an address, on its chain alone', () => {
  const form = {
    ...good,
    moved: [moved({ txids: `x\n ${txid.toUpperCase().replace('0X', '0x')}`, destinations: address })],
  };
  const known = knownOf(form, [
    incident('lead', { txids: [txid], addresses: [{ address, role: 'source' }] }),
    incident('address', { addresses: [{ address, role: 'destination' }] }),
    incident('elsewhere', { chain: 'eip155:5', txids: [txid] }),
    incident('exercise', { txids: [txid], drill: true }),
    incident('partner', { txids: [txid], origin: { desk: 'washington', name: { en: 'W', ko: '워' } } }),
  ]);
  assert.deepEqual(
    known.map(({ incident: { id }, by, what }) => [id, by, what]),
    [
      ['lead', 'lead', txid],
      ['address', 'address', address],
    ],
  );
});

test('a chain’s coin stands before the tokens that incidents have met on it', () => {
  const dollar = { id: `eip155:1/erc20:${token}`, symbol: 'USDG', decimals: 6 } as Asset;
  assert.deepEqual(assetsOn('eip155:1', [{ assets: [dollar, ether] }, { assets: [dollar] }]), [ether, dollar]);
  assert.deepEqual(assetsOn('bip122:1', [{ assets: [dollar] }]), []);
});
