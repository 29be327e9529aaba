import { depositTags, publicTags } from './attribution.ts';
import { castOf } from './cast.ts';
import { startChain } from './chain.ts';
import { compileContracts } from './compile.ts';
import { deskNames } from './demo-texts.ts';
import { type DeskSettings, writeDeskFiles } from './desk-files.ts';
import { type DeskProcess, startDesk } from './desk-process.ts';
import { leaveFolder, takeFolder } from './folder.ts';
import type { Clock } from './heist.ts';
import { pair } from './pair.ts';
import { probePort } from './port.ts';
import type { DemoError } from './problem.ts';
import { buildWorld, historyS, type World } from './world.ts';

export interface Ports {
  readonly seoul: number;
  readonly washington: number;
  /** Of the local chain; absent: any free one. */
  readonly chain?: number;
}

export interface TheatreOptions {
  readonly seed: number;
  /** Becomes an empty folder; see `takeFolder`. */
  readonly dataDir: string;
  readonly gongjo: readonly string[];
  readonly ports: Ports;
  readonly clock: Clock;
  readonly onLost?: (error: DemoError) => void;
  readonly signal?: AbortSignal;
}

/** A local chain with its history, and two desks that have paired. Disposing of it ends every process and keeps the data. */
export interface Theatre extends AsyncDisposable {
  readonly world: World;
  readonly seoul: DeskProcess;
  readonly washington: DeskProcess;
}

/** What the two desks of the play exchange under. */
const agreement = 'Demonstration agreement';

export async function openTheatre(options: TheatreOptions): Promise<Theatre> {
  const { seed, dataDir, gongjo, ports, clock, onLost, signal } = options;
  // Before anything is erased or started, so that a second demo leaves the first one alone.
  await Promise.all([probePort(ports.seoul), probePort(ports.washington)]);
  await using opening = new AsyncDisposableStack();
  await takeFolder(dataDir);
  opening.defer(() => leaveFolder(dataDir));

  const genesisTimeS = Math.floor(clock.nowMs() / 1000) - 2 * historyS;
  // Begins now, so that it is done when the chain is up; `buildWorld` waits for it and hears of its errors.
  compileContracts().catch(() => undefined);
  const chain = await startChain({ genesisTimeS, ...(ports.chain !== undefined && { port: ports.chain }) });
  opening.defer(() => chain.stop());

  const open = async (settings: DeskSettings): Promise<DeskProcess> => {
    const files = await writeDeskFiles(dataDir, settings, chain.url);
    const desk = await startDesk({
      ...{ id: settings.id, gongjo, ...files },
      ...(onLost && { onLost }),
      ...(signal && { signal }),
    });
    opening.defer(() => desk.kill());
    return desk;
  };
  const [seoulSettings, washingtonSettings] = deskSettings(seed, ports);
  const started = [open(seoulSettings), open(washingtonSettings), buildWorld({ seed, chain, genesisTimeS })] as const;
  // All three come to an end before any of them is given up, so that nothing starts after the clean-up.
  await Promise.allSettled(started);
  const [seoul, washington, world] = await Promise.all(started);
  signal?.throwIfAborted();

  await pair(seoul, washington, { folder: dataDir, agreement, signal });
  const running = opening.move();
  return { world, seoul, washington, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

function deskSettings(seed: number, ports: Ports): [DeskSettings, DeskSettings] {
  const cast = castOf(seed);
  return [
    {
      ...{ id: 'seoul', name: deskNames.seoul, country: 'KR', timeZone: 'Asia/Seoul', port: ports.seoul },
      tags: publicTags(cast),
    },
    {
      ...{ id: 'washington', name: deskNames.washington, country: 'US', timeZone: 'America/New_York' },
      port: ports.washington,
      // The exchange answers to this desk's country and has handed over its list.
      tags: [...publicTags(cast), ...depositTags(cast)],
    },
  ];
}
