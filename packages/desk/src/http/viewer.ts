import { isIP } from 'node:net';
import type { Right } from '@gongjo/contract';
import type { FastifyRequest } from 'fastify';
import { GongjoError } from '../kernel/index.ts';
import { type Account, findSession, findToken, tokenPrefix } from '../people/index.ts';
import type { HttpContext } from './context.ts';

/** A person: by a session of a page, or by a token of a program. */
export interface PersonViewer {
  readonly kind: 'person';
  readonly name: string;
  readonly account: Account;
  /** The session's identifier; null for a token. */
  readonly session: string | null;
  /** What a token may do at most; null for a session. */
  readonly only: ReadonlySet<Right> | null;
  readonly signedInAt: string;
  readonly expiresAt: string;
}

/** Who asks: a person, or the operator, who reached the desk through its own data folder. */
export type Viewer = { readonly kind: 'operator'; readonly name: string } | PersonViewer;

declare module 'fastify' {
  interface FastifyRequest {
    viewer: Viewer | null;
  }
}

/** Cookies are shared by all ports of a host, so two desks on one machine need two names. */
export function cookieName({ partnerContext }: HttpContext): string {
  return `gongjo_${partnerContext.desk.desk}`;
}

/** The token that a program sends; a reporter's is none of these. */
export function bearerOf({ headers }: FastifyRequest): string | null {
  const [, token] = /^Bearer ([\w-]{1,200})$/.exec(headers.authorization ?? '') ?? [];
  return token?.startsWith(tokenPrefix) ? token : null;
}

/** Whoever sends a token is the token's owner, whatever cookie comes with it. `isUse`: a person did something by it. */
export async function personOf(context: HttpContext, request: FastifyRequest, isUse: boolean): Promise<Viewer | null> {
  const { records, clock, people } = context;
  const secret = bearerOf(request);
  if (secret !== null) {
    const found = await findToken(records, clock, secret);
    if (!found) throw new GongjoError('token-invalid');
    const { account, token } = found;
    return {
      ...{ kind: 'person', name: account.name, account, session: null, only: new Set(token.rights) },
      ...{ signedInAt: token.madeAt, expiresAt: token.expiresAt },
    };
  }
  const cookie = request.cookies[cookieName(context)];
  const session = cookie ? await findSession(records, { clock, limits: people.limits }, cookie, isUse) : null;
  return (
    session && {
      ...{ kind: 'person', name: session.account.name, account: session.account, session: session.id, only: null },
      ...{ signedInAt: session.signedInAt, expiresAt: session.expiresAt },
    }
  );
}

export function viewerOf(request: FastifyRequest): Viewer {
  if (!request.viewer) throw new GongjoError('not-signed-in');
  return request.viewer;
}

/** A person, who has what belongs to an account. Throws `not-found` for the operator, who has none. */
export function personViewerOf(request: FastifyRequest): PersonViewer {
  const viewer = viewerOf(request);
  if (viewer.kind !== 'person') throw new GongjoError('not-found');
  return viewer;
}

/**
 * A state-changing request from a browser must come from the desk's own pages (Fetch Metadata, with Origin for browsers
 * that do not send it), besides the session cookie being `SameSite=Strict`.
 */
export function refuseForged(request: FastifyRequest): void {
  if (['GET', 'HEAD'].includes(request.method)) return;
  const site = request.headers['sec-fetch-site'];
  const { origin, host } = request.headers;
  // An opaque origin is written "null".
  const isOwn =
    site === undefined
      ? origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)
      : site === 'same-origin' || site === 'none';
  if (!isOwn) throw new GongjoError('request-forged');
}

/**
 * A name that somebody else controls may be made to point at this desk (DNS rebinding), and its pages would then be of one
 * origin with ours. So the desk answers to the name of its own address, to this machine's name, and to numbers, which are
 * nobody's to point; ports are left out, for a proxy in front has another.
 */
export function refuseForeignName({ partnerContext }: HttpContext, request: FastifyRequest): void {
  const asked = `http://${request.headers.host}`;
  const name = URL.canParse(asked) ? new URL(asked).hostname : '';
  const isNumber = isIP(name.replace(/^\[|\]$/g, '')) !== 0;
  if (!isNumber && name !== 'localhost' && name !== new URL(partnerContext.desk.url).hostname)
    throw new GongjoError('request-forged');
}
