import { once } from 'node:events';
import { request } from 'node:http';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type Problem, zProblem } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import type { Door } from '../cli/index.ts';
import { buildApp } from '../http/index.ts';
import { detailOf, GongjoError } from '../kernel/index.ts';
import { acquireLock, ownerOf, type Settings, silentLog, systemClock, systemRandom } from '../platform/index.ts';
import { openDesk } from './desk.ts';

/** The API of a data folder: of the desk that runs on it, or, where none does, of the folder opened in this process. */
export async function openDoor(settings: Settings, version: string): Promise<Door> {
  const owner = ownerOf(settings.data);
  if (owner) return throughSocket(settings.data, owner.socket);
  const lock = acquireLock(settings.data, systemRandom.token());
  try {
    const desk = await openDesk(settings, { clock: systemClock, random: systemRandom, log: silentLog, version });
    const app = await buildApp(desk.http, 'folder');
    return inProcess(app, async () => {
      await app.close();
      await desk.close();
      lock.release();
    });
  } catch (thrown) {
    lock.release();
    throw thrown;
  }
}

function inProcess(app: FastifyInstance, close: () => Promise<void>): Door {
  const inject = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body: unknown) =>
    app.inject({
      method,
      url,
      ...(body === undefined ? {} : { payload: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      payloadAsStream: true,
    });
  return {
    call: async (method, path, body) => {
      const response = await inject(method, path, body);
      return answer(response.statusCode, await textOf(response.stream()));
    },
    lines: async function* (path, body, signal) {
      const response = await inject('POST', path, body);
      if (response.statusCode !== 200) answer(response.statusCode, await textOf(response.stream()));
      yield* jsonLines(response.stream(), signal);
    },
    close,
  };
}

function throughSocket(folder: string, socketPath: string): Door {
  const send = async (method: string, path: string, body: unknown) => {
    const payload = body === undefined ? undefined : JSON.stringify(body);
    const sent = request({
      socketPath,
      method,
      path,
      headers: {
        host: 'desk',
        ...(payload === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
      },
    });
    sent.end(payload);
    try {
      const [response] = (await once(sent, 'response')) as [Readable & { statusCode: number }];
      return response;
    } catch (thrown) {
      throw new GongjoError('desk-not-answering', { folder, detail: detailOf(thrown) }, thrown);
    }
  };
  return {
    call: async (method, path, body) => {
      const response = await send(method, path, body);
      return answer(response.statusCode, await textOf(response));
    },
    lines: async function* (path, body, signal) {
      const response = await send('POST', path, body);
      if (response.statusCode !== 200) answer(response.statusCode, await textOf(response));
      yield* jsonLines(response, signal);
    },
    close: async () => undefined,
  };
}

function answer<T>(status: number, text: string): T {
  const value: unknown = text === '' ? null : JSON.parse(text);
  if (status >= 400) throw GongjoError.of(problemIn(value, status));
  return value as T;
}

function problemIn(value: unknown, status: number): Problem {
  const parsed = zProblem.safeParse(value);
  return parsed.success ? parsed.data : new GongjoError('internal', { reference: `HTTP ${status}` }).problem;
}

async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}

async function* jsonLines<T>(stream: Readable, signal: AbortSignal): AsyncIterable<T> {
  try {
    for await (const line of createInterface({ input: stream, signal })) if (line !== '') yield JSON.parse(line) as T;
  } finally {
    // Whoever writes the lines notices that nobody reads them any more.
    stream.destroy();
  }
}
