import { linkSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { GongjoError } from '../kernel/index.ts';

/** Who owns a data folder and where it can be spoken to. */
const zOwner = z.object({ pid: z.int(), started: z.string(), socket: z.string(), token: z.string() });
export type Owner = z.infer<typeof zOwner>;

export interface Lock {
  readonly owner: Owner;
  release(): void;
}

const lockFile = (folder: string) => path.join(folder, 'desk.lock');

/** Unix socket paths end at 104 bytes on some systems (`sun_path`); a longer one goes to a private temporary folder. */
const socketPathMax = 100;

/** Takes the folder for this process. Throws `data-folder-locked` while another living process holds it. */
export function acquireLock(folder: string, token: string): Lock {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const inFolder = path.resolve(folder, 'desk.sock');
  const socket =
    inFolder.length <= socketPathMax
      ? inFolder
      : path.join(mkdtempSync(path.join(os.tmpdir(), 'gongjo-')), 'desk.sock');
  const owner: Owner = { pid: process.pid, started: startedAt(process.pid), socket, token };
  const draft = `${lockFile(folder)}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(owner), { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      try {
        // A hard link appears whole or not at all, and fails where the name exists.
        linkSync(draft, lockFile(folder));
        return { owner, release: () => release(folder, token) };
      } catch (thrown) {
        if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
        const other = ownerOf(folder);
        if (other) throw new GongjoError('data-folder-locked', { folder, pid: other.pid });
        takeAway(folder);
      }
    }
    throw new GongjoError('data-folder-locked', { folder, pid: 0 });
  } finally {
    rmSync(draft, { force: true });
  }
}

/** The living process that owns the folder; null when there is none. */
export function ownerOf(folder: string): Owner | null {
  return ownerIn(lockFile(folder));
}

function ownerIn(file: string): Owner | null {
  try {
    const owner = zOwner.parse(JSON.parse(readFileSync(file, 'utf8')));
    return isAlive(owner) ? owner : null;
  } catch {
    return null;
  }
}

/**
 * Takes away the lock of a process that is gone. Two that find it at once may both come here, and the slower one would take
 * away what the faster one has put there since: so it is looked at again once it is out of the way, and put back.
 */
function takeAway(folder: string): void {
  const aside = `${lockFile(folder)}.${process.pid}.stale`;
  try {
    renameSync(lockFile(folder), aside);
    if (ownerIn(aside)) linkSync(aside, lockFile(folder));
  } catch (thrown) {
    // Somebody else took it away, or has put another there.
    if (!['ENOENT', 'EEXIST'].includes((thrown as NodeJS.ErrnoException).code ?? '')) throw thrown;
  } finally {
    rmSync(aside, { force: true });
  }
}

function release(folder: string, token: string): void {
  try {
    if (zOwner.parse(JSON.parse(readFileSync(lockFile(folder), 'utf8'))).token === token)
      rmSync(lockFile(folder), { force: true });
  } catch {
    // The lock is gone already; there is nothing to give back.
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
