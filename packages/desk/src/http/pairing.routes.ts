import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { GongjoError } from '../kernel/index.ts';
import {
  accept,
  answerPairing,
  confirmWords,
  createThrottle,
  invite,
  listPairings,
  pairingSteps,
  takeRevocation,
  withdraw,
} from '../partner/index.ts';
import type { HttpContext } from './context.ts';
import { may } from './guard.ts';
import { parseInput } from './parse.ts';
import { viewerOf } from './viewer.ts';

/** A day is enough for two officers in two time zones; a longer life helps whoever finds the mail. */
const expiresInMsDefault = 86_400_000;
const expiresInMsMax = 14 * 86_400_000;

const zLabel = z.string().min(1).max(200).nullable().default(null);
export const zInvite = z.strictObject({
  name: zLabel,
  agreement: zLabel,
  expiresInMs: z.int().min(60_000).max(expiresInMsMax).default(expiresInMsDefault),
});
export const zAccept = z.strictObject({ invitation: z.string().min(1).max(50_000), agreement: zLabel });
export const zConfirm = z.strictObject({ words: z.string().min(1).max(500) });

/** Pairing with another desk: invited or accepted, and confirmed by whoever compares the words. */
export function pairingRoutes(api: FastifyInstance, context: HttpContext): void {
  const { records, clock, feed, partnerContext, wake, hasDesk, folder } = context;
  /** The name of whoever acts for this desk. Throws `desk-unknown` where none is set up. */
  const actorOf = (request: FastifyRequest): string => {
    if (!hasDesk) throw new GongjoError('desk-unknown', { folder });
    return viewerOf(request).name;
  };

  api.get('/api/pairings', async (request) => {
    const pairings = await listPairings(records, clock);
    // The words are the business of whoever compares them.
    const compares = may(context, viewerOf(request), 'pairing:decide');
    return { pairings: compares ? pairings : pairings.map((it) => ({ ...it, words: null })) };
  });

  api.post('/api/pairings', async (request, reply) => {
    const by = actorOf(request);
    const asked = parseInput(zInvite, request.body ?? {});
    const made = await invite(partnerContext, { ...asked, by });
    feed.publish('partners');
    return reply.status(201).send(made);
  });

  api.post('/api/pairings/accepted', async (request, reply) => {
    const by = actorOf(request);
    const asked = parseInput(zAccept, request.body);
    const pairing = await accept(partnerContext, { ...asked, by });
    feed.publish('partners');
    return reply.status(201).send(pairing);
  });

  api.post<{ Params: { desk: string } }>('/api/pairings/:desk/confirmation', async (request) => {
    const by = actorOf(request);
    const { words } = parseInput(zConfirm, request.body);
    try {
      return await confirmWords(partnerContext, { desk: request.params.desk, words, by });
    } finally {
      feed.publish('partners', 'status');
      await wake.rounds();
      await wake.couriers();
    }
  });

  api.delete<{ Params: { id: string } }>('/api/pairings/:id', async (request, reply) => {
    await withdraw(partnerContext, request.params.id, actorOf(request));
    feed.publish('partners');
    return reply.status(204).send();
  });
}

/** A signed card and a proof are under 4 kB with the longest names. */
const messageBytesMax = 32 * 1024;

/** A mistyped invitation is tried a few times; each failure costs a signature and a row's read. */
const failuresPerMinuteMax = 20;
const placesMax = 10_000;

const zMessage = z.strictObject({ message: z.string().max(messageBytesMax) });

/** The door for desks that are no partners yet. Strangers learn nothing at it and soon have to wait. */
export function pairingDoor(door: FastifyInstance, context: HttpContext): void {
  const { partnerContext, clock, feed, wake } = context;
  const throttle = createThrottle({ failuresMax: failuresPerMinuteMax, windowMs: 60_000, keysMax: placesMax });
  door.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    if (!throttle.allows(request.ip, clock.now())) {
      reply.header('retry-after', '60');
      throw new GongjoError('requests-too-many');
    }
  });
  door.addHook('onError', async (request) => throttle.failed(request.ip, clock.now()));
  for (const step of [...pairingSteps, 'revoke'] as const) {
    door.post(`/${step}`, { bodyLimit: messageBytesMax }, async (request) => {
      const { message } = parseInput(zMessage, request.body);
      const answer =
        step === 'revoke'
          ? await takeRevocation(partnerContext, message)
          : await answerPairing(partnerContext, step, message);
      feed.publish('partners', 'status');
      if (step === 'confirm' || step === 'revoke') {
        await wake.rounds();
        await wake.couriers();
      }
      return { message: answer };
    });
  }
}
