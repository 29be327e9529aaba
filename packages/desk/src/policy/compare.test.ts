import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { comparePolicies, comparingAt } from './compare.ts';
import { decide } from './engine.ts';
import { explainRelease } from './explain.ts';
import { firingOf, permitsOf, questionAt, type SpaceOf } from './firing.ts';
import { loadPolicies } from './load.ts';
import { opennessOf, outcomeOf, rememberingOutcomes } from './outcome.ts';
import { desk, here, object, release, third } from './question.fixture.ts';
import { admitSpace, releaseSpace } from './space.ts';

const defaults = readFileSync(new URL('../../policies/default.cedar', import.meta.url), 'utf8');
const sound = (text: string) => {
  const { policies, findings } = loadPolicies(text);
  assert.deepEqual(findings, []);
  return policies;
};
const before = sound(defaults);
const own = (id: string, effect: string, action: string, condition: string) =>
  `@id("${id}") @reason_en("Because.") @reason_ko("사유.")
   ${effect} (principal, action == Action::"${action}", resource) when { ${condition} };`;

/** A small set, whose whole space is quickly asked. */
const small = own('amber', 'permit', 'release', 'resource.marking == Marking::"amber" && principal.country == "US"');
const asked = { desk: here, profiles: ['no-free-text'] };
const lines = (from: string, to: string) =>
  comparePolicies(sound(from), sound(to), asked).changes.map(({ direction, text }) => `${direction}: ${text.en}`);

const widened: [what: string, from: string, to: string, lines: string[]][] = [
  ['nothing', small, small, []],
  ['another order and a comment', small, `// the same\n${small}`, []],
  [
    'one country more',
    small,
    small.replace('== "US"', '!= "JP"'),
    ['wider: refused → released – marking: amber; country: any other'],
  ],
  [
    'a marking more',
    small,
    small.replace('resource.marking == Marking::"amber"', 'resource.marking != Marking::"red"'),
    ['wider: refused → released – marking: clear | green | amber+strict | unmarked | conflict; country: US'],
  ],
  [
    'a type less',
    small,
    small + own('note', 'forbid', 'release', 'resource.objectType == "note"'),
    ['narrower: released → refused – marking: amber; country: US; type: note'],
  ],
  [
    'a person instead of nobody',
    small,
    small + own('ask', 'forbid', 'release', 'context.approvals < 1'),
    ['narrower: released → a person is asked (approvals needed: 1) – marking: amber; country: US'],
  ],
  [
    'the origin instead of nobody, for what is not ours',
    small,
    small + own('ask', 'forbid', 'release', 'resource.source != Source::"own" && !context.originConsents'),
    [
      'narrower: released → the origin is asked (consent of the origin) – marking: amber; origin: desk | account | feed | file; country: US',
    ],
  ],
  [
    'redacted instead of whole',
    small,
    small + own('less', 'forbid', 'release', '!(context has redaction && context.redaction == "no-free-text")'),
    ['narrower: released → released redacted (redacted by no-free-text) – marking: amber; country: US'],
  ],
  [
    'admission of what is unsigned',
    small,
    small + own('in', 'permit', 'admit', '!context.signatureVerified'),
    ['wider: not admitted → admitted – signature verified: no'],
  ],
  [
    'a rule of one recipient and one object',
    small,
    `${small}@id("named") @reason_en("x") @reason_ko("x")
     permit (principal == Partner::"us-agency", action == Action::"release", resource == StixObject::"note--1");`,
    [
      'wider: refused → released – marking: clear | green | amber+strict | red | unmarked | conflict; recipient: us-agency; object: note--1',
      'wider: refused → released – country: any other; recipient: us-agency; object: note--1',
    ],
  ],
];

for (const [what, from, to, told] of widened)
  test(`a changed set is told: ${what}`, () => {
    assert.deepEqual(lines(from, to).toSorted(), told.toSorted());
    // What one direction widens, the other narrows.
    const back = lines(to, from).map((it) => it.split(':')[0]);
    assert.ok(back.every((direction) => direction !== told[0]?.split(':')[0]));
    assert.equal(back.length, told.length);
  });

