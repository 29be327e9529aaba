import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Tlp, tlpLevels } from '@gongjo/contract';
import fc from 'fast-check';
import { loadPolicies } from './load.ts';
import { APPROVALS_MAX, type Outcome, outcomeKinds, type Redacted, type ReleaseQuestion } from './model.ts';
import { chainOf, outcomeOf } from './outcome.ts';
import { collection, desk, here, object, release, third } from './question.fixture.ts';

const defaults = readFileSync(new URL('../../policies/default.cedar', import.meta.url), 'utf8');
const { policies } = loadPolicies(defaults);

const rule = (id: string, effect: string, condition = '') =>
  `@id("${id}") @reason_en("Because.") @reason_ko("사유.")\n${effect} (principal, action, resource) ${condition};\n`;

/**
 * The order of outcomes: by who still has to agree – nobody, one person, two, the origin, the origin and one, and two – and
 * within that whole before redacted. A refusal is last. The same as the order in which the chain asks.
 */
function rankOf({ kind, persons, consent, profile }: Outcome, question: ReleaseQuestion): number {
  if (kind === 'refuse') return Number.POSITIVE_INFINITY;
  const missing = Math.max(0, persons - question.approvals);
  const asked = consent && !question.originConsents ? 1 : 0;
  return asked * 100 + missing * 10 + (profile === null ? 0 : 1);
}

const tlps = [...tlpLevels, null, 'conflict'] as const;

const anyRelease: fc.Arbitrary<ReleaseQuestion> = fc
  .record({
    tlp: fc.constantFrom(...tlps),
    origin: fc.constantFrom<string>(here, third, 'account:misp', 'feed:other', 'file:leads'),
    handling: fc.constantFrom([], ['us-les'], ['egmont-intelligence-only'], ['us-les', 'us-bsa']),
    purpose: fc.constantFrom('investigation' as const, 'warning' as const, 'research' as const),
    to: fc.constantFrom(desk, collection),
    paired: fc.boolean(),
    agreement: fc.constantFrom(null, 'MOU 2023'),
    roles: fc.constantFrom([], ['police'], ['vasp']),
    communities: fc.constantFrom([], ['kr-us'], ['kr-jp']),
    approvals: fc.integer({ min: 0, max: 3 }),
    originConsents: fc.boolean(),
  })
  .map(({ tlp, origin, handling, purpose, to, approvals, originConsents, ...partner }) => ({
    ...release,
    purpose,
    approvals,
    originConsents,
    partner: { ...to, ...partner },
    object: { ...object, tlp, origin, handling },
  }));

/** A profile that leaves what is less strict, and one that leaves the marking as it is. */
const redactionsOf = ({ object: whole }: ReleaseQuestion, left: Tlp): Redacted[] => [
  { profile: 'no-free-text', object: whole },
  ...(whole.tlp !== null && whole.tlp !== 'conflict' && tlpLevels.indexOf(left) < tlpLevels.indexOf(whole.tlp)
    ? [{ profile: 'stricter-parts', object: { ...whole, tlp: left } }]
    : []),
];

const anyTlp = fc.constantFrom(...tlpLevels);

const outcome = (set: typeof policies, question: ReleaseQuestion, redactions: readonly Redacted[] = []) =>
  rankOf(outcomeOf(set, question, redactions), question);

test('the chain asks the most open question first, and what no rule mentions not at all', () => {
  const asked = (text: string, question = release) =>
    chainOf(loadPolicies(text).policies, question, [{ profile: 'p', object }]).map(
      ({ persons, consent, profile }) => `${persons}${consent ? '+' : ''}${profile ?? ''}`,
    );
  assert.deepEqual(asked(rule('all', 'permit')), ['0', '0p']);
  const persons = 'principal, action == Action::"release", resource';
  const release2 = (condition: string) =>
    `@id("one") @reason_en("x") @reason_ko("x") permit (${persons}) when { ${condition} };`;
  assert.deepEqual(asked(release2('context.approvals > 1')), ['0', '0p', '1', '1p', '2', '2p']);
  assert.deepEqual(asked(release2('context.originConsents')), ['0', '0p', '0+', '0+p']);
  const both = release2('context.originConsents && context.approvals > 1');
  assert.deepEqual(asked(both), ['0', '0p', '1', '1p', '2', '2p', '0+', '0+p', '1+', '1+p', '2+', '2+p']);
  assert.deepEqual(asked(both, { ...release, approvals: 2, originConsents: true }), ['2+', '2+p']);
  assert.deepEqual(asked(both, { ...release, approvals: 9 }), ['2', '2p', '2+', '2+p']);
});

test('a set with a fault refuses, and says that it has one', () => {
  const { kind, reasons } = outcomeOf(loadPolicies('permit').policies, release, [{ profile: 'p', object }]);
  assert.deepEqual([kind, reasons.map((it) => it.policy)], ['refuse', ['policy-invalid']]);
});

test('more approvals than are ever asked for count as they are', () => {
  const three = `@id("three") @reason_en("x") @reason_ko("x")
    permit (principal, action == Action::"release", resource) when { context.approvals >= 3 };`;
  const set = loadPolicies(three).policies;
  assert.equal(outcomeOf(set, release, []).kind, 'refuse');
  assert.equal(outcomeOf(set, { ...release, approvals: 3 }, []).kind, 'release');
  assert.ok(APPROVALS_MAX < 3);
});

