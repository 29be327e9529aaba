import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { decide } from './engine.ts';
import { loadPolicies, POLICY_TEXT_CHARS_MAX, RULES_MAX } from './load.ts';
import type { ReleaseQuestion } from './model.ts';
import { release as question } from './question.fixture.ts';

const defaults = readFileSync(new URL('../../policies/default.cedar', import.meta.url), 'utf8');

const rule = (id: string, effect: string, condition = '') =>
  `@id("${id}") @reason_en("Because.") @reason_ko("사유.")\n${effect} (principal, action, resource) ${condition};\n`;
const permitAll = rule('everything', 'permit');

test('no policy text: sound, and everything is forbidden because no rule permits it', () => {
  for (const text of ['', '// nothing yet\n']) {
    const { policies, findings } = loadPolicies(text);
    assert.deepEqual(findings, []);
    const { decision, reasons } = decide(policies, question);
    assert.equal(decision, 'forbid');
    assert.deepEqual(reasons[0]?.text.en, 'No rule permits it.');
  }
});

test('one rule that permits everything permits', () => {
  assert.deepEqual(decide(loadPolicies(permitAll).policies, question), {
    decision: 'permit',
    reasons: [{ policy: 'everything', text: { en: 'Because.', ko: '사유.' } }],
  });
});

const faults: [what: string, text: string, path: string, detail: RegExp][] = [
  ['what is not Cedar', `${permitAll}\npermit (principal, action`, 'line 4', /unexpected end/],
  ['a sign after Korean text', `// 한국어\n\n#`, 'line 3', /./],
  [
    'a marking that does not exist',
    rule('typo', 'forbid', 'when { resource.marking == Marking::"rde" }'),
    'typo',
    /rde/,
  ],
  ['an attribute that does not exist', rule('typo', 'forbid', 'when { resource.tlp == "red" }'), 'typo', /tlp/],
  [
    'a purpose that does not exist',
    rule('typo', 'forbid', 'when { context.purpose == Purpose::"war" }'),
    'typo',
    /war/,
  ],
  [
    'an optional fact used unasked',
    rule('unsafe', 'forbid', 'when { principal.agreement == "x" }'),
    'unsafe',
    /agreement/,
  ],
  ['a fact of another action', rule('unsafe', 'forbid', 'unless { context.signatureVerified }'), 'unsafe', /signature/],
  ['a rule that can never apply', rule('never', 'forbid', 'when { false }'), 'never', /impossible/],
  ['no @id', 'permit (principal, action, resource);', 'line 1', /@id/],
  ['an @id in capitals', `${permitAll}${rule('Red', 'forbid')}`, 'line 3', /@id/],
  ['two rules of one @id', permitAll + rule('everything', 'forbid'), 'everything', /two rules/],
  ['an @id that is ours', rule('no-permit', 'permit'), 'no-permit', /reserved/],
  ['no Korean reason', '@id("some") @reason_en("x") permit (principal, action, resource);', 'some', /reason_ko/],
  ['no English reason', '@id("some") @reason_ko("x") permit (principal, action, resource);', 'some', /reason_en/],
  [
    'an empty reason',
    '@id("some") @reason_en @reason_ko("x") permit (principal, action, resource);',
    'some',
    /reason_en/,
  ],
  ['a template', 'permit (principal == ?principal, action, resource);', '', /template/],
  ['a long text', `//${'x'.repeat(POLICY_TEXT_CHARS_MAX)}`, '', /longer/],
  [
    'too many rules',
    Array.from({ length: RULES_MAX + 1 }, (_, i) => rule(`r${i}x`, 'permit')).join(''),
    '',
    /more than/,
  ],
];

for (const [what, fault, path, detail] of faults) {
  test(`${what} is found, and nothing is permitted beside it`, () => {
    const alone = loadPolicies(fault);
    const finding = alone.findings.find((it) => it.path === path);
    assert.match(finding?.detail ?? `no finding there, but ${JSON.stringify(alone.findings)}`, detail);
    const { decision, reasons } = decide(alone.policies, question);
    assert.deepEqual([decision, reasons.map((it) => it.policy)], ['forbid', ['policy-invalid']]);
    assert.equal(decide(loadPolicies(defaults + fault).policies, question).decision, 'forbid');
  });
}

