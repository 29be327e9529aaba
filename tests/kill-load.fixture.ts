import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { DeskCard, TxId } from '@gongjo/contract';
import {
  cardOf,
  type DeskProcess,
  freePort,
  type LocalChain,
  pair,
  startChain,
  startDesk,
  writeDeskFiles,
} from '@gongjo/demo';
import { type Hex, keccak256, toHex } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { z } from 'zod';
import { Chance } from '../packages/desk/src/main/simulator/chance.fixture.ts';
import { auditHolds } from '../packages/desk/src/main/simulator/judge-audit.fixture.ts';
import { judgeExchange } from '../packages/desk/src/main/simulator/oracle.fixture.ts';
import { openRecords, type Records } from '../packages/desk/src/platform/index.ts';
import { eventually, gongjo, openIncident, temporaryFolder } from './theatre.fixture.ts';

/** Two desks that have paired, on a local chain where thefts go on; each is killed again and again. */
export interface Load {
  readonly desks: readonly [LoadedDesk, LoadedDesk];
  /** Another block: every thief moves on, and now and then a new theft is reported to one of the desks. */
  block(): Promise<void>;
  /** How many thefts were reported, and in how many blocks their money moved. */
  readonly counts: { thefts: number; blocks: number };
  /** Where stolen money has been. */
  addresses(): string[];
  /** The desks have stopped; what their data folders hold. */
  records(desk: LoadedDesk): Promise<Records>;
}

export interface LoadedDesk {
  readonly process: DeskProcess;
  readonly card: DeskCard;
  readonly dataDir: string;
  /** It runs; a command that is given now reaches it, most often, and does not open its folder. */
  isUp: boolean;
}

/** In the past, so that a block every second of the chain's time is never in the future. */
const historyS = 4 * 3600;

const chainId = 31_337;
const gas = 21_000n;
/** Far above what an idle local chain asks. */
const gasPrice = 10_000_000_000n;
const oneCoin = 10n ** 18n;
const loot = 10n * oneCoin;
/** After so many hops another theft begins; each has told its desk some fifty objects by then. */
const hopsMax = 15;
const theftsAtOnce = 4;
const blockEveryMs = 400;

/** A block is read, looked at, shared and receipted well within this time, so a kill within it meets any of these. */
const killAfterMsMax = 1_500;

/** A command takes seconds, also on a busy machine. */
const restartMsMax = 60_000;

/** Longer than a courier waits before it tries again. */
const restMs = 5_000;
const restMsMax = 180_000;

interface Thief {
  readonly key: Hex;
  hops: number;
  left: bigint;
}

const keyOf = (seed: number, thief: number, hop: number): Hex => keccak256(toHex(`${seed}/${thief}/${hop}`));

export async function openLoad(house: AsyncDisposableStack, seed: number): Promise<Load> {
  const folder = await temporaryFolder(house);
  const [one, other] = [await freePort(), await freePort()];
  const genesisTimeS = Math.floor(Date.now() / 1000) - historyS;
  const chain = await startChain({ genesisTimeS });
  house.defer(() => chain.stop());
  const seoul = { id: 'seoul', country: 'KR', timeZone: 'Asia/Seoul', port: one } as const;
  const washington = { id: 'washington', country: 'US', timeZone: 'America/New_York', port: other } as const;
  const desks = [
    await openDesk(house, folder, chain, seoul),
    await openDesk(house, folder, chain, washington),
  ] as const;
  await pair(desks[0].process, desks[1].process, { folder, agreement: 'MoU' });

  const counts = { thefts: 0, blocks: 0 };
  const thieves: Thief[] = [];
  let nonce = 0;
  let timeS = genesisTimeS + 1;
  const block = async () => {
    timeS += 1;
    const reports: TxId[] = [];
    for (const thief of thieves) await moveOn(chain, seed, thief, thieves.indexOf(thief));
    if (thieves.filter(({ hops }) => hops < hopsMax).length < theftsAtOnce) {
      const thief: Thief = { key: keyOf(seed, thieves.length, 0), hops: 0, left: loot };
      thieves.push(thief);
      const to = privateKeyToAccount(thief.key).address;
      reports.push((await chain.sendFromRich({ to, value: loot, nonce: nonce++ })) as TxId);
    }
    await chain.mine(timeS);
    counts.blocks += 1;
    for (const txid of reports) {
      counts.thefts += 1;
      const desk = desks[counts.thefts % 2 === 0 ? 0 : 1];
      // A desk that is down is told when it is back; one that had heard it already says so.
      const report = async () => (desk.isUp ? openIncident(desk.process, [txid]).catch(() => null) : null);
      await eventually('a theft is reported', report, Boolean, 120_000);
    }
  };
  const addresses = () =>
    thieves.flatMap(({ hops }, thief) =>
      Array.from({ length: hops + 1 }, (_, hop) => privateKeyToAccount(keyOf(seed, thief, hop)).address.toLowerCase()),
    );
  const records = (desk: LoadedDesk) => openRecords({ folder: join(desk.dataDir, 'records') });
  return { desks, block, counts, addresses, records };
}

/** All but the fee goes to an address that nobody has seen before. */
async function moveOn(chain: LocalChain, seed: number, thief: Thief, place: number): Promise<void> {
  if (thief.hops >= hopsMax) return;
  const next = keyOf(seed, place, thief.hops + 1);
  const from = privateKeyToAccount(keyOf(seed, place, thief.hops));
  thief.left -= gas * gasPrice;
  const to = privateKeyToAccount(next).address;
  const money = { to, value: thief.left, gas, gasPrice, nonce: 0, chainId, type: 'legacy' } as const;
  await chain.submit(await from.signTransaction(money));
  thief.hops += 1;
}

