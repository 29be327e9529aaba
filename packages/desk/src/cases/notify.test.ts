import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import {
  type Address,
  type AssetId,
  type ChainId,
  type Problem,
  problem,
  type TxId,
  zDeskId,
  zDirectoryFile,
} from '@gongjo/contract';
import { auditSchema, verifyAudit } from '../audit/index.ts';
import { directoryOf, liveDirectory } from '../directory/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { migrate, openRecords, type Records } from '../platform/index.ts';
import { watchSchema } from '../watch/index.ts';
import { addIncident, type IncidentFacts, partsOf, recallIncidents } from './incident.store.ts';
import type { Mail } from './mail.client.ts';
import { listMatches } from './match.store.ts';
import { decide } from './match.ts';
import { listNotices } from './notice.store.ts';
import { acknowledgeNotice, escalate, planNotices } from './notify.ts';
import { takeReport } from './open.ts';
import { addReporter, countReport, reporterOf, revokeReporter } from './reporter.store.ts';
import { casesSchema } from './schema.ts';
import { type SendContext, sendDue } from './send.ts';
import { nothingElse, readTimeline, retell } from './timeline.store.ts';
import { signWebhook, webhookSecret } from './webhook-signature.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-notify-'));
const clock = { at: 0, now: () => clock.at, sleep: async () => undefined };
let uuids = 0;
const random = {
  uuid: () => {
    uuids += 1;
    return `${uuids.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
  },
  token: () => `token${uuids}`,
};
const start = Date.parse('2025-11-27T04:42+09:00');
const minute = 60_000;

/** One webhook receiver; `status` is what it answers. */
const hooks: { headers: IncomingMessage['headers']; body: string }[] = [];
let status = 204;
const receiver = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  hooks.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
  response.writeHead(status).end('ignored');
});

const said = { source: 'a test', certainty: 'verified', asOf: '2026-11-28' } as const;
const text = (name: string) => ({ en: name, ko: `${name} 가` });
const hookUrl = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
const agency = (id: string, country: string, functions: string[], more: object = {}) => ({
  ...{ ...said, id, name: text(id), country, functions },
  ...more,
});
const duty = (timeZone: string, contacts: object[]) => ({ duty: { ...said, timeZone, contacts } });
const officer = (channel: string, to?: string, more: object = {}) => ({
  ...{ id: `by-${channel}`, role: 'duty-officer', channel, languages: ['ko'] },
  ...(to && { to }),
  ...more,
});
const fileOf = (police: object[] = [officer('email', 'officer@police.example'), officer('webhook', hookUrl())]) =>
  zDirectoryFile.parse({
    agencies: [
      agency('kr-police', 'KR', ['cyber-investigation'], duty('Asia/Seoul', police)),
      agency('kr-centre', 'KR', ['duty-centre'], duty('Asia/Seoul', [officer('email', 'night@centre.example')])),
      agency('kr-fiu', 'KR', ['fiu'], duty('Asia/Seoul', [officer('email')])),
      agency('us-fbi', 'US', ['cyber-investigation'], { desk: 'washington' }),
      agency('jp-npa', 'JP', ['cyber-investigation'], duty('Asia/Tokyo', [officer('phone', '+81')])),
    ],
    vasps: [{ ...said, id: 'upbit', name: { en: 'Upbit', ko: '업비트' }, country: 'KR' }],
    rules: [
      { ...said, id: 'investigate', name: text('r'), kinds: ['theft'], functions: ['cyber-investigation', 'fiu'] },
    ],
    escalation: [
      { afterMinutes: 5, to: { role: 'duty-officer' } },
      { afterMinutes: 15, to: { function: 'duty-centre' } },
    ],
  });

let records: Records;
let context: SendContext;
let mails: Mail[] = [];
let mailProblem: GongjoError | null = null;
let deskProblem: Problem | null = null;
const directory = liveDirectory(directoryOf([]));
before(async () => {
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  records = await openRecords({ folder: path.join(folder, 'records') });
  await migrate(records, [auditSchema, watchSchema, casesSchema], folder);
  context = {
    ...{ records, clock, random, directory },
    desk: { desk: zDeskId.parse('seoul'), name: text('Seoul'), country: 'KR', timeZone: 'Asia/Seoul' },
    partners: async () => [{ id: 'washington', country: 'US' }],
    mailer: {
      send: async (mail) => {
        if (mailProblem) throw mailProblem;
        mails.push(mail);
      },
    },
    webhookKey: Buffer.alloc(32, 1),
    url: 'https://seoul.example',
    deskProblem: async () => deskProblem,
  };
});
beforeEach(async () => {
  clock.at = start;
  directory.replace(directoryOf([fileOf()]));
  mails = [];
  hooks.length = 0;
  status = 204;
  mailProblem = null;
  deskProblem = problem('desk-not-told', { desk: 'washington', detail: 'down' });
  await records.query(
    `truncate incidents, incident_traces, timeline, alerts, audit_entries, notices, escalations, incidents_told,
       incident_matches, reporters, reporter_calls restart identity cascade`,
  );
});
after(async () => {
  receiver.close();
  await records.close();
  rmSync(folder, { recursive: true, force: true });
});

const chain = 'eip155:1' as ChainId;
const txid = (n: number) => `0x${n.toString(16).padStart(64, '0')}` as TxId;
const asked = (n: number, change: object = {}) => ({
  ...{ chain, txids: [txid(n)], kind: 'theft' as const, title: text(`Theft ${n}`), countries: ['US', 'JP'] },
  ...change,
});
const report = async (n: number, change: object = {}) =>
  (await records.transaction((tx) => takeReport(tx, context, asked(n, change), { by: 'officer', via: 'page' })))
    .incident;
const lines = async (incident: string) =>
  (await listNotices(records, { incident }))
    .map(({ agency, contact, channel, state, problem: wrong }) =>
      `${agency} ${channel} ${contact} ${state} ${wrong?.code ?? ''}`.trim(),
    )
    .sort();
const sendAll = async () => {
  const signal = new AbortController().signal;
  for (const channel of ['email', 'webhook', 'desk'] as const) await sendDue(context, channel, signal);
};
const ack = (id: string, by = 'officer') => records.transaction((tx) => acknowledgeNotice(tx, context, id, by));

describe('from an incident', () => {
  test('everyone who must know is told at once, over every way that the directory knows', async () => {
    const id = await report(1);
    assert.equal((await planNotices(context)).added, 6);
    assert.deepEqual(await lines(id), [
      'desk:seoul page  delivered',
      'jp-npa phone by-phone by-hand',
      'kr-fiu phone  by-hand contact-missing',
      'kr-police email by-email due',
      'kr-police webhook by-webhook due',
      'us-fbi desk washington due',
    ]);
    assert.deepEqual(await planNotices(context), { added: 0, more: false });
    deskProblem = null;
    await sendAll();
    assert.deepEqual(
      (await lines(id)).filter((line) => /delivered|sent/.test(line)),
      [
        'desk:seoul page  delivered',
        'kr-police email by-email sent',
        'kr-police webhook by-webhook delivered',
        'us-fbi desk washington delivered',
      ],
    );
    assert.deepEqual([mails.length, mails[0]?.to, hooks.length], [1, 'officer@police.example', 1]);
    const told = (await readTimeline(records, id)).filter(({ kind }) => kind === 'notified').map(({ who }) => who?.en);
    assert.deepEqual(told.sort(), ['Seoul', 'kr-police', 'us-fbi']);
    await sendAll();
    assert.deepEqual([mails.length, hooks.length], [1, 1]);
    assert.equal((await verifyAudit(records)).brokenAt, null);
  });

  test('the webhook is signed over its bytes and names the notice', async () => {
    await report(1);
    await planNotices(context);
    await sendAll();
    const [hook] = hooks;
    const secret = webhookSecret(context.webhookKey, 'kr-police', 'by-webhook');
    assert.equal(hook?.headers['gongjo-signature'], signWebhook(secret, hook?.body ?? '', clock.at));
    const body = JSON.parse(hook?.body ?? '') as { notice: string; link: string };
    assert.equal(hook?.headers['gongjo-notice'], `${body.notice}.1`);
    assert.match(body.link, /^https:\/\/seoul\.example\/incidents\/incident--.*\?notice=notice--/);
  });

  test('of an exercise, only pages and contacts that are marked for it', async () => {
    directory.replace(
      directoryOf([fileOf([officer('email', 'real@police.example'), officer('webhook', hookUrl(), { drills: true })])]),
    );
    const id = await report(1, { drill: true });
    await planNotices(context);
    await sendAll();
    assert.deepEqual(await lines(id), [
      'desk:seoul page  delivered',
      'kr-police webhook by-webhook delivered',
      'us-fbi desk washington due desk-not-told',
    ]);
    assert.equal((JSON.parse(hooks[0]?.body ?? '{}') as { drill: boolean }).drill, true);
    assert.equal(mails.length, 0);
  });

  test('of an exercise, all contacts where whoever began it said so; each message is marked', async () => {
    directory.replace(directoryOf([fileOf([officer('email', 'real@police.example')])]));
    const by = { by: 'operator', via: 'drill', notifyAll: true } as const;
    const { incident } = await records.transaction((tx) => takeReport(tx, context, asked(1, { drill: true }), by));
    await planNotices(context);
    await sendAll();
    assert.ok((await lines(incident)).includes('kr-police email by-email sent'));
    assert.equal(mails.length, 1);
    assert.match(mails[0]?.subject ?? '', /DRILL/);
    assert.ok((await listNotices(records, { incident })).every(({ drill }) => drill));
  });

  test('of a partner, this desk tells its own country alone', async () => {
    const facts: IncidentFacts = {
      ...{ chain, txids: [txid(1)], kind: 'theft', title: text('T'), victim: null, tlp: 'amber' },
      origin: { desk: 'washington', name: text('Washington') },
    };
    await addIncident(records, clock, 'incident--theirs', facts);
    await planNotices(context);
    assert.deepEqual(
      new Set((await listNotices(records, {})).map((notice) => notice.agency)),
      new Set(['desk:seoul', 'kr-police', 'kr-fiu']),
    );
    await recallIncidents(records, clock, ['incident--theirs'], 'washington');
    await planNotices(context);
    assert.ok((await listNotices(records, { waiting: true })).length === 0);
  });

  test('a contact that is filled in later is told then, and nobody is told twice', async () => {
    const id = await report(1);
    await planNotices(context);
    const filled = fileOf();
    const contacts = filled.agencies.find((it) => it.id === 'kr-fiu')?.duty?.contacts ?? [];
    Object.assign(contacts[0] ?? {}, { to: 'duty@fiu.example' });
    directory.replace(directoryOf([filled]));
    assert.equal((await planNotices(context, true)).added, 1);
    await sendAll();
    assert.deepEqual(
      (await lines(id)).filter((line) => line.startsWith('kr-fiu')),
      ['kr-fiu email by-email sent', 'kr-fiu phone  dropped contact-missing'],
    );
    assert.equal(mails.length, 2);
  });
});

describe('what does not arrive', () => {
  test('waits, is tried again after a growing wait, says since when and why, and holds up nothing else', async () => {
    const id = await report(1);
    await planNotices(context);
    mailProblem = new GongjoError('mail-unreachable', { host: 'mail.example', detail: 'ECONNREFUSED' });
    status = 500;
    await sendAll();
    const waiting = async () =>
      (await listNotices(records, { waiting: true }))
        .filter(({ channel }) => channel !== 'phone')
        .map(({ channel, problem: wrong, attempts, nextAt }) => [
          channel,
          wrong?.code,
          attempts,
          nextAt && (Date.parse(nextAt) - clock.at) / 1000,
        ])
        .sort();
    assert.deepEqual(await waiting(), [
      ['desk', 'desk-not-told', 0, 5],
      ['email', 'mail-unreachable', 1, 10],
      ['webhook', 'webhook-refused', 1, 10],
    ]);
    await sendAll();
    assert.equal(hooks.length, 1);
    clock.at += 10_000;
    await sendAll();
    assert.deepEqual(
      (await waiting()).map(([, , , wait]) => wait),
      [5, 20, 20],
    );
    mailProblem = null;
    status = 200;
    deskProblem = null;
    clock.at += 20_000;
    await sendAll();
    assert.deepEqual(await waiting(), []);
    const [mail] = (await listNotices(records, { incident: id })).filter(({ channel }) => channel === 'email');
    assert.deepEqual(
      [mail?.at, mail?.sentAt, mail?.problem],
      [new Date(start).toISOString(), new Date(start + 30_000).toISOString(), null],
    );
    const audited = await records.query<{ n: number }>(
      `select count(*)::integer as n from audit_entries where action = 'notice.failed'`,
    );
    assert.equal(audited[0]?.n, 3, 'each failure is recorded once, not at each try');
  });

  test('is given up after three days', async () => {
    await report(1);
    await planNotices(context);
    mailProblem = new GongjoError('mail-not-set-up');
    clock.at += 73 * 60 * minute;
    await sendAll();
    const [mail] = (await listNotices(records, { waiting: true })).filter(({ channel }) => channel === 'email');
    assert.deepEqual([mail?.state, mail?.nextAt], ['failed', null]);
  });

  test('a desk that was killed while it sent sends again, under the same name', async () => {
    await report(1);
    await planNotices(context);
    const broken = { ...context, records: { ...records, transaction: async () => assert.fail('killed') } };
    await assert.rejects(sendDue(broken, 'email', new AbortController().signal));
    await sendAll();
    assert.equal(mails.length, 2);
    assert.equal(mails[0]?.messageId, mails[1]?.messageId);
  });
});

describe('who does not acknowledge', () => {
  const escalated = async () => {
    await escalate(context);
    await sendAll();
  };

  test('is reminded, then the duty centre is told, each once', async () => {
    const id = await report(1);
    await planNotices(context);
    await sendAll();
    clock.at += 5 * minute;
    await escalated();
    await escalated();
    assert.deepEqual(
      mails.map(({ to, messageId }) => [to, messageId.includes('.2@')]),
      [
        ['officer@police.example', false],
        ['officer@police.example', true],
      ],
    );
    assert.match(mails[1]?.text ?? '', /^재통지/m);
    clock.at += 10 * minute;
    await escalated();
    await escalated();
    const centre = (await listNotices(records, { incident: id })).filter((it) => it.agency === 'kr-centre');
    assert.deepEqual(
      centre.map(({ cause, channel, state }) => [cause, channel, state]),
      [['escalated', 'email', 'sent']],
    );
    assert.ok(
      (await readTimeline(records, id)).some(({ kind, who }) => kind === 'escalated' && who?.en === 'kr-centre'),
    );
  });

  test('an acknowledgement of any way answers for the agency, and for whoever was told of its silence', async () => {
    const id = await report(1);
    await planNotices(context);
    await sendAll();
    const [page] = (await listNotices(records, { incident: id })).filter(({ agency }) => agency === 'kr-police');
    clock.at += minute;
    await ack(page?.id ?? '');
    await ack(page?.id ?? '', 'somebody later');
    const police = (await listNotices(records, { incident: id })).filter(({ agency }) => agency === 'kr-police');
    assert.deepEqual(
      police.map(({ acknowledgedBy, acknowledgedAt }) => [acknowledgedBy, acknowledgedAt]),
      police.map(() => ['officer', new Date(start + minute).toISOString()]),
    );
    clock.at += 20 * minute;
    await escalated();
    const steps = await records.query<{ agency: string }>(
      `select distinct agency from escalations where agency = 'kr-police'`,
    );
    assert.deepEqual(steps, []);
    await assert.rejects(ack('notice--none'), /nothing here/);
  });

  test('what a partner’s desk has received is that desk’s to escalate', async () => {
    await report(1);
    await planNotices(context);
    deskProblem = null;
    await sendAll();
    clock.at += 6 * minute;
    await escalated();
    const steps = await records.query<{ agency: string }>('select distinct agency from escalations order by 1');
    assert.ok(!steps.some((it) => it.agency === 'us-fbi'));
  });
});

describe('reports of one incident', () => {
  const reported = (address: string) => ({
    victim: '업비트',
    addresses: [{ address: address as Address, role: 'destination' as const }],
  });

  test('that are probably one are proposed; joined, they have one queue of notices; the decision is recorded', async () => {
    const first = await report(1, { ...reported('a'), victim: 'Upbit' });
    await planNotices(context);
    clock.at += minute;
    const second = await report(2, reported('a'));
    await planNotices(context);
    const [match] = await listMatches(records, second);
    assert.deepEqual([match?.other, match?.certainty, match?.state], [first, 'probable', 'proposed']);
    assert.deepEqual((await listMatches(records, first))[0]?.other, second);
    await records.transaction((tx) =>
      decide(tx, clock, { incident: second, other: first, decision: 'join', by: 'chief' }),
    );
    assert.deepEqual(
      (await partsOf(records, first)).map(({ id }) => id),
      [first, second],
    );
    await planNotices(context);
    assert.ok((await lines(second)).every((line) => !/ (due|by-hand)/.test(line)));
    clock.at += 60 * minute;
    await escalate(context);
    const escalatedOf = await records.query<{ incident: string }>('select distinct incident from escalations');
    assert.deepEqual(escalatedOf, [{ incident: first }]);
    assert.equal((await listMatches(records, first))[0]?.state, 'joined');
    await assert.rejects(
      records.transaction((tx) =>
        decide(tx, clock, { incident: second, other: first, decision: 'apart', by: 'chief' }),
      ),
    );
  });

  test('that a person keeps apart are not proposed again', async () => {
    const first = await report(1, reported('a'));
    const second = await report(2, reported('a'));
    await planNotices(context);
    await records.transaction((tx) =>
      decide(tx, clock, { incident: first, other: second, decision: 'apart', by: 'chief' }),
    );
    directory.replace(directoryOf([]));
    await planNotices(context, true);
    assert.equal((await listMatches(records, first))[0]?.state, 'apart');
    assert.equal((await partsOf(records, first)).length, 1);
  });

  test('a partner’s about the same transaction is pointed out on both sides, and stays the partner’s', async () => {
    const ours = await report(1);
    const facts: IncidentFacts = {
      ...{ chain, txids: [txid(1)], kind: 'theft', title: text('T'), victim: null, tlp: 'amber' },
      origin: { desk: 'washington', name: text('Washington') },
    };
    await addIncident(records, clock, 'incident--theirs', facts);
    await planNotices(context);
    const [match] = await listMatches(records, ours);
    assert.deepEqual([match?.other, match?.certainty, match?.state], ['incident--theirs', 'related', 'pointed-out']);
    assert.ok(match?.reasons.includes('same-lead'));
    assert.equal((await listMatches(records, 'incident--theirs'))[0]?.other, ours);
    const join = { incident: ours, other: 'incident--theirs', decision: 'join', by: 'chief' } as const;
    await assert.rejects(records.transaction((tx) => decide(tx, clock, join)));
  });

  test('that name what another’s money went through are pointed out', async () => {
    const first = await report(1);
    await retell(records, first, [
      {
        ...nothingElse,
        key: 'hop|1',
        at: new Date(start).toISOString(),
        kind: 'moved',
        txid: txid(9),
        address: 'b' as Address,
      },
    ]);
    const second = await report(9);
    await planNotices(context);
    assert.deepEqual((await listMatches(records, second))[0]?.reasons, ['lead-on-its-trace']);
  });

  test('an exercise never meets what happened', async () => {
    const real = await report(1, reported('a'));
    const drill = await report(1, { ...reported('a'), drill: true });
    assert.notEqual(drill, real);
    await planNotices(context);
    assert.deepEqual(await listMatches(records, real), []);
  });

  test('what it took on other chains are parts of one incident, with one queue of notices', async () => {
    const other = 'eip155:2' as ChainId;
    const amounts = [{ asset: `${other}/slip44:60` as AssetId, units: '5' }];
    const id = await report(1, { parts: [{ chain: other, txids: [txid(7)], amounts }] });
    await planNotices(context);
    const parts = await partsOf(records, id);
    assert.deepEqual(
      parts.map((it) => [it.chain, it.mainId, it.amounts]),
      [
        [chain, undefined, undefined],
        [other, id, amounts],
      ],
    );
    assert.deepEqual(new Set((await listNotices(records, {})).map(({ incident }) => incident)), new Set([id]));
  });
});

describe('a reporter', () => {
  const clerk = { name: 'upbit', organisation: 'Upbit', country: 'KR', reportsPerHour: 2 };

  test('is known by its token, which is kept nowhere, until it is revoked', async () => {
    const { token } = await addReporter(records, context, clerk, 'operator');
    assert.equal((await reporterOf(records, token)).name, 'upbit');
    const rows = await records.query('select * from reporters');
    assert.ok(!JSON.stringify(rows).includes(`"${token}"`));
    await assert.rejects(addReporter(records, context, clerk, 'operator'), /already/);
    await revokeReporter(records, clock, 'upbit');
    await assert.rejects(reporterOf(records, token), /revoked/);
  });

  test('may report so often in an hour', async () => {
    const { account } = await addReporter(records, context, clerk, 'operator');
    await countReport(records, clock, account);
    await countReport(records, clock, account);
    await assert.rejects(countReport(records, clock, account), /2 reports of this hour/);
    clock.at += 60 * minute;
    await countReport(records, clock, account);
  });
});
