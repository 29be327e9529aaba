import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { connect, type PeerCertificate } from 'node:tls';
import fastify, { type FastifyInstance } from 'fastify';
import { GongjoError } from '../kernel/index.ts';
import { createWire, type Wire } from '../partner/index.ts';
import { silentLog, systemClock } from '../platform/index.ts';
import { makeAuthority, makeServer } from './certificate.fixture.ts';
import { type Certificates, openCertificates, readTrust } from './tls.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-tls-'));
const house = new AsyncDisposableStack();
house.defer(() => rmSync(folder, { recursive: true, force: true }));
after(() => house.disposeAsync());

const authority = makeAuthority('Agency Authority');
let files = 0;
function kept(text: string): string {
  files += 1;
  const file = path.join(folder, `${files}.pem`);
  writeFileSync(file, text);
  return file;
}
const filesOf = ({ cert, key }: { cert: string; key: string }) => ({ cert: kept(cert), key: kept(key) });

async function served(certificates: Certificates): Promise<{ app: FastifyInstance; port: number; server: Server }> {
  const app = fastify({ https: certificates.pair } as object) as unknown as FastifyInstance;
  app.post('/x', async () => ({ ok: true }));
  app.post('/away', async (_request, reply) => reply.redirect('https://localhost:1/x'));
  await app.listen({ host: '127.0.0.1', port: 0 });
  house.defer(() => app.close());
  return { app, port: (app.server.address() as AddressInfo).port, server: app.server as unknown as Server };
}
const ask = (wire: Wire, port: number, at = '/x', host = '127.0.0.1') =>
  wire({
    url: new URL(`https://${host}:${port}${at}`),
    ...{ headers: { 'content-type': 'application/json' }, body: '{}', timeoutMs: 5000, bytesMax: 1000 },
    signal: new AbortController().signal,
  });

describe('HTTPS of a desk’s own', () => {
  test('is reached by who trusts its authority, and by nobody else', async () => {
    const certificates = openCertificates(filesOf(makeServer(authority, 'Agency Authority')), systemClock, silentLog);
    const { port } = await served(certificates);
    const trusting = createWire(readTrust([kept(authority.cert)]));
    assert.deepEqual(await ask(trusting, port), { status: 200, retryAfterS: null, text: '{"ok":true}' });
    await assert.rejects(ask(createWire([]), port), /certificate/);
    const another = createWire([makeAuthority('Agency Authority').cert]);
    await assert.rejects(ask(another, port), /certificate|signature/);
    await assert.rejects(ask(trusting, port, '/away'), /redirect/);
  });

  test('speaks TLS 1.3 and nothing older', async () => {
    const certificates = openCertificates(filesOf(makeServer(authority, 'Agency Authority')), systemClock, silentLog);
    const { port } = await served(certificates);
    const spoken = (maxVersion: 'TLSv1.2' | 'TLSv1.3') =>
      new Promise<string | null>((resolve, reject) => {
        const socket = connect({ host: '127.0.0.1', port, ca: authority.cert, maxVersion }, () => {
          resolve(socket.getProtocol());
          socket.end();
        });
        socket.on('error', reject);
      });
    assert.equal(await spoken('TLSv1.3'), 'TLSv1.3');
    await assert.rejects(spoken('TLSv1.2'), /protocol version|alert/);
  });

  test('takes a new certificate on SIGHUP, and keeps the old one where the new one is none', async () => {
    const first = makeServer(authority, 'Agency Authority', 10);
    const pair = filesOf(first);
    const certificates = openCertificates(pair, systemClock, silentLog);
    assert.equal(certificates.status()?.problem?.code, 'certificate-expires');
    const { port, server } = await served(certificates);
    certificates.follow(server);
    house.defer(() => certificates.stop());
    const serial = () =>
      new Promise<string>((resolve, reject) => {
        const socket = connect({ host: '127.0.0.1', port, ca: authority.cert }, () => {
          resolve((socket.getPeerCertificate() as PeerCertificate).serialNumber);
          socket.end();
        });
        socket.on('error', reject);
      });
    const before = await serial();
    writeFileSync(pair.cert, 'nonsense');
    process.emit('SIGHUP');
    assert.equal(await serial(), before);
    const second = makeServer(authority, 'Agency Authority', 90);
    writeFileSync(pair.cert, second.cert);
    writeFileSync(pair.key, second.key);
    process.emit('SIGHUP');
    assert.notEqual(await serial(), before);
    assert.equal(certificates.status()?.problem, null);
  });

  test('does not start with files that are none or do not belong together', () => {
    const [one, two] = [makeServer(authority, 'Agency Authority'), makeServer(authority, 'Agency Authority')];
    for (const wrong of [
      { cert: kept(one.cert), key: kept(two.key) },
      { cert: kept('x'), key: kept(one.key) },
      { cert: path.join(folder, 'absent.pem'), key: kept(one.key) },
    ])
      assert.throws(
        () => openCertificates(wrong, systemClock, silentLog),
        (thrown) => thrown instanceof GongjoError && thrown.code === 'settings-invalid',
      );
    assert.throws(
      () => readTrust([kept('x')]),
      (thrown) => thrown instanceof GongjoError && thrown.code === 'settings-invalid',
    );
  });
});
