import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';

/** After this long without an end, a stop becomes a kill: a desk that closes its stores needs a second or two. */
const stopMsMax = 10_000;

/** A child process that does not outlive this one, short of this one being killed outright. */
export function spawnOwned(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, options);
  const killWithParent = () => child.kill('SIGKILL');
  process.once('exit', killWithParent);
  const released = () => process.off('exit', killWithParent);
  child.once('exit', released);
  child.once('error', released);
  return child;
}

export function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** Sends the signal and waits for the end; a child that does not obey is killed. */
export async function endChild(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), stopMsMax);
  await ended;
  clearTimeout(timer);
}
