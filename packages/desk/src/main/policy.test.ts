import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  languages,
  type PolicyVersion,
  zDeskId,
  zExplanation,
  zPolicyComparison,
  zPolicyShown,
  zProblem,
} from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { comparisonText, explanationText, policyText } from '../cli/policy.command.ts';
import { createTerminal } from '../cli/terminal.ts';
import { buildApp } from '../http/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { readSettings, systemRandom } from '../platform/index.ts';
import { keepObjects, seal } from '../sharing/object.store.ts';
import { deskIdentity, type StixObject } from '../stix/index.ts';
import { type Desk, openDesk } from './desk.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-policy-'));
const file = path.join(folder, 'policy.cedar');
const clock = { now: () => Date.UTC(2026, 0, 1), sleep: async () => undefined };
const nothing = () => undefined;
const settings = readSettings(
  { data: folder, desk: { id: 'seoul', name: { en: 'Seoul', ko: '서울' }, country: 'KR' } },
  {},
);
const party = {
  id: 'us-agency',
  kind: 'desk',
  name: { en: 'Agency', ko: '기관' },
  country: 'US',
  agreement: 'MoU 2026',
  roles: [],
  communities: [],
  markFloor: 'clear',
} as const;

let desk: Desk;
let operator: FastifyInstance;
async function open(): Promise<void> {
  const log = { info: nothing, warn: nothing, error: nothing };
  desk = await openDesk(settings, { clock, random: systemRandom, log, version: '0.0.0' });
  operator = await buildApp({ ...desk.http, recipients: async () => [party] }, 'folder');
}
async function close(): Promise<void> {
  await operator.close();
  await desk.close();
}
const ask = async (method: 'GET' | 'POST', url: string, payload?: object) =>
  operator.inject({ method, url, ...(payload ? { payload } : {}) });

const rule = (id: string, effect: string, condition: string) =>
  `\n@id("${id}") @reason_en("Because.") @reason_ko("사유.")
  ${effect} (principal, action == Action::"release", resource) when { ${condition} };\n`;

