import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { caseContent, rightParts, rights, roles, type Tlp, tlpLevels } from '@gongjo/contract';
import fc from 'fast-check';
import { loadPeoplePolicies, mayAct, maySee, type PersonFacts, rolesWith } from './index.ts';

const text = readFileSync(path.resolve(import.meta.dirname, '../../policies/people.cedar'), 'utf8');
const { policies, findings } = loadPeoplePolicies(text);
const person = (held: PersonFacts['roles'], clearance: Tlp = 'amber'): PersonFacts => ({ roles: held, clearance });
const rightsOf = (set: typeof policies, who: PersonFacts) => rights.filter((it) => mayAct(set, who, it).allowed);
const rule = (head: string, condition: string) =>
  `@id("own")\n@reason_en("Own rule.")\n@reason_ko("자체 규칙입니다.")\n${head} when { ${condition} };\n`;

describe('the default edition', () => {
  test('is sound', () => assert.deepEqual(findings, []));

  test('who has several roles may do what any of them may, and no more', () => {
    const some = fc.subarray([...roles], { minLength: 1 });
    const clearance = fc.constantFrom(...tlpLevels);
    fc.assert(
      fc.property(some, clearance, fc.constantFrom(...rights), (held, level, right) => {
        const any = held.some((role) => mayAct(policies, person([role], level), right).allowed);
        assert.equal(mayAct(policies, person(held, level), right).allowed, any);
      }),
      { numRuns: 300 },
    );
  });

  test('whoever runs or audits the desk sees nothing of its cases', () => {
    for (const role of ['administrator', 'auditor'] as const) {
      const held = rightsOf(policies, person([role], 'red'));
      // What they administer of it – a webhook's secret – they do without reading it.
      const content = held.filter((it) => caseContent.has(rightParts(it).object) && !it.endsWith(':administer'));
      assert.deepEqual(content, [], role);
    }
  });

  test('an exchange officer sees no cases, requests and releases', () => {
    const held = rightsOf(policies, person(['exchange-officer'], 'red'));
    assert.deepEqual(
      held.filter((it) => /^(case|request|release|approval|object|overlap|partner):/.test(it)),
      [],
    );
  });

  test('a clearance shows its own level and what is below it', () => {
    for (const [at, clearance] of tlpLevels.entries())
      for (const [level, marking] of tlpLevels.entries())
        assert.equal(maySee(policies, person(['analyst'], clearance), marking).allowed, level <= at, marking);
  });

  test('answers with its reasons in both languages', () => {
    const yes = mayAct(policies, person(['analyst']), 'alert:write');
    assert.deepEqual([yes.allowed, yes.reasons.map(({ policy }) => policy)], [true, ['analysis']]);
    const no = mayAct(policies, person(['analyst']), 'case:write');
    assert.deepEqual([no.allowed, no.reasons.map(({ policy }) => policy)], [false, ['no-permit']]);
    assert.deepEqual(rolesWith(policies, 'case:write'), ['case-officer']);
  });

  test('is asked of the engine once for each kind of person', () => {
    const first = mayAct(policies, person(['analyst', 'liaison']), 'release:send');
    assert.equal(mayAct(policies, person(['liaison', 'analyst']), 'release:send'), first);
  });
});

describe('an agency’s own edition', () => {
  test('a rule that forbids wins', () => {
    const own = loadPeoplePolicies(
      `${text}\n${rule('forbid (principal, action == Action::"send", resource == Subject::"release")', 'principal.roles.contains(Role::"case-officer")')}`,
    );
    assert.deepEqual(own.findings, []);
    assert.equal(mayAct(own.policies, person(['liaison']), 'release:send').allowed, true);
    const both = mayAct(own.policies, person(['liaison', 'case-officer']), 'release:send');
    assert.deepEqual([both.allowed, both.reasons.map(({ policy }) => policy)], [false, ['own']]);
  });

  for (const [name, broken] of [
    [
      'a role that there is not',
      rule('permit (principal, action, resource)', 'principal.roles.contains(Role::"chief")'),
    ],
    ['a thing that there is not', rule('permit (principal, action, resource == Subject::"money")', 'true')],
    ['a fact that nobody has', rule('permit (principal, action, resource)', 'principal.country == "KR"')],
    ['what speaks of partners', rule('permit (principal is Partner, action, resource)', 'true')],
    ['no reasons', '@id("own")\npermit (principal, action, resource);'],
  ] as const)
    test(`with ${name} is faulty, and then nobody may do anything`, () => {
      const own = loadPeoplePolicies(`${text}\n${broken}`);
      assert.notDeepEqual(own.findings, []);
      for (const role of roles) assert.deepEqual(rightsOf(own.policies, person([role], 'red')), []);
    });

  test('an empty one is sound, and permits nothing', () => {
    const own = loadPeoplePolicies('');
    assert.deepEqual(own.findings, []);
    assert.deepEqual(rightsOf(own.policies, person([...roles], 'red')), []);
    assert.equal(maySee(own.policies, person([...roles], 'red'), 'clear').allowed, false);
  });
});
