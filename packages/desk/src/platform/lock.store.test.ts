import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { GongjoError } from '../kernel/index.ts';
import { acquireLock, ownerOf } from './lock.store.ts';

const root = mkdtempSync(path.join(os.tmpdir(), 'gongjo-lock-'));
const children: ChildProcess[] = [];
after(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(root, { recursive: true, force: true });
});
const newFolder = () => mkdtempSync(path.join(root, 'data-'));
const lockOf = (folder: string) => path.join(folder, 'desk.lock');
const isLocked = (pid: number) => (thrown: unknown) =>
  thrown instanceof GongjoError && thrown.code === 'data-folder-locked' && thrown.message.includes(String(pid));

/** A process that takes the lock when it is told to, says whether it has it, and stays. */
async function locker(folder: string): Promise<{ child: ChildProcess; take(): Promise<string> }> {
  const script = `
    import { acquireLock } from ${JSON.stringify(new URL('./lock.store.ts', import.meta.url).href)};
    process.stdin.once('data', () => {
      try { acquireLock(${JSON.stringify(folder)}, 'token'); console.log('taken'); } catch (thrown) { console.log(thrown.code); }
    });
    console.log('ready');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const said = async () => String((await once(child.stdout as NodeJS.ReadableStream, 'data'))[0]).trim();
  assert.equal(await said(), 'ready');
  return {
    child,
    take: () => {
      const answer = said();
      child.stdin?.write('take\n');
      return answer;
    },
  };
}

describe('the lock of a data folder', () => {
  test('is held by one, and free when it is given back', () => {
    const folder = newFolder();
    assert.equal(ownerOf(folder), null);
    const lock = acquireLock(folder, 'one');
    assert.deepEqual(ownerOf(folder), lock.owner);
    assert.throws(() => acquireLock(folder, 'two'), isLocked(process.pid));
    lock.release();
    assert.equal(ownerOf(folder), null);
    acquireLock(folder, 'two').release();
    assert.deepEqual(readdirSync(folder), ['desk.mutex']);
  });

  test('is not given back by somebody else', () => {
    const folder = newFolder();
    const first = acquireLock(folder, 'one');
    first.release();
    const second = acquireLock(folder, 'two');
    first.release();
    assert.deepEqual(ownerOf(folder), second.owner);
    second.release();
  });

  test('and its folder are for its owner’s eyes alone: who reads it may speak as the operator', () => {
    const folder = path.join(newFolder(), 'new');
    const lock = acquireLock(folder, 'one');
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    assert.equal(statSync(lockOf(folder)).mode & 0o777, 0o600);
    lock.release();
  });

  test('of a running process keeps every other out, until it is killed', async () => {
    const folder = newFolder();
    const { child, take } = await locker(folder);
    assert.equal(await take(), 'taken');
    assert.throws(() => acquireLock(folder, 'two'), isLocked(child.pid ?? 0));
    child.kill('SIGKILL');
    await once(child, 'exit');
    assert.equal(ownerOf(folder), null);
    assert.equal(existsSync(lockOf(folder)), true);
    const lock = acquireLock(folder, 'two');
    assert.equal(ownerOf(folder)?.pid, process.pid);
    lock.release();
  });

  test('left by a process whose number another has now is nobody’s', { skip: !existsSync('/proc/self/stat') }, () => {
    const folder = newFolder();
    const lock = acquireLock(folder, 'one');
    const owner = JSON.parse(readFileSync(lockOf(folder), 'utf8')) as object;
    lock.release();
    writeFileSync(lockOf(folder), JSON.stringify({ ...owner, started: 'another boot:1' }));
    assert.equal(ownerOf(folder), null);
    acquireLock(folder, 'two').release();
  });

  for (const text of ['', 'null', '{}', '{"pid":"1"}', '{"pid":1'])
    test(`that says ${JSON.stringify(text)} is nobody’s`, () => {
      const folder = newFolder();
      writeFileSync(lockOf(folder), text);
      assert.equal(ownerOf(folder), null);
      acquireLock(folder, 'one').release();
    });

  test('that was left is taken over by one of many who find it at once', async () => {
    const folder = newFolder();
    const lockers = await Promise.all(Array.from({ length: 4 }, () => locker(folder)));
    writeFileSync(lockOf(folder), '{}');
    const answers = await Promise.all(lockers.map(({ take }) => take()));
    assert.deepEqual(answers.toSorted(), ['data-folder-locked', 'data-folder-locked', 'data-folder-locked', 'taken']);
  });

  test('of a folder deep down has a socket with a short name elsewhere', () => {
    const deep = path.join(newFolder(), 'x'.repeat(60), 'y'.repeat(60));
    const lock = acquireLock(deep, 'one');
    assert.ok(Buffer.byteLength(lock.owner.socket) <= 100);
    lock.release();
    rmSync(path.dirname(lock.owner.socket), { recursive: true, force: true });
  });
});
