import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { tlpLevels } from '@gongjo/contract';
import fc from 'fast-check';
import { decide } from './engine.ts';
import { loadPolicies } from './load.ts';
import { type AdmitQuestion, type ObjectFacts, purposes, type ReleaseQuestion, ways } from './model.ts';
import { outcomeOf } from './outcome.ts';
import { admit, collection, desk, here, object, release, there, third } from './question.fixture.ts';

const text = readFileSync(new URL('../../policies/default.cedar', import.meta.url), 'utf8');
const { policies, findings } = loadPolicies(text);

/** `permit own-rule` or `forbid rule, rule`: the verdict on one line. */
const said = (question: ReleaseQuestion | AdmitQuestion): string => {
  const { decision, reasons } = decide(policies, question);
  return `${decision} ${reasons.map((it) => it.policy).join(', ')}`;
};

/** `release`, `ask-person 2`, `ask-person 1 and the origin`, `refuse: rule, rule`. */
const told = (question: ReleaseQuestion): string => {
  const { kind, persons, consent, reasons } = outcomeOf(policies, question, []);
  if (kind === 'ask-person') return `${kind} ${persons}${consent ? ' and the origin' : ''}`;
  return kind === 'refuse' ? `${kind}: ${reasons.map((it) => it.policy).join(', ')}` : kind;
};

test('the default policy set is sound', () => {
  assert.deepEqual(findings, []);
  assert.equal(policies.rules.size, 23);
});

const kin = { ...desk, communities: ['kr-us'] };
const stranger = { ...collection, communities: ['kr-jp'] };
const file = 'file:leads';

/** TLP 2.0 (FIRST, August 2022) as the default set reads it: what happens to an object of each level, for each recipient. */
const table: [to: ReleaseQuestion['partner'], what: string, origin: string, byTlp: [ObjectFacts['tlp'], string][]][] = [
  [
    desk,
    'a partner with an agreement, our own',
    here,
    [
      ['clear', 'release'],
      ['green', 'release'],
      ['amber', 'release'],
      ['amber+strict', 'ask-person 1'],
      ['red', 'ask-person 2'],
      [null, 'refuse: unmarked'],
      ['conflict', 'refuse: marking-conflict'],
    ],
  ],
  [
    desk,
    "a partner with an agreement, a third desk's",
    third,
    [
      ['clear', 'release'],
      ['green', 'ask-origin'],
      ['amber', 'ask-origin'],
      ['amber+strict', 'ask-person 1 and the origin'],
      ['red', 'refuse: release-third-red'],
      [null, 'refuse: unmarked'],
      ['conflict', 'refuse: marking-conflict'],
    ],
  ],
  [
    kin,
    "a partner of the origin's community, a third desk's",
    third,
    [
      ['clear', 'release'],
      ['green', 'release'],
      ['amber', 'ask-origin'],
      ['amber+strict', 'ask-person 1 and the origin'],
      ['red', 'refuse: release-third-red'],
    ],
  ],
  [
    { ...kin, agreement: null },
    'a partner of our community without an agreement, our own',
    here,
    [
      ['clear', 'release'],
      ['green', 'release'],
      ['amber', 'refuse: no-permit'],
      ['amber+strict', 'refuse: no-permit'],
      ['red', 'refuse: no-permit'],
    ],
  ],
  [
    desk,
    'a partner with an agreement, imported from a file',
    file,
    [
      ['clear', 'release'],
      ['green', 'ask-person 1'],
      ['amber', 'ask-person 1'],
      ['amber+strict', 'ask-person 2'],
      ['red', 'refuse: release-third-red'],
      [null, 'refuse: unmarked'],
    ],
  ],
  [
    collection,
    'a collection of our community, our own',
    here,
    [
      ['clear', 'release'],
      ['green', 'release'],
      ['amber', 'release'],
      ['amber+strict', 'refuse: release-desk-only'],
      ['red', 'refuse: release-desk-only'],
      [null, 'refuse: unmarked'],
      ['conflict', 'refuse: marking-conflict'],
    ],
  ],
  [
    collection,
    "a collection of the origin's community, a third desk's",
    third,
    [
      ['clear', 'release'],
      ['green', 'release'],
      ['amber', 'ask-origin'],
      ['amber+strict', 'refuse: release-desk-only'],
      ['red', 'refuse: release-desk-only, release-third-red'],
    ],
  ],
  [
    stranger,
    'a collection of another community, our own',
    here,
    [
      ['clear', 'release'],
      ['green', 'refuse: no-permit'],
      ['amber', 'refuse: no-permit'],
      ['amber+strict', 'refuse: release-desk-only'],
      ['red', 'refuse: release-desk-only'],
    ],
  ],
];

for (const [partner, what, origin, byTlp] of table)
  for (const [tlp, outcome] of byTlp)
    test(`release ${tlp ?? 'unmarked'} to ${what}: ${outcome}`, () =>
      assert.equal(told({ ...release, partner, object: { ...object, tlp, origin } }), outcome));

