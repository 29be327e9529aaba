import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { GongjoError } from '../kernel/index.ts';
import type { Partner } from '../partner/index.ts';
import type { HttpContext } from './context.ts';
import { leaveWith } from './leave-with.ts';
import { parseInput } from './parse.ts';

/** What is answered at a step of a door to what a partner says there. */
type Answer = (partner: Partner, message: string) => Promise<string>;

/** A door at which partners say and are answered sealed messages: each request passes the gate before its body is read. */
export function sealedDoor(
  door: FastifyInstance,
  { gate }: HttpContext,
  { bytesMax, steps }: { readonly bytesMax: number; readonly steps: Readonly<Record<string, Answer>> },
): void {
  const zMessage = z.strictObject({ message: z.string().max(bytesMax) });
  const partners = new WeakMap<object, Partner>();
  door.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const { authorization, 'content-length': length } = request.headers;
    const contentLength = length === undefined ? null : Number(length);
    const entered = await gate.enter({ authorization, isDelivery: false, contentLength });
    leaveWith(reply, entered.leave);
    partners.set(request, entered.partner);
  });
  for (const [step, answer] of Object.entries(steps))
    door.post(`/${step}`, { bodyLimit: bytesMax }, async (request) => {
      const partner = partners.get(request);
      if (!partner) throw new GongjoError('partner-token-invalid', { detail: 'nobody was let in' });
      const { message } = parseInput(zMessage, request.body);
      return { message: await answer(partner, message) };
    });
}