test('rules keep the order of the text, also beyond ten', () => {
  const ids = Array.from({ length: 25 }, (_, i) => `rule-${24 - i}`);
  const { policies, findings } = loadPolicies(ids.map((id) => rule(id, 'permit')).join(''));
  assert.deepEqual(findings, []);
  assert.deepEqual([...policies.rules.keys()], ids);
  assert.deepEqual(
    decide(policies, question).reasons.map((it) => it.policy),
    ids,
  );
});

/** Valid by type, but it overflows whenever it is evaluated. */
const overflow = 'when { 9223372036854775807 + 1 > 0 }';

test('a rule that fails forbids: it might have been the one that forbids', () => {
  for (const [text, policies] of [
    [permitAll + rule('failing', 'forbid', overflow), ['evaluation-failed']],
    [rule('failing', 'permit', overflow), ['evaluation-failed']],
    [permitAll + rule('closed', 'forbid') + rule('failing', 'forbid', overflow), ['closed', 'evaluation-failed']],
  ] as const) {
    const loaded = loadPolicies(text);
    assert.deepEqual(loaded.findings, []);
    const { decision, reasons } = decide(loaded.policies, question);
    assert.equal(decision, 'forbid');
    assert.deepEqual(
      reasons.map((it) => it.policy),
      policies,
    );
  }
});

test('a question that does not fit the schema is forbidden', () => {
  const { policies } = loadPolicies(permitAll);
  const strange: unknown[] = [
    { ...question, action: 'publish' },
    { ...question, purpose: 'curiosity' },
    { ...question, object: { ...question.object, tlp: 'white' } },
    { ...question, object: { ...question.object, origin: undefined } },
    { ...question, partner: { ...question.partner, paired: 'yes' } },
    { ...question, partner: { ...question.partner, country: undefined } },
    { ...question, action: 'admit' },
    { ...question, object: { ...question.object, id: 7n } },
    { ...question, object: { ...question.object, id: undefined } },
  ];
  for (const it of strange) {
    const { decision, reasons } = decide(policies, it as ReleaseQuestion);
    assert.deepEqual([decision, reasons[0]?.policy], ['forbid', 'evaluation-failed']);
  }
});

test('hundreds of sets loaded later do not disturb an earlier one', () => {
  const first = loadPolicies(permitAll).policies;
  for (let i = 0; i < 300; i++) loadPolicies(rule(`other-${i}`, 'forbid'));
  assert.equal(decide(first, question).decision, 'permit');
});

test('adding a rule that forbids never widens what is permitted', () => {
  const atom = fc.constantFrom(
    'resource.marking == Marking::"amber"',
    'resource.origin == context.desk',
    'principal has agreement',
    'principal.paired',
    'principal.country == "US"',
    'context.purpose == Purpose::"warning"',
    'context has legalBasis',
    'resource.objectType == "incident"',
  );
  const condition = fc
    .array(fc.tuple(atom, fc.boolean()), { minLength: 1, maxLength: 3 })
    .map((atoms) => atoms.map(([it, negated]) => (negated ? `!(${it})` : it)).join(' || '));
  const asked = fc.record({
    tlp: fc.constantFrom('clear', 'amber', 'red', null, 'conflict'),
    purpose: fc.constantFrom('warning', 'research'),
    origin: fc.constantFrom('kr-police', 'us-agency'),
  });
  const { policies: before } = loadPolicies(defaults);
  fc.assert(
    fc.property(condition, fc.array(asked, { minLength: 5, maxLength: 5 }), (forbidding, questions) => {
      const { policies: after, findings } = loadPolicies(defaults + rule('added', 'forbid', `when { ${forbidding} }`));
      assert.deepEqual(findings, []);
      for (const { tlp, origin, purpose } of questions) {
        const it = { ...question, purpose, object: { ...question.object, tlp, origin } } as ReleaseQuestion;
        const widened = decide(after, it).decision === 'permit' && decide(before, it).decision === 'forbid';
        assert.ok(!widened, forbidding);
      }
    }),
    { numRuns: 40 },
  );
});