const marked = { ...object, handling: ['us-les'] };
const others: [what: string, question: ReleaseQuestion, outcome: string][] = [
  ['for an investigation', { ...release, purpose: 'investigation' }, 'release'],
  ['for research', { ...release, purpose: 'research' }, 'refuse: no-permit'],
  ['for research, public', { ...release, purpose: 'research', object: { ...object, tlp: 'clear' } }, 'release'],
  ['with a legal basis named', { ...release, legalBasis: 'Act, section 1' }, 'release'],
  ['to a desk not paired', { ...release, partner: { ...desk, paired: false } }, 'refuse: no-permit'],
  ['to a desk not paired of our community', { ...release, partner: { ...kin, paired: false } }, 'refuse: no-permit'],
  ['without an agreement', { ...release, partner: { ...desk, agreement: null } }, 'refuse: no-permit'],
  ['with an empty agreement', { ...release, partner: { ...desk, agreement: ' ' } }, 'refuse: no-permit'],
  ['of a handling mark', { ...release, object: marked }, 'ask-person 1'],
  ['of a handling mark, approved', { ...release, object: marked, approvals: 1 }, 'release'],
  [
    'of a handling mark to police',
    { ...release, object: marked, partner: { ...desk, roles: ['vasp', 'police'] } },
    'release',
  ],
  [
    "of another unit's intelligence, whatever its level",
    { ...release, object: { ...object, tlp: 'clear', origin: third, handling: ['egmont-intelligence-only'] } },
    'ask-person 1 and the origin',
  ],
  [
    'of NOFORN to another country',
    { ...release, object: { ...object, handling: ['us-noforn'] }, partner: { ...desk, country: 'KR' } },
    'refuse: release-noforn',
  ],
  [
    'of AMBER+STRICT, approved by one',
    { ...release, object: { ...object, tlp: 'amber+strict' }, approvals: 1 },
    'release',
  ],
  ['of RED, approved by one', { ...release, object: { ...object, tlp: 'red' }, approvals: 1 }, 'ask-person 2'],
  ['of RED, approved by two', { ...release, object: { ...object, tlp: 'red' }, approvals: 2 }, 'release'],
  [
    "of a third's AMBER+STRICT, approved, then the origin is asked",
    { ...release, object: { ...object, tlp: 'amber+strict', origin: third }, approvals: 1 },
    'ask-origin',
  ],
  [
    "of a third's AMBER+STRICT, approved and consented to",
    { ...release, object: { ...object, tlp: 'amber+strict', origin: third }, approvals: 1, originConsents: true },
    'release',
  ],
];

for (const [what, question, outcome] of others)
  test(`release ${what}: ${outcome}`, () => assert.equal(told(question), outcome));

test('an object whose stricter parts are taken away goes as what is left is marked', () => {
  const whole = { ...release, object: { ...object, tlp: 'amber+strict' as const } };
  const { kind, profile, persons } = outcomeOf(policies, whole, [{ profile: 'stricter-parts', object }]);
  assert.deepEqual([kind, profile, persons], ['redact', 'stricter-parts', 0]);
});

const source = { ...desk, id: 'account:misp', kind: 'source' as const, paired: false, agreement: null };
const admitted: [what: string, question: AdmitQuestion, verdict: string][] = [
  ...[there, third].flatMap((origin): [string, AdmitQuestion, string][] =>
    (
      [
        ['clear', 'permit admit-signed'],
        ['green', 'permit admit-signed'],
        ['amber', 'permit admit-signed'],
        ['amber+strict', 'permit admit-signed'],
        ['red', 'forbid admit-red'],
        [null, 'forbid unmarked'],
        ['conflict', 'forbid marking-conflict'],
      ] as const
    ).map(([tlp, verdict]) => [
      `${tlp ?? 'unmarked'} of ${origin}`,
      { ...admit, object: { ...object, tlp, origin } },
      verdict,
    ]),
  ),
  ['unsigned', { ...admit, signatureVerified: false }, 'forbid admit-unsigned'],
  ['from a desk not paired', { ...admit, partner: { ...desk, paired: false } }, 'forbid admit-unpaired'],
  ['without an agreement', { ...admit, partner: { ...desk, agreement: null } }, 'permit admit-signed'],
  ...(['account', 'feed', 'file'] as const).flatMap((via): [string, AdmitQuestion, string][] => {
    const sent = { ...admit, via, partner: source, signatureVerified: false };
    return [
      [`by ${via}`, sent, `permit admit-${via}`],
      [`RED by ${via}`, { ...sent, object: { ...object, tlp: 'red' } }, 'forbid admit-red'],
      [`unmarked by ${via}`, { ...sent, object: { ...object, tlp: null } }, 'forbid unmarked'],
    ];
  }),
];

for (const [what, question, verdict] of admitted)
  test(`admit ${what}: ${verdict}`, () => assert.equal(said(question), verdict));

const anyAdmit: fc.Arbitrary<AdmitQuestion> = fc
  .record({
    origin: fc.constantFrom(here, there, third),
    via: fc.constantFrom(...ways),
    tlp: fc.constantFrom(...tlpLevels, null, 'conflict' as const),
    purpose: fc.constantFrom(...purposes),
    paired: fc.boolean(),
    signatureVerified: fc.boolean(),
  })
  .map(({ origin, paired, tlp, ...it }) => ({
    ...admit,
    ...it,
    partner: { ...desk, paired },
    object: { ...object, tlp, origin },
  }));

test('a stricter marking is admitted from no more senders', () => {
  const pair = fc.uniqueArray(fc.constantFrom(...tlpLevels), { minLength: 2, maxLength: 2 });
  fc.assert(
    fc.property(pair, anyAdmit, (levels, question) => {
      const [looser, stricter] = levels
        .toSorted((a, b) => tlpLevels.indexOf(a) - tlpLevels.indexOf(b))
        .map((tlp) => decide(policies, { ...question, object: { ...question.object, tlp } }).decision);
      assert.ok(!(stricter === 'permit' && looser === 'forbid'), `${levels.join(' and ')}`);
    }),
  );
});

test('every verdict on admission has a reason, and every reason is in both languages', () => {
  fc.assert(
    fc.property(anyAdmit, (question) => {
      const { reasons } = decide(policies, question);
      assert.ok(reasons.length > 0);
      for (const { text: both } of reasons) {
        assert.match(both.ko, /[가-힣].*\.$/);
        assert.match(both.en, /^[A-Z].*\.$/);
        assert.doesNotMatch(both.en, /[가-힣]/);
      }
    }),
  );
});
