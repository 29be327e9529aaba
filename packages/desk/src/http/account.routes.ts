import { type ApiToken, type NewToken, zNewToken } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { recordAudit } from '../audit/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { type Account, addToken, endSession, endSessions, revokeToken, sessionsOf, tokensOf } from '../people/index.ts';
import { mayAct } from '../policy/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput } from './parse.ts';
import { type PersonViewer, personViewerOf } from './viewer.ts';

/** What belongs to whoever asks: sessions and tokens. Those of others are not found here. */
export function accountRoutes(api: FastifyInstance, context: HttpContext): void {
  const { records, clock, feed, people } = context;
  const mine = async ({ account, session }: PersonViewer) => ({
    sessions: await sessionsOf(records, { clock, limits: people.limits }, account.id, session),
  });

  api.get('/api/account/sessions', async (request) => mine(personViewerOf(request)));

  /** All but the one that asks. */
  api.delete('/api/account/sessions', async (request) => {
    const viewer = personViewerOf(request);
    await endAllOf(context, viewer.account, viewer.session, viewer.name);
    feed.publish('status');
    return mine(viewer);
  });

  api.delete<{ Params: { id: string } }>('/api/account/sessions/:id', async (request) => {
    const viewer = personViewerOf(request);
    await endOneOf(context, viewer.account, request.params.id, viewer.name);
    feed.publish('status');
    return mine(viewer);
  });

  api.get('/api/account/tokens', async (request) => ({
    tokens: await tokensOf(records, personViewerOf(request).account.id),
  }));

  api.post('/api/account/tokens', async (request, reply) => {
    const { account, name } = personViewerOf(request);
    return reply.status(201).send(await makeToken(context, account, parseInput(zNewToken, request.body), name));
  });

  api.delete<{ Params: { id: string } }>('/api/account/tokens/:id', async (request): Promise<ApiToken> => {
    const { account, name } = personViewerOf(request);
    return records.transaction((tx) => revokeToken(tx, clock, account, request.params.id, name));
  });
}

/** A token with rights that its owner has. Throws `token-too-wide`. */
export async function makeToken(
  { records, clock, random, people }: HttpContext,
  account: Account,
  asked: NewToken,
  by: string,
): Promise<ApiToken & { readonly secret: string }> {
  const missing = asked.rights.filter((right) => !mayAct(people.policies, account, right).allowed);
  if (missing.length > 0) throw new GongjoError('token-too-wide', { name: account.name, rights: missing.join(', ') });
  const { token, secret } = await records.transaction((tx) => addToken(tx, { clock, random }, account, asked, by));
  return { ...token, secret };
}

export async function endOneOf({ records, clock }: HttpContext, account: Account, id: string, by: string) {
  await records.transaction(async (tx) => {
    await endSession(tx, account.id, id);
    await recordAudit(tx, clock, {
      ...{ actor: by, action: 'session.revoked', subject: account.name, details: { session: id } },
    });
  });
}

export async function endAllOf({ records, clock }: HttpContext, account: Account, but: string | null, by: string) {
  await records.transaction(async (tx) => {
    const sessions = await endSessions(tx, account.id, but);
    if (sessions > 0)
      await recordAudit(tx, clock, {
        ...{ actor: by, action: 'session.revoked', subject: account.name, details: { sessions } },
      });
  });
}
