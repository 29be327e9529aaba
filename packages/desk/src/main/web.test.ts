import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../http/index.ts';
import { readSettings, silentLog, systemClock, systemRandom } from '../platform/index.ts';
import { type Desk, openDesk } from './desk.ts';

/** DESIGN: JavaScript of the first page. */
const scriptBytesMax = 250_000;

describe('the built pages', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-web-'));
  let desk: Desk;
  let app: FastifyInstance;
  before(async () => {
    const about = { id: 'seoul', country: 'KR', name: { en: 'Seoul', ko: '서울' }, timeZone: 'Asia/Seoul' };
    const settings = readSettings({ data: folder, url: 'https://desk.example', desk: about }, {});
    desk = await openDesk(settings, { clock: systemClock, random: systemRandom, log: silentLog, version: '0' });
    app = await buildApp(desk.http, 'network');
  });
  after(async () => {
    await app.close();
    await desk.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const get = (url: string, encoding = 'identity') =>
    app.inject({ method: 'GET', url, headers: { host: 'desk.example', 'accept-encoding': encoding } });
  const scripts = async () =>
    [...(await get('/')).body.matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)].map(([, at = '']) => at);

  test('come compressed as the browser takes it, and are the same', async () => {
    const paths = [...(await scripts()), '/', '/incidents/incident--1'];
    assert.ok(paths.length > 4);
    for (const at of paths) {
      const plain = await get(at);
      assert.equal(plain.statusCode, 200);
      assert.equal(plain.headers['content-encoding'], undefined);
      for (const [encoding, open] of [
        ['br', brotliDecompressSync],
        ['gzip', gunzipSync],
      ] as const) {
        const answer = await get(at, encoding);
        const isCompressed = answer.headers['content-encoding'] === encoding;
        assert.ok(isCompressed || plain.rawPayload.length < 1_024, `${at} in ${encoding}`);
        assert.deepEqual(isCompressed ? open(answer.rawPayload) : answer.rawPayload, plain.rawPayload);
        assert.equal(answer.headers['content-type'], plain.headers['content-type']);
        assert.equal(answer.headers['cache-control'], plain.headers['cache-control']);
      }
    }
  });

  test(`bring at most ${scriptBytesMax / 1_000} kB of JavaScript before the first page, texts of the language included`, async () => {
    const sizes = await Promise.all((await scripts()).map(async (at) => (await get(at, 'br')).rawPayload.length));

    const sources = await Promise.all((await scripts()).map(async (at) => (await get(at)).body));
    const named = new Set(sources.flatMap((it) => it.match(/\b(?:en|ko)-[\w-]+\.js/g) ?? []));
    const texts = await Promise.all(
      [...named].map(async (name) => (await get(`/assets/${name}`, 'br')).rawPayload.length),
    );
    assert.ok(texts.length === 2, 'both languages are found');
    const sum = sizes.reduce((a, b) => a + b, 0) + Math.max(...texts);
    assert.ok(sum <= scriptBytesMax, `${sum} bytes`);
  });
});
