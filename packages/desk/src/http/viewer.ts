import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { GongjoError } from '../kernel/index.ts';
import type { HttpContext } from './context.ts';
import { findSession, type Session } from './session.store.ts';

/** Who asks: a person with a session, or the operator, who reached the desk through its own data folder. */
export type Viewer = { readonly kind: 'operator'; readonly name: string } | ({ readonly kind: 'person' } & Session);

declare module 'fastify' {
  interface FastifyRequest {
    viewer: Viewer | null;
  }
}

/** Cookies are shared by all ports of a host, so two desks on one machine need two names. */
export function cookieName({ partnerContext }: HttpContext): string {
  return `gongjo_${partnerContext.desk.desk}`;
}

export async function personOf(context: HttpContext, request: FastifyRequest): Promise<Viewer | null> {
  const token = request.cookies[cookieName(context)];
  const session = token ? await findSession(context.records, context.clock, token) : null;
  return session && { kind: 'person', ...session };
}

export function viewerOf(request: FastifyRequest): Viewer {
  if (!request.viewer) throw new GongjoError('not-signed-in');
  return request.viewer;
}

export function operatorOnly(request: FastifyRequest): Viewer {
  const viewer = viewerOf(request);
  if (viewer.kind !== 'operator') throw new GongjoError('not-found');
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
