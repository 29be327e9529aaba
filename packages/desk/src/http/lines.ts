import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GongjoError } from '../kernel/index.ts';
import type { Log } from '../platform/index.ts';

/**
 * Answers with lines of JSON while `work` goes on: whatever it says, then what it returns, or `{problem}`. The signal aborts
 * when nobody listens any more.
 */
export function answerLines(
  request: FastifyRequest,
  reply: FastifyReply,
  log: Log,
  work: (say: (line: object) => void, signal: AbortSignal) => Promise<object>,
): FastifyReply {
  const ending = new AbortController();
  reply.raw.once('close', () => ending.abort());
  const lines = new Readable({ read: () => undefined });
  const say = (line: object) => void lines.push(`${JSON.stringify(line)}\n`);
  void work(say, ending.signal)
    .then(say)
    .catch((thrown: unknown) => {
      const isKnown = thrown instanceof GongjoError;
      if (!isKnown) log.error({ detail: String(thrown) }, 'what was being told in lines failed');
      say({ problem: (isKnown ? thrown : new GongjoError('internal', { reference: request.id })).problem });
    })
    .finally(() => lines.push(null));
  return reply.header('content-type', 'application/x-ndjson').send(lines);
}
