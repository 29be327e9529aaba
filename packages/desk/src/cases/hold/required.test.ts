import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type HoldAddressee,
  type HoldFacts,
  type RequirementCode,
  requirementCodes,
  zHoldFacts,
} from '@gongjo/contract';
import { missingError, missingOf, unapprovable } from './required.ts';

const full: HoldFacts = zHoldFacts.parse({
  chain: 'eip155:1',
  address: '0x01',
  hopBefore: '0x02',
  reference: null,
  amounts: [{ asset: 'eip155:1/slip44:60', symbol: 'ETH', decimals: 18, units: '1' }],
  transactions: [
    {
      ...{ txid: '0x03', time: '2026-11-28T00:00:00.000Z', from: '0x02', to: '0x01' },
      ...{ asset: 'eip155:1/slip44:60', units: '1' },
    },
  ],
  transactionsMore: 0,
  scope: 'full',
  days: 7,
  caseNumber: '2026-1',
  legalBasis: { en: 'Article 1', ko: '제1조' },
  disclosure: true,
  disclosureBasis: { en: 'Warrant 1', ko: '1호 영장' },
  signatory: {
    ...{ name: { en: 'Kim', ko: '김' }, title: { en: 'Inspector', ko: '경감' } },
    ...{ badge: 'A-1', email: 'kim@police.go.kr', phone: null },
  },
  timeline: [{ at: '2026-11-28T00:00:00.000Z', text: { en: 'It left.', ko: '유출되었습니다.' } }],
});
const addressee = (requires: readonly RequirementCode[], entity = true): HoldAddressee => ({
  ...{ list: 'vasps', id: 'pacific', name: { en: 'Pacific', ko: '퍼시픽' }, country: 'US' },
  entity: entity ? { en: 'Pacific, Inc.', ko: '퍼시픽 주식회사' } : null,
  channel: { kind: 'email', to: 'a@b.example' },
  requires: [...requires],
  ...{ courtesyDays: 7, extension: null, ends: null, languages: [] },
});

/** For each requirement, a request that lacks it and nothing else; null: the desk itself sees to it. */
const lacking: Readonly<Record<RequirementCode, Partial<HoldFacts> | 'seal' | 'entity' | null>> = {
  letterhead: null,
  'agency-seal': 'seal',
  badge: { signatory: full.signatory && { ...full.signatory, badge: null } },
  'government-email': { signatory: full.signatory && { ...full.signatory, email: 'kim@mail.example' } },
  'case-number': { caseNumber: null },
  'legal-instrument': { legalBasis: null },
  'legal-entity': 'entity',
  'scope-and-duration': null,
  'addresses-as-text': null,
  'transaction-hashes': { transactions: [] },
  'native-amounts': null,
  'facts-timeline': { timeline: [] },
  'hop-before': { hopBefore: null },
  'warrant-for-disclosure': { disclosureBasis: null },
  'mlat-for-disclosure': { disclosureBasis: null },
  english: null,
  korean: null,
};

describe('what an addressee requires', () => {
  test('a complete request lacks nothing, whatever is required', () => {
    assert.deepEqual(missingOf(addressee(requirementCodes), full, { hasSeal: true }), []);
  });

  for (const code of requirementCodes)
    test(`${code}: ${lacking[code] === null ? 'the desk sees to it' : 'is missed where it is required, and only there'}`, () => {
      const lack = lacking[code];
      const facts = typeof lack === 'object' && lack ? { ...full, ...lack } : full;
      const office = { hasSeal: lack !== 'seal' };
      const missing = missingOf(addressee([code], lack !== 'entity'), facts, office);
      assert.deepEqual(missing, lack === null ? [] : [code]);
      const otherwise = missingOf(addressee([], lack !== 'entity'), facts, office);
      // A letter without a legal basis goes to nobody.
      assert.deepEqual(otherwise, code === 'legal-instrument' ? [code] : []);
    });

  test('a domain that looks like a government’s is none', () => {
    const isMissed = (email: string) =>
      missingOf(
        addressee(['government-email']),
        { ...full, signatory: full.signatory && { ...full.signatory, email } },
        { hasSeal: true },
      ).length === 1;
    for (const email of ['a@police.go.kr.example', 'a@notgo.kr', 'a@example.gov.evil.com', 'a@mygov'])
      assert.ok(isMissed(email), email);
    for (const email of ['a@fbi.gov', 'a@police.go.kr', 'a@met.police.uk', 'a@army.mil', 'a@afp.gov.au'])
      assert.ok(!isMissed(email), email);
  });

  test('the error lists what is missing, each language in its own words', () => {
    const { problem } = missingError('hold-not-complete', ['badge', 'legal-entity'], addressee([]));
    assert.match(problem.text.en, /^Pacific requires .*badge.*, The legal entity/);
    assert.match(problem.text.ko, /^퍼시픽에서 요구하는 .*신분증 번호, 요청 대상 법인명/);
    assert.deepEqual(unapprovable({ ...full, signatory: null, legalBasis: null }), ['signatory', 'legal-instrument']);
  });
});
