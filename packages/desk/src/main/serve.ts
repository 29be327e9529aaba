import { rmSync } from 'node:fs';
import type { Server } from 'node:https';
import type { FastifyInstance } from 'fastify';
import type { Started } from '../cli/index.ts';
import { buildApp } from '../http/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { hasEntry } from '../people/index.ts';
import {
  acquireLock,
  createLog,
  type Records,
  readIdentity,
  type Settings,
  systemClock,
  systemRandom,
} from '../platform/index.ts';
import { openDesk } from './desk.ts';

/** Runs a desk until the signal. Nothing listens before everything is open, and nothing follows before everything listens. */
export async function serve(
  settings: Settings,
  version: string,
  signal: AbortSignal,
  ready: (started: Started) => void,
): Promise<void> {
  const { data, listen } = settings;
  if (!settings.desk && !readIdentity(data)) throw new GongjoError('desk-unknown', { folder: data });
  const lock = acquireLock(data, systemRandom.token());
  const ending: (() => Promise<unknown> | unknown)[] = [() => lock.release()];
  try {
    const log = createLog();
    const desk = await openDesk(settings, { clock: systemClock, random: systemRandom, log, version });
    ending.unshift(() => desk.close());
    const { certificates } = desk;
    const network = await buildApp(desk.http, 'network', { tls: certificates?.pair ?? null });
    const folder = await buildApp(desk.http, 'folder');
    ending.unshift(() => Promise.all([network.close(), folder.close()]));
    if (certificates) {
      certificates.follow(network.server as unknown as Server);
      ending.unshift(() => certificates.stop());
    }
    await listenOn(network, listen);
    // A socket file outlives the process that crashed; the lock says that it is nobody's.
    rmSync(lock.owner.socket, { force: true });
    await folder.listen({ path: lock.owner.socket });
    await desk.start();
    const { desk: id, url } = desk.http.partnerContext.desk;
    ready({ desk: id, url, signInUrl: await firstLink(folder, desk.http.records) });
    log.info({ desk: id, url }, 'the desk is running');
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  } finally {
    for (const end of ending) await end();
  }
}

async function listenOn(app: FastifyInstance, { host, port }: Settings['listen']): Promise<void> {
  try {
    await app.listen({ host, port });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EADDRINUSE') throw new GongjoError('port-in-use', { host, port });
    throw thrown;
  }
}

/** Nobody has signed in or can by a passkey: the operator is given the first link. */
async function firstLink(folder: FastifyInstance, records: Records): Promise<string | null> {
  if (await hasEntry(records)) return null;
  const response = await folder.inject({ method: 'POST', url: '/api/sign-in-links' });
  // Where the operator's own account is disabled there is none.
  return response.json<{ signInUrl?: string }>().signInUrl ?? null;
}
