import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { GongjoError } from '../kernel/index.ts';
import { systemClock, systemRandom } from '../platform/index.ts';
import { openOffice } from './office.store.ts';
import { detachedSignature } from './sign/cms.ts';
import { certificateFacts, openSigner } from './signer.store.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-signer-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string) => path.join(folder, name);
// Certificates that the tests make are valid from the second in which they are made.
const parts = { nowMs: Date.now() + 60_000, serial: () => Buffer.from('00ff', 'hex') };
const subject = { name: '서울사이버수사대', country: 'KR' };
const needsOpenssl = { skip: spawnSync('openssl', ['version']).status !== 0 && 'no openssl' };
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });

/** Another program's word on a signature, and on what it says of the signer. */
function verify(certificate: Buffer, content: Buffer, signature: Buffer): boolean {
  writeFileSync(file('content'), content);
  writeFileSync(file('signature'), signature);
  writeFileSync(file('ca.pem'), new X509Certificate(certificate).toString());
  const trust = ['-CAfile', 'ca.pem', '-partial_chain', '-purpose', 'any'];
  const given = ['-inform', 'DER', '-in', 'signature', '-content', 'content', '-out', 'out'];
  return (
    spawnSync('openssl', ['cms', '-verify', '-cades', '-binary', ...trust, ...given], { cwd: folder }).status === 0
  );
}

describe('who signs letters', needsOpenssl, () => {
  for (const [kind, make, exported] of [
    ['RSA', ['-newkey', 'rsa:2048'], []],
    ['ECDSA', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], []],
    [
      'RSA in an older file',
      ['-newkey', 'rsa:2048'],
      ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
    ],
  ] as const)
    test(`the agency’s PKCS#12: ${kind}`, () => {
      openssl(
        'req',
        '-x509',
        ...make,
        '-nodes',
        '-keyout',
        'k.pem',
        '-out',
        'c.pem',
        '-days',
        '2',
        '-subj',
        '/C=KR/CN=Head',
      );
      openssl(
        'pkcs12',
        '-export',
        ...exported,
        '-inkey',
        'k.pem',
        '-in',
        'c.pem',
        '-out',
        'a.p12',
        '-passout',
        'pass:right',
      );
      writeFileSync(file('right'), 'right\n');
      const given = { certificate: file('a.p12'), passwordFile: file('right') };
      const signer = openSigner(folder, given, subject, parts);
      const content = Buffer.from('a letter');
      const signature = detachedSignature(content, signer);
      assert.ok(verify(signer.certificate, content, signature));
      assert.ok(!verify(signer.certificate, Buffer.from('another'), signature));
      writeFileSync(file('wrong'), 'wrong');
      assert.throws(
        () => openSigner(folder, { ...given, passwordFile: file('wrong') }, subject, parts),
        (thrown: unknown) => thrown instanceof GongjoError && thrown.code === 'letter-certificate-invalid',
      );
    });

  test('a certificate that does not hold at this hour is refused; the desk’s own is made again', () => {
    const given = { certificate: file('a.p12'), passwordFile: file('right') };
    const day = 86_400_000;
    for (const nowMs of [parts.nowMs + 3 * day, parts.nowMs - day])
      assert.throws(
        () => openSigner(folder, given, subject, { ...parts, nowMs }),
        (thrown: unknown) =>
          thrown instanceof GongjoError &&
          thrown.code === 'letter-certificate-invalid' &&
          /valid from .+ until/.test(thrown.problem.text.en) &&
          /유효 기간/.test(thrown.problem.text.ko),
      );
    const own = path.join(folder, 'own');
    const made = openSigner(own, {}, subject, parts);
    const later = { ...parts, nowMs: parts.nowMs + 6 * 365 * day };
    const again = openSigner(own, {}, subject, later);
    assert.notDeepEqual(again.certificate, made.certificate);
    assert.ok(certificateFacts(again, later.nowMs).isValid);
    assert.deepEqual(openSigner(own, {}, subject, later).certificate, again.certificate);
  });

  test('a seal that cannot be read is named', () => {
    const desk = { desk: 'seoul', name: { en: 'Seoul', ko: '서울' }, country: 'KR', timeZone: 'UTC' } as never;
    const office = openOffice(folder, { seal: file('no-seal.png') }, desk, {
      clock: systemClock,
      random: systemRandom,
    });
    assert.throws(
      () => office.seal(),
      (thrown: unknown) =>
        thrown instanceof GongjoError &&
        thrown.code === 'file-unreadable' &&
        thrown.problem.text.en.includes('no-seal.png'),
    );
  });

  test('without one the desk makes its own, once, which only its owner can read', () => {
    const made = openSigner(folder, {}, subject, parts);
    const again = openSigner(folder, {}, subject, parts);
    assert.deepEqual(again.certificate, made.certificate);
    assert.ok(made.isSelfSigned);
    assert.equal(statSync(file('letter-signing.pem')).mode & 0o777, 0o600);
    const content = Buffer.from('a letter');
    assert.ok(verify(made.certificate, content, detachedSignature(content, made)));
    const read = new X509Certificate(made.certificate);
    assert.match(read.subject, /C=KR[\s\S]*CN=서울사이버수사대/);
    assert.deepEqual(read.keyUsage, ['1.3.6.1.5.5.7.3.36']);
  });
});
