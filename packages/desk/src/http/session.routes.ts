import { terms } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { recordAudit } from '../audit/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput } from './parse.ts';
import { endSession, makeLink, signIn } from './session.store.ts';
import { cookieName, operatorOnly, viewerOf } from './viewer.ts';

const zSignIn = z.strictObject({ token: z.string().min(1).max(200) });
/** A name is one text for readers of both languages. */
const zLink = z.strictObject({
  name: z.string().min(1).max(100).default(`${terms.person.dutyOfficer.ko} (${terms.person.dutyOfficer.en})`),
});

export function sessionRoutes(api: FastifyInstance, context: HttpContext): void {
  const { records, clock, random, partnerContext } = context;
  const { url } = partnerContext.desk;

  api.get('/api/me', async (request) => {
    const viewer = viewerOf(request);
    return viewer.kind === 'person'
      ? { name: viewer.name, signedInAt: viewer.signedInAt, expiresAt: viewer.expiresAt }
      : { name: viewer.name, signedInAt: null, expiresAt: null };
  });

  api.post('/api/session', async (request, reply) => {
    const { token } = parseInput(zSignIn, request.body);
    const session = await records.transaction(async (tx) => {
      const made = await signIn(tx, clock, random, token);
      await recordAudit(tx, clock, { actor: made.name, action: 'session.started', subject: made.name, details: {} });
      return made;
    });
    reply.setCookie(cookieName(context), session.token, {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure: url.startsWith('https:'),
      maxAge: session.maxAgeS,
    });
    return reply.status(204).send();
  });

  api.delete('/api/session', async (request, reply) => {
    const viewer = viewerOf(request);
    if (viewer.kind === 'person') await endSession(records, viewer.tokenSha256);
    reply.clearCookie(cookieName(context), { path: '/' });
    return reply.status(204).send();
  });

  api.post('/api/sign-in-links', async (request) => {
    const { name: by } = operatorOnly(request);
    const { name } = parseInput(zLink, request.body ?? {});
    const token = await records.transaction(async (tx) => {
      await recordAudit(tx, clock, { actor: by, action: 'session.link-made', subject: name, details: {} });
      return makeLink(tx, clock, random, name);
    });
    // The fragment never reaches a server or its log.
    return { signInUrl: `${url}/sign-in#${token}` };
  });
}
