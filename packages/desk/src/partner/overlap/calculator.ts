import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Identifier } from '../../overlap/index.ts';
import type { Work, WorkArgs, WorkName } from './work.ts';

/**
 * Threads for the arithmetic, so that a list of a million entries and a session of four thousand questions take no time from
 * the desk's own thread. They are started when there is something to do and end when there has been nothing for a while.
 */
export interface Calculator {
  run<K extends WorkName>(name: K, ...args: WorkArgs<K>): Promise<ReturnType<Work[K]>>;
  /** The values of many identifiers under a key, in order, by all threads. */
  values(secretKey: Uint8Array, identifiers: readonly Identifier[]): Promise<BigUint64Array>;
  close(): Promise<void>;
}

/** A tenth of a second's work: a session waits no longer than this behind a list that is being built. */
const identifiersPerPiece = 1000;
/** A thread costs about 20 MB; the next session within a minute finds it warm. */
const idleMs = 60_000;

interface Job {
  readonly name: WorkName;
  readonly args: readonly unknown[];
  readonly urgent: boolean;
  readonly resolve: (result: never) => void;
  readonly reject: (failure: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  job: Job | null;
  idle: NodeJS.Timeout | null;
}

export function createCalculator(threadsMax: number = availableParallelism()): Calculator {
  const threads = new Set<Thread>();
  const waiting: Job[] = [];
  let closed = false;

  const end = (thread: Thread) => {
    threads.delete(thread);
    if (thread.idle) clearTimeout(thread.idle);
    return thread.worker.terminate();
  };
  const begin = (): Thread => {
    const worker = new Worker(new URL('./thread.ts', import.meta.url));
    const thread: Thread = { worker, job: null, idle: null };
    worker.unref();
    worker.on('message', ({ result, failure }: { result: never; failure: string | null }) => {
      const { job } = thread;
      thread.job = null;
      if (failure === null) job?.resolve(result);
      else job?.reject(new Error(failure));
      next(thread);
    });
    worker.on('error', (failure) => {
      thread.job?.reject(failure);
      thread.job = null;
      threads.delete(thread);
      if (waiting.length > 0) next(begin());
    });
    threads.add(thread);
    return thread;
  };
  const next = (thread: Thread) => {
    const at = waiting.findIndex(({ urgent }) => urgent);
    const [job] = waiting.splice(Math.max(at, 0), 1);
    if (job === undefined) {
      // A process that has nothing else to do may end.
      thread.worker.unref();
      thread.idle = setTimeout(() => void end(thread), idleMs).unref();
      return;
    }
    if (thread.idle) clearTimeout(thread.idle);
    thread.idle = null;
    thread.job = job;
    thread.worker.ref();
    thread.worker.postMessage({ name: job.name, args: job.args });
  };
  const enqueue = <K extends WorkName>(name: K, args: WorkArgs<K>, urgent: boolean) =>
    new Promise<ReturnType<Work[K]>>((resolve, reject) => {
      if (closed) return reject(new Error('the calculator is closed'));
      waiting.push({ name, args, urgent, resolve, reject });
      const free = [...threads].find(({ job }) => job === null);
      if (free) next(free);
      else if (threads.size < threadsMax) next(begin());
    });
  return {
    run: (name, ...args) => enqueue(name, args, true),
    values: async (secretKey, identifiers) => {
      const pieces = Array.from({ length: Math.ceil(identifiers.length / identifiersPerPiece) }, (_, at) =>
        enqueue(
          'values',
          [secretKey, identifiers.slice(at * identifiersPerPiece, (at + 1) * identifiersPerPiece)],
          false,
        ),
      );
      const values = new BigUint64Array(identifiers.length);
      for (const [at, piece] of (await Promise.all(pieces)).entries()) values.set(piece, at * identifiersPerPiece);
      return values;
    },
    close: async () => {
      closed = true;
      for (const { reject } of waiting.splice(0)) reject(new Error('the calculator is closed'));
      await Promise.all(
        [...threads].map((thread) => {
          thread.job?.reject(new Error('the calculator is closed'));
          thread.job = null;
          return end(thread);
        }),
      );
    },
  };
}
