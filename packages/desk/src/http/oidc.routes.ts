import type { FastifyInstance } from 'fastify';
import { recordAudit } from '../audit/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { accountOfSubject, challengeLifeMs, createChallenges, type OidcFlow } from '../people/index.ts';
import type { HttpContext } from './context.ts';
import { beginSession, giveCookie } from './session.routes.ts';
import { cookieName } from './viewer.ts';

const cookiePath = '/api/oidc/';

/**
 * The agency's own sign-in. These are the only redirects of the desk: to the issuer that the operator named, and back to the
 * desk's first page; neither place can be chosen by a reader or by the provider.
 */
export function oidcRoutes(api: FastifyInstance, context: HttpContext): void {
  const { records, clock, random, people, partnerContext } = context;
  const { url } = partnerContext.desk;
  const flows = createChallenges<OidcFlow>({ clock, random });
  const cookie = () => `${cookieName(context)}_oidc`;
  const configured = () => {
    if (!people.oidc) throw new GongjoError('not-found');
    return people.oidc;
  };

  api.get('/api/oidc/start', async (_request, reply) => {
    const { url: to, flow } = await configured().begin();
    // The browser comes back from another site, which no strict cookie survives; this one opens nothing.
    return reply
      .setCookie(cookie(), flows.make(flow), {
        ...{ path: cookiePath, httpOnly: true, sameSite: 'lax', secure: url.startsWith('https:') },
        maxAge: challengeLifeMs / 1000,
      })
      .redirect(to, 303);
  });

  api.get('/api/oidc/callback', async (request, reply) => {
    const oidc = configured();
    const flow = flows.take(request.cookies[cookie()] ?? '');
    if (!flow) throw new GongjoError('sign-in-link-invalid');
    const subject = await oidc.finish(new URL(request.url, url), flow);
    const account = await accountOfSubject(records, subject);
    if (account?.state !== 'active') {
      await records.transaction((tx) =>
        recordAudit(tx, clock, {
          ...{ actor: 'desk', action: 'session.refused', subject: account?.name ?? 'oidc' },
          details: { subject: subject.slice(0, 320) },
        }),
      );
      throw new GongjoError('oidc-no-account', { subject: subject.slice(0, 100) });
    }
    const session = await records.transaction((tx) => beginSession(tx, context, account, 'oidc', request));
    return giveCookie(context, reply.clearCookie(cookie(), { path: cookiePath }), session).redirect('/', 303);
  });
}
