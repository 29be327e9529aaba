import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { GongjoError } from '../kernel/index.ts';

/** Who owns a data folder and where it can be spoken to. */
const zOwner = z.object({ pid: z.int(), started: z.string(), socket: z.string(), token: z.string() });
export type Owner = z.infer<typeof zOwner>;

export interface Lock {
  readonly owner: Owner;
  release(): void;
}

const ownerFile = (folder: string) => path.join(folder, 'desk.lock');

/** `SQLITE_BUSY`: somebody else holds the lock. https://www.sqlite.org/rescode.html#busy */
const sqliteBusy = 5;

/** What this process holds: a connection that nothing refers to is closed by the garbage collector. */
const holding = new Set<DatabaseSync>();

/** Unix socket paths end at 104 bytes on some systems (`sun_path`); a longer one goes to a private temporary folder. */
const socketPathMax = 100;

/**
 * Takes the folder for this process. Throws `data-folder-locked` while another living process holds it. The operating system
 * keeps the lock, on a file of its own that SQLite holds open, and gives it back however the process ends; the file beside it
 * only says who the owner is.
 */
export function acquireLock(folder: string, token: string): Lock {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const held = hold(folder);
  const inFolder = path.resolve(folder, 'desk.sock');
  const socket =
    inFolder.length <= socketPathMax
      ? inFolder
      : path.join(mkdtempSync(path.join(os.tmpdir(), 'gongjo-')), 'desk.sock');
  const owner: Owner = { pid: process.pid, started: startedAt(process.pid), socket, token };
  const draft = `${ownerFile(folder)}.new`;
  writeFileSync(draft, JSON.stringify(owner), { mode: 0o600 });
  renameSync(draft, ownerFile(folder));
  return {
    owner,
    release: () => {
      if (!held.isOpen) return;
      rmSync(ownerFile(folder), { force: true });
      held.close();
      holding.delete(held);
    },
  };
}

function hold(folder: string): DatabaseSync {
  const held = new DatabaseSync(path.join(folder, 'desk.mutex'));
  try {
    held.exec('begin exclusive');
    holding.add(held);
    return held;
  } catch (thrown) {
    held.close();
    if (!(thrown instanceof Error && 'errcode' in thrown && thrown.errcode === sqliteBusy)) throw thrown;
    throw new GongjoError('data-folder-locked', { folder, pid: ownerOf(folder)?.pid ?? 0 });
  }
}

/** The living process that owns the folder; null when there is none. */
export function ownerOf(folder: string): Owner | null {
  try {
    const owner = zOwner.parse(JSON.parse(readFileSync(ownerFile(folder), 'utf8')));
    return isAlive(owner) ? owner : null;
  } catch {
    return null;
  }
}

function isAlive(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  // A process id is used again after a crash or a reboot; where the system tells when a process started, that decides.
  return startedAt(owner.pid) === owner.started;
}

function startedAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return '';
  }
}
