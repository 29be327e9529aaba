import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { GongjoError } from '../kernel/index.ts';
import { createMailer } from './mail.client.ts';
import { type MailServer, makeCertificate, needsOpenssl, startMailServer } from './mail-server.fixture.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-mail-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string, text: string) => {
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};
const mail = {
  to: 'officer@example.org',
  subject: '[훈련] Theft',
  text: '확인하십시오.\nSee it.\n',
  messageId: '<notice--1.1@desk.example>',
  headers: { 'x-gongjo-drill': 'yes' },
};
const fails = async (code: string, sent: Promise<void>) =>
  assert.rejects(sent, (thrown) => {
    assert.ok(thrown instanceof GongjoError, String(thrown));
    assert.equal(thrown.code, code, thrown.message);
    return true;
  });

describe('mail to a real server process', needsOpenssl, () => {
  let certificate: ReturnType<typeof makeCertificate>;
  let tls: MailServer;
  let starttls: MailServer;
  before(async () => {
    certificate = makeCertificate(folder);
    tls = await startMailServer(certificate, 'tls');
    starttls = await startMailServer(certificate, 'starttls');
  });
  after(async () => {
    await tls?.stop();
    await starttls?.stop();
  });
  const settings = (port: number, change: object = {}) => ({
    ...{ host: 'localhost', port, secure: true, user: 'desk', from: 'desk@example.org' },
    passwordFile: file('right', 'right\n'),
    caFile: certificate.cert,
    ...change,
  });

  test('goes over TLS with a password, in both scripts, marked as automatic', async () => {
    await createMailer(settings(tls.port)).send(mail);
    const [got] = tls.mails;
    assert.deepEqual([got?.to, got?.secure, got?.user], [['officer@example.org'], true, 'desk']);
    assert.match(got?.raw ?? '', /^Message-ID: <notice--1\.1@desk\.example>/m);
    assert.match(got?.raw ?? '', /^X-Gongjo-Drill: yes/m);
    const encoded = Buffer.from('확인하십시오.').toString('base64').slice(0, 12);
    assert.ok(got?.raw.includes(encoded) || got?.raw.includes('=ED=99=95=EC=9D=B8'), got?.raw);
  });

  test('goes by STARTTLS, and no password goes before it', async () => {
    await createMailer(settings(starttls.port, { secure: false })).send(mail);
    assert.equal(starttls.mails[0]?.secure, true);
  });

  test('a name in the directory that holds a line break makes no second recipient and no header', async () => {
    const before = tls.mails.length;
    await createMailer(settings(tls.port))
      .send({ ...mail, to: 'officer@example.org\r\nBcc: spy@example.org' })
      .catch(() => undefined);
    for (const { to, raw } of tls.mails.slice(before)) {
      assert.ok(!to.some((it) => it.includes('spy')), to.join());
      assert.doesNotMatch(raw, /^Bcc:/m);
    }
  });

  test('a server whose certificate nobody vouches for is not spoken to', async () => {
    await fails('mail-unreachable', createMailer(settings(tls.port, { caFile: undefined })).send(mail));
  });

  test('a wrong password and a refused recipient are refusals, told with the server’s words', async () => {
    const wrong = file('wrong', 'wrong');
    await fails('mail-refused', createMailer(settings(tls.port, { passwordFile: wrong })).send(mail));
    await assert.rejects(
      createMailer(settings(tls.port)).send({ ...mail, to: 'refused@example.org' }),
      /no such mailbox/,
    );
  });

  test('a server that is down, a missing password file and no server at all are told apart from a refusal', async () => {
    const gone = await startMailServer(certificate, 'tls');
    await gone.stop();
    await fails('mail-unreachable', createMailer(settings(gone.port)).send(mail));
    await fails('mail-unreachable', createMailer(settings(tls.port, { passwordFile: 'no-such-file' })).send(mail));
    await fails('mail-not-set-up', createMailer(undefined).send(mail));
  });
});
