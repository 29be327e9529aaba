import type { Db, Records } from '../../platform/index.ts';
import type { Task } from './stage.fixture.ts';

/** Who has the desk's one transaction open; statements of others wait for its end, as PGlite makes them. */
export interface Turn {
  holder: Task | null;
}

/**
 * A desk's records as one of its tasks uses them: it stops before every statement, before every commit and after it, and can
 * be killed there. What a killed task had committed is kept; of an open transaction nothing is.
 */
export function recordsOf(records: Records, turn: Turn, task: Task): Records {
  const free = () => turn.holder === null;
  const stopping = (db: Db, ready?: () => boolean): Db => ({
    query: async <Row>(sql: string, params?: readonly unknown[]) => {
      await task.pause(sql, ready);
      return db.query<Row>(sql, params);
    },
  });
  return {
    ...stopping(records, free),
    transaction: async (work) => {
      await task.pause('begin', free);
      const result = await task.mortal(async (orDie) => {
        turn.holder = task;
        try {
          return await records.transaction(async (tx) => {
            const done = await orDie(work(stopping(tx)));
            await orDie(task.pause('commit'));
            return done;
          });
        } finally {
          turn.holder = null;
        }
      });
      await task.pause('committed');
      return result;
    },
    // Nobody looks at a page in the simulator.
    readBy: (reader) => records.readBy(reader),
    close: () => records.close(),
  };
}
