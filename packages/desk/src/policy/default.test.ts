import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Tlp, tlpLevels } from '@gongjo/contract';
import fc from 'fast-check';
import { decide } from './engine.ts';
import { loadPolicies } from './load.ts';
import { type AdmitQuestion, type ObjectFacts, purposes, type ReleaseQuestion } from './model.ts';
import { admit, here, object, desk as partner, release, there, third } from './question.fixture.ts';

const text = readFileSync(new URL('../../policies/default.cedar', import.meta.url), 'utf8');
const { policies, findings } = loadPolicies(text);

/** `permit own-rule` or `forbid rule, rule`: the verdict on one line. */
const said = (question: ReleaseQuestion | AdmitQuestion): string => {
  const { decision, reasons } = decide(policies, question);
  return `${decision} ${reasons.map((it) => it.policy).join(', ')}`;
};

test('the default policy set is sound', () => {
  assert.deepEqual(findings, []);
  assert.equal(policies.rules.size, 11);
});

const table: [action: 'release' | 'admit', tlp: ObjectFacts['tlp'], origin: string, verdict: string][] = [
  ['release', 'clear', here, 'permit release-own, release-public'],
  ['release', 'green', here, 'permit release-own'],
  ['release', 'amber', here, 'permit release-own'],
  ['release', 'amber+strict', here, 'forbid release-amber-strict'],
  ['release', 'red', here, 'forbid release-red'],
  ['release', null, here, 'forbid unmarked'],
  ['release', 'conflict', here, 'forbid marking-conflict'],
  ['release', 'clear', third, 'permit release-public'],
  ['release', 'green', third, 'forbid release-third-agency'],
  ['release', 'amber', third, 'forbid release-third-agency'],
  ['release', 'amber+strict', third, 'forbid release-third-agency, release-amber-strict'],
  ['release', 'red', third, 'forbid release-third-agency, release-red'],
  ['release', null, third, 'forbid release-third-agency, unmarked'],
  ['release', 'conflict', third, 'forbid release-third-agency, marking-conflict'],
  ...[there, third].flatMap((origin): [action: 'admit', tlp: ObjectFacts['tlp'], origin: string, verdict: string][] => [
    ['admit', 'clear', origin, 'permit admit-signed'],
    ['admit', 'green', origin, 'permit admit-signed'],
    ['admit', 'amber', origin, 'permit admit-signed'],
    ['admit', 'amber+strict', origin, 'permit admit-signed'],
    ['admit', 'red', origin, 'forbid admit-red'],
    ['admit', null, origin, 'forbid unmarked'],
    ['admit', 'conflict', origin, 'forbid marking-conflict'],
  ]),
];

for (const [action, tlp, origin, verdict] of table) {
  test(`${action} ${tlp ?? 'unmarked'} of ${origin}: ${verdict}`, () => {
    const question = action === 'release' ? release : admit;
    assert.equal(said({ ...question, object: { ...object, tlp, origin } }), verdict);
  });
}

const others: [what: string, question: ReleaseQuestion | AdmitQuestion, verdict: string][] = [
  ['release for an investigation', { ...release, purpose: 'investigation' }, 'permit release-own'],
  ['release for research', { ...release, purpose: 'research' }, 'forbid no-permit'],
  ['release with a legal basis named', { ...release, legalBasis: 'Act, section 1' }, 'permit release-own'],
  ['release to a desk not paired', { ...release, partner: { ...partner, paired: false } }, 'forbid no-permit'],
  ['release without an agreement', { ...release, partner: { ...partner, agreement: null } }, 'forbid no-permit'],
  ['release with an empty agreement', { ...release, partner: { ...partner, agreement: ' ' } }, 'forbid no-permit'],
  ['admit unsigned', { ...admit, signatureVerified: false }, 'forbid admit-unsigned'],
  ['admit from a desk not paired', { ...admit, partner: { ...partner, paired: false } }, 'forbid admit-unpaired'],
  ['admit without an agreement', { ...admit, partner: { ...partner, agreement: null } }, 'permit admit-signed'],
];

for (const [what, question, verdict] of others) {
  test(`${what}: ${verdict}`, () => assert.equal(said(question), verdict));
}

const anyQuestion = (tlp: Tlp) =>
  fc
    .record({
      action: fc.constantFrom('release' as const, 'admit' as const),
      origin: fc.constantFrom(here, there, third),
      purpose: fc.constantFrom(...purposes),
      paired: fc.boolean(),
      agreement: fc.constantFrom(null, 'MOU 2023'),
      signatureVerified: fc.boolean(),
      legalBasis: fc.constantFrom(null, 'Act, section 1'),
    })
    .map(({ origin, paired, agreement, ...it }) => ({
      ...release,
      via: 'desk' as const,
      ...it,
      partner: { ...partner, paired, agreement },
      object: { ...object, tlp, origin },
    }));

test('a stricter marking never reaches more readers', () => {
  const pair = fc.uniqueArray(fc.constantFrom(...tlpLevels), { minLength: 2, maxLength: 2 });
  fc.assert(
    fc.property(pair, anyQuestion('clear'), (levels, question) => {
      const [looser, stricter] = levels
        .toSorted((a, b) => tlpLevels.indexOf(a) - tlpLevels.indexOf(b))
        .map((tlp) => decide(policies, { ...question, object: { ...question.object, tlp } }).decision);
      assert.ok(!(stricter === 'permit' && looser === 'forbid'), `${levels.join(' and ')}`);
    }),
  );
});

test('every verdict has a reason, and every reason is in both languages', () => {
  const marking = fc.constantFrom(...tlpLevels, null, 'conflict' as const);
  fc.assert(
    fc.property(marking, anyQuestion('clear'), (tlp, question) => {
      const { reasons } = decide(policies, { ...question, object: { ...question.object, tlp } });
      assert.ok(reasons.length > 0);
      for (const { text } of reasons) {
        assert.match(text.ko, /[가-힣].*\.$/);
        assert.match(text.en, /^[A-Z].*\.$/);
        assert.doesNotMatch(text.en, /[가-힣]/);
      }
    }),
  );
});
