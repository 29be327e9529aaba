import { type Me, rights, roles, type SignInWays, terms, zRole, zTlp } from '@gongjo/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { recordAudit } from '../audit/index.ts';
import {
  type Account,
  addPerson,
  endSession,
  findAccount,
  makeLink,
  passkeyState,
  startSession,
  takeLink,
} from '../people/index.ts';
import type { Db } from '../platform/index.ts';
import type { HttpContext } from './context.ts';
import { may } from './guard.ts';
import { parseInput } from './parse.ts';
import { cookieName, viewerOf } from './viewer.ts';

export const zSignIn = z.strictObject({ token: z.string().min(1).max(200) });
/** A name is one text for readers of both languages. */
export const zLink = z.strictObject({
  name: z.string().min(1).max(100).default(`${terms.person.dutyOfficer.ko} (${terms.person.dutyOfficer.en})`),
  /** Of an account that the link makes. */
  roles: z.array(zRole).min(1).default(['analyst', 'case-officer', 'liaison', 'administrator']),
  clearance: zTlp.default('red'),
});

/** Signing in by a link, signing out, and who one is. */
export function sessionRoutes(api: FastifyInstance, context: HttpContext): void {
  const { records, clock, random, partnerContext, people } = context;
  const { url } = partnerContext.desk;

  api.get(
    '/api/sign-in',
    async (): Promise<SignInWays> => ({ passkeys: passkeyState(url), oidc: people.oidc !== null }),
  );

  api.get('/api/me', async (request): Promise<Me> => {
    const viewer = viewerOf(request);
    const allowed = rights.filter((right) => may(context, viewer, right));
    if (viewer.kind === 'operator')
      return {
        ...{ name: viewer.name, id: null, roles: [...roles], clearance: 'red', rights: allowed },
        ...{ signedInAt: null, expiresAt: null },
      };
    const { name, account, signedInAt, expiresAt } = viewer;
    const { id, clearance } = account;
    return { name, id, roles: [...account.roles], clearance, rights: allowed, signedInAt, expiresAt };
  });

  api.post('/api/session', async (request, reply) => {
    const { token } = parseInput(zSignIn, request.body);
    const session = await records.transaction(async (tx) =>
      beginSession(tx, context, await takeLink(tx, clock, token, 'sign-in'), 'link', request),
    );
    return giveCookie(context, reply, session).status(204).send();
  });

  api.delete('/api/session', async (request, reply) => {
    const viewer = viewerOf(request);
    if (viewer.kind === 'person' && viewer.session) await endSession(records, viewer.account.id, viewer.session);
    reply.clearCookie(cookieName(context), { path: '/' });
    return reply.status(204).send();
  });

  api.post('/api/sign-in-links', async (request) => {
    const { name: by } = viewerOf(request);
    const asked = parseInput(zLink, request.body ?? {});
    const { token } = await records.transaction(async (tx) => {
      const account =
        (await findAccount(tx, asked.name)) ??
        (await addPerson(tx, { clock, random }, { ...asked, subject: null }, by));
      const made = await makeLink(tx, { clock, random }, account, 'sign-in');
      await recordAudit(tx, clock, { actor: by, action: 'session.link-made', subject: account.name, details: {} });
      return made;
    });
    // The fragment never reaches a server or its log.
    return { signInUrl: `${url}/sign-in#${token}` };
  });
}

/** A session for whoever has just proved who they are. */
export async function beginSession(
  tx: Db,
  { clock, random, people }: HttpContext,
  account: Account,
  way: Parameters<typeof startSession>[3]['way'],
  request: FastifyRequest,
): Promise<{ readonly token: string; readonly maxAgeS: number }> {
  const { limits } = people;
  const how = { way, browser: request.headers['user-agent'] };
  const session = await startSession(tx, { clock, random, limits }, account, how);
  await recordAudit(tx, clock, {
    ...{ actor: account.name, action: 'session.started', subject: account.name },
    details: { way },
  });
  return session;
}

export function giveCookie(
  context: HttpContext,
  reply: FastifyReply,
  session: { readonly token: string; readonly maxAgeS: number },
): FastifyReply {
  return reply.setCookie(cookieName(context), session.token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: context.partnerContext.desk.url.startsWith('https:'),
    maxAge: session.maxAgeS,
  });
}
