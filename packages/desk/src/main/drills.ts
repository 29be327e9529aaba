import type { Drill } from '@gongjo/contract';
import {
  type DrillContext,
  drillNamed,
  endDrill,
  Heists,
  joinDrill,
  Player,
  recordDrill,
  shownDrill,
  startDrill,
  storedDrills,
} from '../drill/index.ts';
import type { HttpContext } from '../http/index.ts';
import { type Log, startWorker, type Worker } from '../platform/index.ts';

/** Nothing that an exercise does is due more exactly than this. */
const lookEveryMs = 100;

/** Exercises: at most one goes on at a time. */
export interface Drills {
  readonly http: HttpContext['drills'];
  start(): void;
  stop(): Promise<void>;
}

export function createDrills(context: DrillContext, log: Log): Drills {
  const { clock, records } = context;
  const heists = new Heists();
  const player = new Player(context, heists);
  let worker: Worker | null = null;
  const shown = (drill: Parameters<typeof shownDrill>[2], scored = false): Promise<Drill> =>
    shownDrill(context, heists, drill, { scored });
  const start = () => {
    worker ??= startWorker({ name: 'drill', everyMs: lookEveryMs, clock, log, work: (signal) => player.step(signal) });
  };
  const stop = async () => {
    const stopping = worker;
    worker = null;
    await stopping?.stop();
  };
  return {
    http: {
      begin: async (asked, by) => {
        const drill = await ('code' in asked
          ? joinDrill(context, heists, asked, by)
          : startDrill(context, heists, asked, by));
        worker?.wake();
        context.changed('status');
        return shown(drill);
      },
      record: (asked) => recordDrill(context, asked),
      list: async () => Promise.all((await storedDrills(records)).map((drill) => shown(drill))),
      find: async (id) => shown(await drillNamed(records, id), true),
      end: async (id, by) => {
        const wasPlaying = worker !== null;
        // Nothing is played while what was played goes.
        await stop();
        try {
          return await shown(await endDrill(context, heists, id, by));
        } finally {
          if (wasPlaying) start();
        }
      },
    },
    start,
    stop,
  };
}
