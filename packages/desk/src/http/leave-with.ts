import type { FastifyReply } from 'fastify';

/** Frees a place at the gate when the answer is over, also where the caller hung up before the place was given. */
export function leaveWith({ raw }: Pick<FastifyReply, 'raw'>, leave: () => void): void {
  if (raw.destroyed) leave();
  else raw.once('close', leave);
}