describe('policy of a desk', () => {
  const identity = deskIdentity(
    { ...party, desk: zDeskId.parse('seoul'), timeZone: 'UTC', url: 'https://x.example' } as never,
    { now: '2026-01-01T00:00:00.000Z', tlp: 'clear' },
  );
  const strict: StixObject = {
    ...identity,
    object_marking_refs: ['marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003'],
  } as never;
  before(async () => {
    await open();
    await desk.http.records.transaction((tx) =>
      keepObjects(tx, clock, { origin: 'seoul', incident: null }, [seal(strict)]),
    );
  });
  after(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });
  const history = async () => (await ask('GET', '/api/policy/history')).json<{ sets: PolicyVersion[] }>().sets;

  test('the first set is the default one, and is remembered as found in the folder', async () => {
    const shown = zPolicyShown.parse((await ask('GET', '/api/policy')).json());
    assert.equal(shown.text, readFileSync(file, 'utf8'));
    assert.equal(shown.sha256, desk.http.partnerContext.policies.sha256);
    const sets = await history();
    assert.deepEqual(
      sets.map(({ by, sha256, current, rules }) => [by, sha256, current, rules]),
      [['file', shown.sha256, true, shown.rules.length]],
    );
    assert.match(readFileSync(path.join(folder, 'handling.yaml'), 'utf8'), /kr-daeoebi/);
  });

  test('an explanation says what would happen, of whom to ask, and why', async () => {
    const told = zExplanation.parse(
      (await ask('GET', `/api/policy/explain?object=${strict.id}&to=us-agency&purpose=warning`)).json(),
    );
    assert.deepEqual([told.outcome.kind, told.outcome.persons], ['ask-person', 1]);
    assert.equal(told.facts.find(({ fact }) => fact === 'legalBasis')?.value, 'MoU 2026');
    const unknown = await ask('GET', `/api/policy/explain?object=${strict.id}&to=nobody`);
    assert.equal(zProblem.parse(unknown.json()).code, 'recipient-unknown');
    const none = await ask('GET', '/api/policy/explain?object=note--1&to=us-agency');
    assert.equal(none.statusCode, 404);
    for (const language of languages) {
      const text = explanationText(createTerminal({ out: nothing, err: nothing }, language, false), told);
      assert.match(text, /us-agency/);
      assert.match(text, /→ .*\n/);
      assert.equal(/[가-힣]/.test(text.replaceAll('기관', '')), language === 'ko');
    }
  });

  test('a check tells what would newly be possible, also for the objects here, and changes nothing', async () => {
    const text = readFileSync(file, 'utf8').replace(
      'when { resource.marking == Marking::"amber+strict" && context.approvals < 1 };',
      'when { resource.marking == Marking::"amber+strict" && context.approvals < 1 && resource.objectType == "note" };',
    );
    assert.notEqual(text, readFileSync(file, 'utf8'));
    const compared = zPolicyComparison.parse((await ask('POST', '/api/policy/check', { text })).json());
    assert.deepEqual(compared.rules, { added: [], removed: [], changed: ['release-amber-strict'] });
    assert.ok(compared.changes.length > 0 && compared.changes.every(({ direction }) => direction === 'wider'));
    assert.deepEqual(
      compared.objects.changes.map(({ object, recipient, after: { kind } }) => [object.id, recipient, kind]),
      [[strict.id, 'us-agency', 'release']],
    );
    assert.equal((await history()).length, 1);
    const shown = comparisonText(createTerminal({ out: nothing, err: nothing }, 'en', false), compared);
    assert.match(
      shown,
      /Newly possible:\n {2}a person is asked \(approvals needed: 1\) → released – marking: amber\+strict/,
    );
  });

  test('a faulty set is refused with rule and line, and the one in force stays', async () => {
    const before1 = readFileSync(file, 'utf8');
    for (const [text, detail] of [
      [`${before1}${rule('typo', 'forbid', 'resource.marking == Marking::"rde"')}`, /typo: .*rde/],
      [`${before1}\npermit (principal`, /line \d+: /],
      [`${before1}${rule('unmarked', 'forbid', 'principal.paired')}`, /unmarked: two rules/],
    ] as const) {
      for (const url of ['/api/policy', '/api/policy/check']) {
        const response = await ask('POST', url, { text });
        const { code, text: said } = zProblem.parse(response.json());
        assert.equal(code, 'policy-faulty');
        assert.match(said.en, detail);
      }
    }
    assert.equal(readFileSync(file, 'utf8'), before1);
    assert.equal((await history()).length, 1);
  });

  test('a set that is set decides at once, is recorded with who and why, and is there after a restart', async () => {
    const text = readFileSync(file, 'utf8') + rule('no-identities', 'forbid', 'resource.objectType == "identity"');
    const set = await ask('POST', '/api/policy', { text, reason: 'Order 12' });
    const { sha256 } = zPolicyShown.parse(set.json());
    assert.equal(desk.http.partnerContext.policies.sha256, sha256);
    const explained = async () =>
      zExplanation.parse((await ask('GET', `/api/policy/explain?object=${strict.id}&to=us-agency`)).json());
    assert.deepEqual(
      (await explained()).outcome.reasons.map(({ policy }) => policy),
      ['no-identities'],
    );
    await close();
    await open();
    assert.equal(desk.http.partnerContext.policies.sha256, sha256);
    assert.equal((await explained()).outcome.kind, 'refuse');
    const told = (await history()).map(({ by, reason, sha256: of, current }) => [by, reason, of === sha256, current]);
    assert.deepEqual(told, [
      ['operator', 'Order 12', true, true],
      ['file', null, false, false],
    ]);
  });

  test('what the operator writes into the folder counts at the next start; a fault there keeps the desk from starting', async () => {
    const good = readFileSync(file, 'utf8');
    await close();
    writeFileSync(file, `${good}permit (principal`);
    await assert.rejects(open(), (thrown) => thrown instanceof GongjoError && thrown.code === 'policy-invalid');
    writeFileSync(file, `// by hand\n${good}`);
    await open();
    assert.deepEqual(
      (await history()).map(({ by }) => by),
      ['file', 'operator', 'file'],
    );
    const shown = zPolicyShown.parse((await ask('GET', '/api/policy')).json());
    assert.match(policyText(createTerminal({ out: nothing, err: nothing }, 'ko', false), shown), /no-identities/);
  });
});
