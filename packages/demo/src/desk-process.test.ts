import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { deskNames } from './demo-texts.ts';
import { writeDeskFiles } from './desk-files.ts';
import { startDesk } from './desk-process.ts';
import { freePort, host, probePort } from './port.ts';
import { DemoError } from './problem.ts';

const gongjo = [process.execPath, join(import.meta.dirname, 'desk.fixture.ts')];

test('a desk can be killed and started again, and a command’s error is the desk’s own', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gongjo-desk-test-'));
  const port = await freePort();
  const settings = {
    id: 'seoul',
    name: deskNames.seoul,
    country: 'KR',
    timeZone: 'Asia/Seoul',
    port,
    tags: [],
  } as const;
  const lost: DemoError[] = [];
  const desk = await startDesk({
    ...{ id: 'seoul', gongjo, ...(await writeDeskFiles(folder, settings, 'http://127.0.0.1:1')) },
    onLost: (error) => lost.push(error),
  });
  try {
    assert.equal(desk.ready.url, `http://${host}:${port}`);
    const first = desk.pid;
    await desk.kill('SIGKILL');
    assert.throws(() => process.kill(first, 0), { code: 'ESRCH' });
    await probePort(port);
    await desk.restart();
    assert.notEqual(desk.pid, first);

    assert.deepEqual(await desk.run(['incident', 'list']), { incidents: [] });
    await assert.rejects(desk.run(['coffee', 'make']), (thrown) => {
      assert.ok(thrown instanceof DemoError);
      assert.match(thrown.text.en, /^The command is not understood: coffee make/);
      return true;
    });
    assert.deepEqual(lost, []);
  } finally {
    await desk.kill();
    await rm(folder, { recursive: true });
  }
});