test('every outcome has a reason in both languages, and is one that its own facts allow', () => {
  fc.assert(
    fc.property(anyRelease, anyTlp, (question, left) => {
      const redactions = redactionsOf(question, left);
      const it = outcomeOf(policies, question, redactions);
      assert.ok(it.reasons.length > 0 && outcomeKinds.includes(it.kind));
      for (const { text } of it.reasons) {
        assert.match(text.ko, /[가-힣].*\.$/);
        assert.match(text.en, /^[A-Z].*\.$/);
        assert.doesNotMatch(text.en, /[가-힣]/);
      }
      if (it.kind === 'refuse') return;
      // Once what it asks for is given, it is released as it says.
      const approvals = Math.max(it.persons, question.approvals);
      const given = { ...question, approvals, originConsents: question.originConsents || it.consent };
      const then = outcomeOf(policies, given, redactions);
      assert.ok(then.kind === 'release' || then.kind === 'redact');
      assert.ok(then.profile === null || then.profile === it.profile);
    }),
  );
});

test('adding a rule that forbids never makes an outcome more open', () => {
  const atom = fc.constantFrom(
    'resource.marking == Marking::"amber"',
    'resource.source == Source::"own"',
    'resource.handling.isEmpty()',
    'principal has agreement',
    'principal.kind == Kind::"desk"',
    'principal.roles.contains("police")',
    'context.purpose == Purpose::"warning"',
    'context.approvals > 0',
    'context.approvals == 1',
    'context.originConsents',
    'context has redaction',
    'context has redaction && context.redaction == "no-free-text"',
  );
  const condition = fc
    .array(fc.tuple(atom, fc.boolean()), { minLength: 1, maxLength: 3 })
    .map((atoms) => atoms.map(([it, negated]) => (negated ? `!(${it})` : `(${it})`)).join(' || '));
  const asked = fc.array(fc.tuple(anyRelease, anyTlp), { minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(condition, asked, (forbidding, questions) => {
      const added = `@id("added") @reason_en("Because.") @reason_ko("사유.")
        forbid (principal, action == Action::"release", resource) when { ${forbidding} };`;
      const { policies: after, findings } = loadPolicies(defaults + added);
      assert.deepEqual(findings, []);
      for (const [question, left] of questions) {
        const redactions = redactionsOf(question, left);
        assert.ok(outcome(after, question, redactions) >= outcome(policies, question, redactions), forbidding);
      }
    }),
    { numRuns: 40 },
  );
});

test('a stricter marking never reaches more readers', () => {
  const rank = (tlp: (typeof tlps)[number]) => tlps.indexOf(tlp);
  const pair = fc.uniqueArray(fc.constantFrom(...tlps), { minLength: 2, maxLength: 2 });
  fc.assert(
    fc.property(pair, anyRelease, (levels, question) => {
      const [looser = 0, stricter = 0] = levels
        .toSorted((a, b) => rank(a) - rank(b))
        .map((tlp) => outcome(policies, { ...question, object: { ...question.object, tlp } }));
      assert.ok(stricter >= looser, levels.join(' and '));
    }),
    { numRuns: 300 },
  );
});

test('losing an agreement, a community, the pairing or a role never makes an outcome more open', () => {
  fc.assert(
    fc.property(anyRelease, (question) => {
      const before = outcome(policies, question);
      for (const less of [{ agreement: null }, { communities: [] }, { paired: false }, { roles: [] }])
        assert.ok(outcome(policies, { ...question, partner: { ...question.partner, ...less } }) >= before);
    }),
    { numRuns: 300 },
  );
});

test('a handling mark more never makes an outcome more open', () => {
  fc.assert(
    fc.property(anyRelease, fc.constantFrom('us-cui', 'us-bsa', 'us-noforn', 'kr-daeoebi'), (question, mark) => {
      const more = { ...question.object, handling: [...question.object.handling, mark] };
      assert.ok(outcome(policies, { ...question, object: more }) >= outcome(policies, question));
    }),
  );
});

test('an approval or a consent more never makes an outcome less open', () => {
  fc.assert(
    fc.property(anyRelease, anyTlp, (question, left) => {
      const redactions = redactionsOf(question, left);
      const before = outcome(policies, question, redactions);
      const approved = { ...question, approvals: question.approvals + 1 };
      assert.ok(outcome(policies, approved, redactions) <= before);
      assert.ok(outcome(policies, { ...question, originConsents: true }, redactions) <= before);
    }),
    { numRuns: 300 },
  );
});

test('no approval and no consent lets out what is unmarked, in conflict, or RED of another', () => {
  fc.assert(
    fc.property(anyRelease, (question) => {
      const { tlp, origin } = question.object;
      const never = tlp === null || tlp === 'conflict' || (tlp === 'red' && origin !== here);
      fc.pre(never);
      const all = { ...question, approvals: 3, originConsents: true };
      assert.equal(outcomeOf(policies, all, []).kind, 'refuse');
    }),
  );
});