async function openDesk(
  house: AsyncDisposableStack,
  folder: string,
  chain: LocalChain,
  settings: { id: 'seoul' | 'washington'; country: string; timeZone: string; port: number },
): Promise<LoadedDesk> {
  const name = { en: settings.id, ko: settings.id };
  const files = await writeDeskFiles(folder, { ...settings, name, tags: [] }, chain.url);
  // Making an empty database is the hardest work that a desk does; on a busy machine it would be too late to be ready.
  await mkdir(files.dataDir, { recursive: true, mode: 0o700 });
  await (await openRecords({ folder: join(files.dataDir, 'records') })).close();
  const process = await startDesk({ id: settings.id, gongjo, ...files });
  house.defer(() => process.kill());
  const { card } = await cardOf(process);
  return { process, card, dataDir: files.dataDir, isUp: true };
}

export interface Outcome {
  readonly kills: number;
  readonly thefts: number;
  readonly blocks: number;
  /** From Seoul to Washington and back. */
  readonly exchanged: readonly { readonly deliveries: number; readonly objects: number }[];
  readonly restartMs: { readonly median: number; readonly most: number };
}

/**
 * Kills each desk `kills / 2` times at moments of the seed while money moves and both share what they see; lets both come to
 * rest, and has the simulator's oracle judge their records.
 */
export async function killUnderLoad(
  house: AsyncDisposableStack,
  seed: number,
  kills: number,
  told: (line: string) => void,
): Promise<Outcome> {
  const load = await openLoad(house, seed);
  const chance = new Chance(seed);
  const restarts: number[] = [];
  let killing = true;
  const killers = load.desks.map((desk) =>
    killer(desk, Math.ceil(kills / 2), chance, (restartMs) => {
      restarts.push(restartMs);
      told(`${desk.process.id} killed, back after ${restartMs} ms (${restarts.length} of ${kills})`);
    }),
  );
  const ended = Promise.all(killers).finally(() => {
    killing = false;
  });
  while (killing) {
    await load.block();
    await Promise.race([ended, delay(blockEveryMs)]);
  }
  await ended;
  for (const { process } of load.desks)
    await eventually(`${process.id} is at rest`, () => standing(process), atRest(), restMsMax);
  for (const { process } of load.desks) await process.kill();

  const sides = await Promise.all(load.desks.map(async (desk) => ({ ...desk, records: await load.records(desk) })));
  for (const { records } of sides) house.defer(() => records.close());
  const [one, other] = sides;
  if (!one || !other) throw new Error('two desks');
  const exchanged = [await judgeExchange(one, other), await judgeExchange(other, one)];
  for (const side of sides) {
    await auditHolds(side);
    await holdsAll(side.records, load.addresses());
  }
  restarts.sort((a, b) => a - b);
  return {
    kills: restarts.length,
    ...load.counts,
    exchanged,
    restartMs: { median: restarts[restarts.length >> 1] ?? 0, most: restarts.at(-1) ?? 0 },
  };
}

/** SIGKILL again and again; the desk is started again at once. */
async function killer(
  desk: LoadedDesk,
  times: number,
  chance: Chance,
  killed: (restartMs: number) => void,
): Promise<void> {
  for (let left = times; left > 0; left -= 1) {
    await delay(chance.below(killAfterMsMax));
    desk.isUp = false;
    await desk.process.kill('SIGKILL');
    const fromMs = Date.now();
    await back(desk.process);
    desk.isUp = true;
    killed(Date.now() - fromMs);
  }
}

/** A command that was given while the desk was down may have opened its folder meanwhile; then the desk waits for it to end. */
async function back(process: DeskProcess): Promise<void> {
  const giveUpAtMs = Date.now() + restartMsMax;
  for (;;) {
    try {
      return await process.restart();
    } catch (thrown) {
      if (Date.now() > giveUpAtMs || !/data-folder-locked|belongs to the running process/.test(String(thrown)))
        throw thrown;
      await delay(100);
    }
  }
}

const zStanding = z.object({
  waiting: z.number(),
  deliveries: z.array(z.object({ id: z.string(), state: z.string() })),
});

async function standing(process: DeskProcess) {
  const partner = process.id === 'seoul' ? 'washington' : 'seoul';
  return zStanding.parse(await process.run(['partner', 'show', partner]));
}

/** Nothing waits, and nothing has come or gone for a while. */
function atRest(): (now: z.infer<typeof zStanding>) => boolean {
  let before = '';
  let sinceMs = Date.now();
  return (now) => {
    const same = JSON.stringify(now) === before;
    if (!same) sinceMs = Date.now();
    before = JSON.stringify(now);
    return same && now.waiting === 0 && Date.now() - sinceMs >= restMs;
  };
}

/** Nothing of the world was missed: where money went, both desks know. */
async function holdsAll(records: Records, addresses: readonly string[]): Promise<void> {
  const rows = await records.query<{ address: string }>(
    `select a.address from unnest($1::text[]) as a (address)
     where not exists (select 1 from shared_objects where type = 'cryptocurrency-wallet' and body ilike '%' || a.address || '%')`,
    [addresses],
  );
  assert.deepEqual(rows, [], 'every address that stolen money reached is known');
}
