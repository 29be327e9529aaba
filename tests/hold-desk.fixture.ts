import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { type HoldDesk, openHoldDesk } from '../packages/desk/src/main/hold-desk.fixture.ts';

/**
 * A desk with a theft in its ledger in a process of its own, whose clock the test sets: two desks on one clock, weeks ahead.
 * This file is both the test's handle and, started as a program, the desk.
 */
export interface ClockDesk {
  readonly url: string;
  readonly incident: string;
  /** What the operator asks of the desk. */
  ask<T>(method: 'GET' | 'POST', url: string, body?: object): Promise<T>;
  /** Sets the desk's clock ahead of the machine's. */
  ahead(ms: number): Promise<void>;
}

type Options = Parameters<typeof openHoldDesk>[0] & { readonly port: number };
type Asked =
  | { readonly ask: readonly [method: 'GET' | 'POST', url: string, body?: object | undefined] }
  | { readonly aheadMs: number };
interface Told {
  readonly incident?: string;
  readonly status?: number;
  readonly body?: string;
}

export async function startClockDesk(house: AsyncDisposableStack, options: Options): Promise<ClockDesk> {
  const child = fork(import.meta.filename, [JSON.stringify(options)]);
  house.defer(() => ended(child));
  const gone = once(child, 'exit').then(() => assert.fail('the desk has ended'));
  gone.catch(() => undefined);
  const told = async (): Promise<Told> => {
    const listening = new AbortController();
    try {
      const [message] = await Promise.race([once(child, 'message', { signal: listening.signal }), gone]);
      return message as Told;
    } finally {
      listening.abort();
    }
  };
  const { incident = '' } = await told();
  // One question at a time: answers carry no names.
  let last: Promise<unknown> = Promise.resolve();
  const say = (asked: Asked): Promise<Told> => {
    const answer = last.then(() => {
      child.send(asked);
      return told();
    });
    last = answer.catch(() => undefined);
    return answer;
  };
  return {
    url: `http://127.0.0.1:${options.port}`,
    incident,
    ask: async (...ask) => {
      const { status = 500, body = '' } = await say({ ask });
      if (status >= 400) throw new Error(`${ask[0]} ${ask[1]}: ${body}`);
      return JSON.parse(body);
    },
    ahead: async (aheadMs) => {
      await say({ aheadMs });
    },
  };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.disconnect();
  await exit;
}

async function run(options: Options): Promise<void> {
  const desk: HoldDesk = await openHoldDesk(options);
  process.once('disconnect', () => void desk.close().then(() => process.exit(0)));
  process.on('message', async (asked: Asked) => {
    if ('aheadMs' in asked) {
      desk.aheadMs = asked.aheadMs;
      process.send?.({});
      return;
    }
    const [method, url, payload] = asked.ask;
    const { statusCode: status, body } = await desk.as('operator', method, url, payload);
    process.send?.({ status, body });
  });
  process.send?.({ incident: desk.incident });
}

if (process.argv[1] === import.meta.filename && process.send) void run(JSON.parse(process.argv[2] ?? '') as Options);
