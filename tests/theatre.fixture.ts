import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { TxId } from '@gongjo/contract';
import { type Clock, type DeskProcess, freePort, openTheatre, type Theatre } from '@gongjo/demo';

// Dozens of processes of the same program start faster from Node's own cache of compiled modules, in its usual place.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'node-compile-cache');

/** The command that runs a desk, as an operator's shell finds it. */
export const gongjo = [
  process.execPath,
  fileURLToPath(new URL('../packages/desk/bin/gongjo.js', import.meta.url)),
] as const;

export const clock: Clock = {
  nowMs: Date.now,
  sleep: (ms, signal) => delay(ms, undefined, signal && { signal }),
};

/**
 * All that a test opens, ended in reverse order when it is over, failed or out of time. One failing end hinders no other,
 * which hooks added one by one would not promise.
 */
export function houseOf(t: TestContext): AsyncDisposableStack {
  const house = new AsyncDisposableStack();
  t.after(() => house.disposeAsync());
  return house;
}

/** With GONGJO_KEEP set, the folder stays, with the desks' logs in it, for whoever looks into a failure. */
export async function temporaryFolder(house: AsyncDisposableStack): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gongjo-e2e-'));
  if (!process.env.GONGJO_KEEP) house.defer(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A local chain and two paired desks. The test fails where a desk's log tells of an error, whatever else was seen. */
export async function theatreIn(house: AsyncDisposableStack, seed: number): Promise<Theatre> {
  const folder = await temporaryFolder(house);
  const [seoul, washington] = [await freePort(), await freePort()];
  const dataDir = join(folder, 'theatre');
  let lastBlock: number | null = null;
  house.defer(async () => {
    for (const desk of ['seoul', 'washington'])
      assert.deepEqual(errorsIn(await readFile(join(dataDir, desk, 'desk.log'), 'utf8'), lastBlock), [], desk);
  });
  const theatre = house.use(await openTheatre({ seed, dataDir, gongjo, ports: { seoul, washington }, clock }));
  house.defer(async () => {
    lastBlock = await heightOf(theatre.world.chain.url);
  });
  return theatre;
}

async function heightOf(url: string): Promise<number> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_blockNumber', params: [] });
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return Number(((await answer.json()) as { result: string }).result);
}

/**
 * Lines of level "error" (50) and above; but of the chain standing still at its last block, as it does when the play is over.
 * At an earlier one a desk has lost sight of it.
 */
function errorsIn(log: string, lastBlock: number | null): string[] {
  const isOver = (line: string) =>
    line.includes('"code":"node-stalled"') && line.includes(`has had no block after ${lastBlock} since`);
  return log.split('\n').filter((line) => /"level":[56]0/.test(line) && !isOver(line));
}

export async function openIncident(desk: DeskProcess, txids: readonly TxId[]): Promise<{ readonly id: string }> {
  const titles = ['--title-en', 'Test theft', '--title-ko', '시험 탈취'];
  const leads = txids.flatMap((txid) => ['--tx', txid]);
  return (await desk.run(['incident', 'open', '--chain', 'anvil', ...leads, ...titles])) as { id: string };
}

/** Asks until the answer is there. What never comes is told with the last answer. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T>,
  good: (answer: T) => boolean,
  withinMs = 20_000,
): Promise<T> {
  const giveUpAtMs = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (good(answer)) return answer;
    if (Date.now() > giveUpAtMs)
      throw new Error(
        `${what}: not within ${withinMs} ms; the last answer was ${JSON.stringify(answer)?.slice(0, 2000)}`,
      );
    await delay(150);
  }
}
