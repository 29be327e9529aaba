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
  const isOwn =
    site === undefined
      ? origin === undefined || new URL(origin).host === host
      : site === 'same-origin' || site === 'none';
  if (!isOwn) throw new GongjoError('request-forged');
}
