import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { zAlert, zHold, zHoldFile, zHoldSummary, zProblem } from '@gongjo/contract';
import { z } from 'zod';
import type { CustodyList } from '../cases/custody.store.ts';
import {
  attachmentOf,
  type MailServer,
  makeCertificate,
  needsOpenssl,
  startMailServer,
} from '../cases/mail-server.fixture.ts';
import { type Answer, type HoldDesk, openHoldDesk, signatory, until } from './hold-desk.fixture.ts';
import { address, exchange, txid } from './round.fixture.ts';

const hourMs = 3_600_000;
const codeOf = (answer: Answer) => zProblem.parse(answer.json()).code;
const ether = 'eip155:31337/slip44:60';

describe('a hold request from a stop of a trace to its end', needsOpenssl, () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-hold-mail-'));
  const hooks: { type: string; kind: string; hours: number; text: { ko: string } }[] = [];
  const receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    hooks.push(JSON.parse(body));
    response.writeHead(202).end();
  });
  let mails: MailServer;
  let it: HoldDesk;
  let id = '';
  before(async () => {
    receiver.listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const certificate = makeCertificate(folder);
    mails = await startMailServer(certificate, 'tls');
    writeFileSync(path.join(folder, 'right'), 'right\n');
    it = await openHoldDesk({
      hook: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`,
      channel: { kind: 'email', to: 'compliance@pacific.example' },
      settings: {
        mail: {
          ...{ host: 'localhost', port: mails.port, secure: true, user: 'desk', from: 'desk@agency.example' },
          passwordFile: path.join(folder, 'right'),
          caFile: certificate.cert,
        },
      },
    });
  });
  after(async () => {
    await it?.close();
    await mails?.stop();
    receiver.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const post = (person: string, what: string, payload: object) =>
    it.as(person, 'POST', `/api/holds/${id}/${what}`, payload);

  test('is drafted in one step, filled from trace and directory', async () => {
    const drafted = await it.as('Kim', 'POST', '/api/holds', { incident: it.incident, address: address(exchange) });
    assert.equal(drafted.statusCode, 201, drafted.body);
    const hold = zHold.parse(drafted.json());
    id = hold.id;
    assert.equal(hold.addressee.id, 'pacific');
    assert.equal(hold.addressee.entity?.en, 'Pacific Exchange, Inc.');
    assert.deepEqual(
      hold.facts.amounts.map(({ units }) => units),
      ['60'],
    );
    assert.deepEqual(hold.facts.transactions.map((it) => it.txid).sort(), [txid(3), txid(4)]);
    assert.equal(hold.facts.hopBefore, address(3));
    assert.equal(hold.facts.days, 7);
    assert.deepEqual(hold.missing, ['legal-instrument', 'badge', 'case-number']);
    assert.deepEqual(hold.progress.state, 'drafted');
  });

  test('nothing is drafted where nothing stands, or nobody can be asked', async () => {
    const nothing = await it.as('Kim', 'POST', '/api/holds', {
      incident: it.incident,
      address: address(77),
      addressee: 'pacific',
    });
    assert.equal(codeOf(nothing), 'hold-value-unknown');
    const nobody = await it.as('Kim', 'POST', '/api/holds', { incident: it.incident, address: address(2) });
    assert.equal(codeOf(nobody), 'hold-addressee-unknown');
  });

  test('cannot be approved while nobody signs it and it rests on nothing', async () => {
    const { digest } = await it.hold(id);
    const answer = await post('Lee', 'approve', { digest });
    assert.equal(codeOf(answer), 'hold-not-approvable');
    const { text } = zProblem.parse(answer.json());
    assert.match(text.en, /Who signs, The legal instrument/);
    assert.match(text.ko, /서명자, 법적 근거 문서/);
  });

  test('whoever drafted it does not approve it; what is approved is what was shown', async () => {
    const before = await it.hold(id);
    const legalBasis = { en: 'Article 199(2) of the Criminal Procedure Act', ko: '형사소송법 제199조 제2항' };
    await post('Kim', 'revise', { signatory, legalBasis, caseNumber: '2026-0412' });
    const { digest, missing } = await it.hold(id);
    assert.deepEqual(missing, []);
    assert.equal(codeOf(await post('Kim', 'approve', { digest })), 'hold-second-person');
    assert.equal(codeOf(await post('Lee', 'approve', { digest: before.digest })), 'hold-changed');
    assert.equal(codeOf(await post('Lee', 'send', { way: 'email' })), 'hold-step-forbidden');
    const approved = await post('Lee', 'approve', { digest });
    assert.equal(approved.statusCode, 200, approved.body);
    const hold = zHold.parse(approved.json());
    assert.equal(hold.progress.state, 'approved');
    assert.match(hold.number ?? '', /^\d{4}-1$/);
    const forms = hold.documents.map(({ form, language }) => `${form} ${language}`).sort();
    assert.deepEqual(forms, ['csv null', 'docx en', 'docx ko', 'json null', 'pdf en', 'pdf ko', 'xlsx null']);
  });

  test('goes by mail, byte for byte as it was approved', async () => {
    const elsewhere = await post('Lee', 'send', { way: 'email', to: 'somebody@else.example' });
    assert.equal(codeOf(elsewhere), 'input-invalid', 'it goes where it was approved to go');
    const answer = await post('Lee', 'send', { way: 'email' });
    assert.equal(answer.statusCode, 200, answer.body);
    const sent = await until(async () => {
      const hold = await it.hold(id);
      return hold.progress.state === 'sent' && hold;
    });
    assert.equal(sent.sending, null);
    const mail = await until(async () => mails.mails[0]);
    assert.deepEqual(mail.to, ['compliance@pacific.example']);
    assert.match(mail.raw, /^Reply-To: minsu\.kim@police\.go\.kr/m);
    for (const { name, form, sha256 } of sent.documents) {
      const bytes = attachmentOf(mail.raw, name);
      if (form === 'docx') assert.equal(bytes, null);
      else assert.equal(bytes && createHash('sha256').update(bytes).digest('hex'), sha256, name);
      const { rawPayload } = await it.as('Lee', 'GET', `/api/holds/${id}/documents/${name}`);
      assert.equal(createHash('sha256').update(rawPayload).digest('hex'), sha256, name);
    }
  });

  test('what came back is entered exactly', async () => {
    assert.equal((await post('Kim', 'answer', { event: 'acknowledge', reference: 'PX-77' })).statusCode, 200);
    const more = await post('Kim', 'answer', { event: 'hold', amounts: [{ asset: ether, units: '61' }] });
    assert.equal(codeOf(more), 'hold-amount-wrong');
    const part = zHold.parse(
      (await post('Kim', 'answer', { event: 'hold', amounts: [{ asset: ether, units: '59' }] })).json(),
    );
    assert.equal(part.progress.state, 'held-in-part');
    const full = zHold.parse((await post('Kim', 'answer', { event: 'hold' })).json());
    assert.equal(full.progress.state, 'held-in-full');
    assert.equal(Date.parse(full.progress.expiresAt ?? '') - Date.parse(full.progress.heldAt ?? ''), 7 * 24 * hourMs);
    assert.deepEqual(
      full.clocks.map(({ kind, state }) => `${kind} ${state}`),
      ['acknowledgement met', 'expiry running'],
    );
  });

  test('a file that came back is taken into custody, and whoever takes it out is in the record', async () => {
    const content = Buffer.from([0, 1, 0xff, 0x0a]);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const payload = { kind: 'kyc', name: '고객 "확인".bin', base64: content.toString('base64'), sha256 };
    const wrong = await post('Kim', 'received', { ...payload, sha256: '0'.repeat(64) });
    assert.equal(codeOf(wrong), 'hold-file-differs');
    const bad = zProblem.parse((await post('Kim', 'received', { ...payload, kind: 'card', name: 'a/b' })).json());
    assert.match(bad.text.ko, /kind: .*name: 폴더가 없는 파일 이름이어야 합니다/);
    const taken = await post('Kim', 'received', payload);
    assert.equal(taken.statusCode, 201, taken.body);
    const { file, hold } = z.object({ file: zHoldFile, hold: zHold }).parse(taken.json());
    assert.deepEqual(hold.received, [file]);
    assert.equal(codeOf(await post('Lee', 'received', payload)), 'hold-file-known');
    const url = `/api/holds/${id}/received/${file.id}`;
    const { rawPayload, headers } = await it.as('Lee', 'GET', url);
    assert.deepEqual(rawPayload, content);
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(
      headers['content-disposition'],
      `attachment; filename="_______.bin"; filename*=UTF-8''${encodeURIComponent(payload.name)}`,
    );
    const asJson = (await it.as('operator', 'GET', `${url}?as=json`)).json() as { base64: string };
    assert.equal(asJson.base64, payload.base64);
    const custody = (await it.as('operator', 'GET', `/api/custody?sha256=${sha256}`)).json() as CustodyList;
    assert.deepEqual(
      custody.records.map(({ incident, direction, who }) => [incident, direction, who]),
      [
        [it.incident, 'in', 'Kim'],
        [it.incident, 'out', 'Lee'],
        [it.incident, 'out', 'operator'],
      ],
    );
    const made = await it.as('operator', 'POST', '/api/evidence', { incident: it.incident });
    const { archive } = made.json() as { archive: string };
    assert.ok(Buffer.from(archive, 'base64').includes(sha256), 'the package names it');
  });

  test('its end is warned of at 72, 24 and 6 hours, on the page and by webhook', async () => {
    for (const [days, hours] of [
      [4.1, 72],
      [6.1, 24],
      [6.8, 6],
    ] as const) {
      it.aheadMs = days * 24 * hourMs;
      const warned = await until(async () => {
        const hold = await it.hold(id);
        const last = hold.warnings.at(-1);
        return last?.hours === hours && last.told.every(({ state }) => state === 'sent') && last;
      });
      assert.deepEqual(warned.told.map(({ channel }) => channel).sort(), ['page', 'webhook']);
    }
    assert.deepEqual(
      hooks.filter(({ type }) => type === 'gongjo.hold-warning').map(({ kind, hours }) => `${kind} ${hours}`),
      ['expiry 72', 'expiry 24', 'expiry 6'],
    );
    // 4.8 hours before its end.
    assert.match(hooks.at(-1)?.text.ko ?? '', /동결이 5시간 후 만료됩니다/);
  });

  test('is extended, replaced by an order, seized and returned; the record says who and when', async () => {
    const { progress } = await it.hold(id);
    const until = new Date(Date.parse(progress.expiresAt ?? '') + 24 * 7 * hourMs).toISOString();
    const operator = (payload: object) => it.as('operator', 'POST', `/api/holds/${id}/answer`, payload);
    assert.equal(codeOf(await operator({ event: 'extend', until: progress.expiresAt })), 'hold-time-wrong');
    assert.equal((await operator({ event: 'extend', until })).statusCode, 200);
    assert.equal((await operator({ event: 'order', reference: 'Warrant 2026-1234' })).statusCode, 200);
    assert.equal((await operator({ event: 'seize', reference: 'Seizure 9' })).statusCode, 200);
    const ended = zHold.parse((await operator({ event: 'return', reference: 'Restitution 3' })).json());
    assert.equal(ended.progress.state, 'returned');
    assert.deepEqual(
      ended.happened.map(({ kind }) => kind),
      ['revise', 'approve', 'send', 'acknowledge', 'hold-part', 'hold-full', 'extend', 'order', 'seize', 'return'],
    );
    assert.equal(codeOf(await operator({ event: 'release', reason: 'late' })), 'hold-step-forbidden');
    const rows = await it.desk.http.records.query<{ actor: string; action: string }>(
      'select actor, action from audit_entries where subject = $1 order by seq',
      [id],
    );
    const acts = rows.map(({ actor, action }) => `${actor} ${action}`);
    for (const act of [
      'Kim hold.drafted',
      'Kim hold.revised',
      'Lee hold.approved',
      'Lee hold.sent',
      'operator hold.return',
    ])
      assert.ok(acts.includes(act), act);
  });

  test('a second request for the same value, drafted from an alert, is noticed and joined', async () => {
    it.aheadMs = 0;
    const { alerts } = z
      .object({ alerts: z.array(zAlert) })
      .parse((await it.as('operator', 'GET', '/api/alerts')).json());
    const alert = alerts.find(({ rule, incident }) => rule === 'deposit-to-service' && incident?.id === it.incident);
    const second = await it.as('operator', 'POST', '/api/holds', { incident: it.incident, alert: alert?.id });
    const { id: other } = zHold.parse(second.json());
    assert.deepEqual(
      (await it.hold(id)).parallel.map((joined) => [joined.id, joined.reasons]),
      [[other, ['address', 'transaction']]],
    );
    assert.deepEqual(
      (await it.hold(other)).parallel.map((joined) => joined.id),
      [id],
    );
    const { holds } = z
      .object({ holds: z.array(zHoldSummary) })
      .parse((await it.as('operator', 'GET', `/api/holds?incident=${it.incident}`)).json());
    assert.deepEqual(
      holds.map(({ parallel }) => parallel),
      [1, 1],
    );
    const preview = await it.as('operator', 'GET', `/api/holds/${other}/preview/ko`);
    assert.equal(preview.rawPayload.subarray(0, 5).toString(), '%PDF-');
  });
});
