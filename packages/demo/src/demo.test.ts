import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { type DemoOptions, runDemo } from './demo.ts';
import { freePort, host, probePort } from './port.ts';
import { stepIds } from './steps.ts';

const gongjo = [process.execPath, join(import.meta.dirname, 'desk.fixture.ts')];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gongjo-demo-test-'));
});
afterEach(async () => {
  delete process.env.GONGJO_FIXTURE;
  await rm(folder, { recursive: true });
});

/** Runs the demo with the stand-in desks; `on` sees every line as it is said. */
async function demo(change: Partial<DemoOptions> = {}, on: (line: string, stop: () => void) => void = () => {}) {
  const stopping = new AbortController();
  const out: string[] = [];
  const err: string[] = [];
  const ports = { seoul: await freePort(), washington: await freePort() };
  const code = await runDemo({
    ...{ seed: 3, paceMs: 0, dataDir: join(folder, 'demo'), gongjo, ports, exitWhenDone: true },
    ...{ json: false, language: 'en', signal: stopping.signal },
    out: {
      write: (line: string) => {
        out.push(line);
        on(line, () => stopping.abort());
      },
    },
    err: { write: (line: string) => err.push(line) },
    ...change,
  });
  return { code, out: out.join(''), err: err.join(''), ports };
}

async function calls(desk: string): Promise<string[][]> {
  const lines = await readFile(join(folder, 'demo', desk, 'calls.jsonl'), 'utf8');
  return lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('demo', () => {
  test('starts both desks, pairs them, opens the incident after the drain, and leaves nothing running', async () => {
    const { code, out, err, ports } = await demo({}, (line, stop) => line.startsWith('The theft is over') && stop());
    assert.equal(err, '');
    assert.equal(code, 130);
    assert.match(out, new RegExp(`Seoul desk: http://${host}:${ports.seoul}/sign-in#secret\n`));
    assert.match(out, new RegExp(`Washington desk: http://${host}:${ports.washington}/sign-in#secret\n`));
    const lines = out.split('\n').filter((line) => /^\d+\/\d+ /.test(line));
    assert.equal(lines.length, stepIds.length);
    assert.match(out, /^1\/\d+ .*\nSeoul has opened an incident on 2 transactions\.\n2\//m);

    const seoul = await calls('seoul');
    const added = seoul.find((call) => call[1] === 'add');
    assert.deepEqual(added?.slice(3, 5), ['--fingerprint', 'print of washington']);
    const opened = seoul.find((call) => call[0] === 'incident');
    assert.equal(opened?.filter((argument) => /^0x[0-9a-f]{64}$/.test(argument)).length, 2);
    assert.ok((await calls('washington')).some((call) => call[1] === 'add'));
    assert.equal(await readFile(join(folder, 'demo', 'seoul', 'desk.log'), 'utf8'), 'log line\n');
    await Promise.all([probePort(ports.seoul), probePort(ports.washington)]);
  });

  test('speaks Korean, and JSON to programs', async () => {
    const stopAtDrain = (line: string, stop: () => void) => {
      if (/^1\/|"id":"drain"/.test(line)) stop();
    };
    const korean = await demo({ language: 'ko' }, stopAtDrain);
    assert.equal(korean.err, '');
    assert.match(korean.out, /서울 데스크: http/);
    assert.match(korean.out, /탈취되었습니다/);
    const json = await demo({ json: true }, stopAtDrain);
    assert.equal(json.err, '');
    const events = json.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      events.map(({ event }) => event),
      ['starting', 'chain', 'paired', 'sign-in', 'sign-in', 'step'],
    );
    assert.equal(events[5].txids.length > 0, true);
  });

  test('a desk that does not start says why, and the demo ends with 1', async () => {
    process.env.GONGJO_FIXTURE = 'broken';
    const { code, err, ports } = await demo();
    assert.equal(code, 1);
    assert.equal(err, 'The pages have not been built.\nRun npm run build once in the repository.\n');
    await Promise.all([probePort(ports.seoul), probePort(ports.washington)]);
  });

  test('a desk that dies during the play ends the demo with 1', async () => {
    process.env.GONGJO_FIXTURE = 'dying';
    const { code, err } = await demo({ paceMs: 60_000 });
    assert.equal(code, 1);
    assert.match(err, /^(seoul|gongjo incident open) failed: /);
  });

  test('a port that is taken ends the demo before it touches the folder', async () => {
    const taken = await freePort();
    const { createServer } = await import('node:net');
    const squatter = createServer();
    await new Promise<void>((listening) => squatter.listen(taken, host, listening));
    try {
      const { code, err } = await demo({ ports: { seoul: taken, washington: await freePort() } });
      assert.equal(code, 1);
      assert.match(err, new RegExp(`Port ${taken} on ${host} is already in use`));
      assert.ok(!existsSync(join(folder, 'demo')));
    } finally {
      squatter.close();
    }
  });

  test('only a folder that the demo made is emptied', async () => {
    const dataDir = join(folder, 'demo');
    await mkdir(dataDir);
    await writeFile(join(dataDir, 'thesis.txt'), 'three years of work');
    const refused = await demo();
    assert.equal(refused.code, 1);
    assert.match(refused.err, /was not made by the demo/);
    assert.equal(await readFile(join(dataDir, 'thesis.txt'), 'utf8'), 'three years of work');

    await rm(join(dataDir, 'thesis.txt'));
    const stopAtDrain = (line: string, stop: () => void) => line.startsWith('1/') && stop();
    assert.equal((await demo({}, stopAtDrain)).code, 130);
    await writeFile(join(dataDir, 'left-over'), '');
    assert.equal((await demo({}, stopAtDrain)).code, 130);
    assert.ok(!existsSync(join(dataDir, 'left-over')));
  });
});