test('the rules that were added, removed and changed are named', () => {
  const to = `${small.replace('"US"', '"KR"')}${own('new', 'permit', 'admit', 'true && principal.paired')}`;
  const { rules } = comparePolicies(
    sound(small + own('gone', 'forbid', 'admit', 'principal.paired')),
    sound(to),
    asked,
  );
  assert.deepEqual(rules, { added: ['new'], removed: ['gone'], changed: ['amber'] });
});

test('every line is in both languages', () => {
  const { changes } = comparePolicies(sound(small), sound(small.replace('== "US"', '!= "JP"')), asked);
  assert.match(changes[0]?.text.ko ?? '', /제공 거부 → 제공 – 표시 등급: amber; 국가: 그 밖의 값/);
});

test('of the default set every point of its space is answered as the engine answers it', () => {
  for (const [action, dimensions] of [
    ['release', releaseSpace([before], here, ['no-free-text'])],
    ['admit', admitSpace([before], here)],
  ] as const) {
    const space: SpaceOf = { action, desk: here, dimensions };
    const permits = permitsOf(
      before,
      new Map([...before.rules.values()].map((rule) => [rule.text, firingOf(space, rule)] as const)),
    );
    const anyPoint = fc.tuple(...dimensions.map(({ values }) => fc.nat({ max: values.length - 1 })));
    fc.assert(
      fc.property(anyPoint, (point) => {
        assert.equal(permits(point), decide(before, questionAt(space, point)).decision === 'permit');
      }),
      { numRuns: 300 },
    );
  }
});

test('stored objects are told one by one, with the reason now', () => {
  const after = sound(defaults + own('no-notes', 'forbid', 'release', 'resource.objectType == "note"'));
  const pairs = ['note', 'incident', 'note'].map((type, i) => ({
    question: { ...release, object: { ...object, id: `${type}--${i}`, type } },
    redactions: [],
    label: `${type} ${i}`,
  }));
  const run = comparingAt(before, after, pairs);
  let step = run.next();
  while (!step.done) step = run.next();
  const { asked: count, changes } = step.value;
  assert.equal(count, 3);
  assert.deepEqual(
    changes.map((it) => [it.object.id, it.direction, it.after.kind, it.reasons.map(({ policy }) => policy)]),
    [
      ['note--0', 'narrower', 'refuse', ['no-notes']],
      ['note--2', 'narrower', 'refuse', ['no-notes']],
    ],
  );
});

test('remembered outcomes are those that are found anew', () => {
  const remember = rememberingOutcomes(before);
  const redactions = [{ profile: 'p', object }];
  for (const tlp of ['amber', 'red', 'amber', null, 'red'] as const) {
    const question = { ...release, object: { ...object, tlp, origin: third } };
    assert.deepEqual(remember(question, redactions), outcomeOf(before, question, redactions));
  }
  assert.ok(opennessOf(remember(release, []), []) < opennessOf(remember({ ...release, purpose: 'research' }, []), []));
});

test('an explanation holds every question, the one that decides, and the facts that a rule looked at', () => {
  const strict = { ...release, object: { ...object, tlp: 'amber+strict' as const } };
  const { outcome, steps, facts } = explainRelease(before, strict, []);
  assert.deepEqual([outcome.kind, outcome.persons], ['ask-person', 1]);
  assert.deepEqual(
    steps.map((it) => `${it.persons}${it.consent ? '+' : ''} ${it.decision}${it.decides ? ' decides' : ''}`),
    ['0 forbid', '1 permit decides', '2 permit', '0+ forbid', '1+ permit', '2+ permit'],
  );
  const used = new Set(facts.filter((it) => it.used).map(({ fact }) => fact));
  for (const fact of ['marking', 'approvals', 'agreement', 'purpose'] as const) assert.ok(used.has(fact), fact);
  for (const fact of ['country', 'handling', 'type'] as const) assert.ok(!used.has(fact), fact);
  assert.equal(facts.find(({ fact }) => fact === 'recipient')?.value, desk.id);
});
