import {
  caseContent,
  peopleTerms,
  problem,
  type Right,
  type Role,
  rightParts,
  type Tlp,
  terms,
} from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { GongjoError } from '../kernel/index.ts';
import type { Account } from '../people/index.ts';
import { mayAct, maySee, rolesWith } from '../policy/index.ts';
import type { HttpContext } from './context.ts';
import { elsewhere, type Need, needOf } from './rights.ts';
import type { Viewer } from './viewer.ts';

/** Whether they may do it now: by their roles, and by the token if they came with one. */
export function may({ people }: HttpContext, viewer: Viewer, right: Right): boolean {
  if (viewer.kind === 'operator') return true;
  return (viewer.only?.has(right) ?? true) && mayAct(people.policies, viewer.account, right).allowed;
}

/** Whether they are cleared for what is marked so. */
export function isCleared({ people }: Pick<HttpContext, 'people'>, viewer: Viewer, level: Tlp): boolean {
  return viewer.kind === 'operator' || maySee(people.policies, viewer.account, level).allowed;
}

/** Whether an account that is not the one that asks may look at something that is marked so. */
export function wouldSee({ people }: Pick<HttpContext, 'people'>, account: Account, right: Right, level: Tlp): boolean {
  const { policies } = people;
  return (
    account.state === 'active' && mayAct(policies, account, right).allowed && maySee(policies, account, level).allowed
  );
}

/** Nobody makes what the maker could not look at. Throws `clearance-exceeded`. */
export function demandCleared(context: Pick<HttpContext, 'people'>, viewer: Viewer, level: Tlp | undefined): void {
  if (level !== undefined && !isCleared(context, viewer, level))
    throw new GongjoError('clearance-exceeded', { tlp: terms.tlp[level] });
}

/** What a person who may not read it is not told of. */
function isHidden(context: HttpContext, viewer: Viewer, right: Right): boolean {
  const { object } = rightParts(right);
  if (!caseContent.has(object)) return false;
  // A package is made of an incident, and nothing else of it is kept.
  return !may(context, viewer, object === 'evidence' ? 'incident:read' : `${object}:read`);
}

/** Throws `right-missing` or `token-right-missing`; `not-found` where even that would tell too much. */
export function demand(context: HttpContext, viewer: Viewer, right: Right): void {
  if (may(context, viewer, right) || viewer.kind === 'operator') return;
  if (isHidden(context, viewer, right)) throw new GongjoError('not-found');
  const { policies } = context.people;
  if (mayAct(policies, viewer.account, right).allowed) throw new GongjoError('token-right-missing', { right });
  throw GongjoError.of(rightMissing(right, rolesWith(policies, right)));
}

/** Names the right and the roles that have it, each language in its own words. */
function rightMissing(right: Right, roles: readonly Role[]) {
  const told = (language: 'en' | 'ko') => {
    const { object, action } = rightParts(right);
    const names = roles.map((role) => peopleTerms.role[role][language]).join(', ');
    const what = `${peopleTerms.rightObject[object][language]}: ${peopleTerms.rightAction[action][language]} (${right})`;
    return problem('right-missing', { right: what, roles: names === '' ? '–' : names });
  };
  const [en, ko] = [told('en'), told('ko')];
  return { ...en, text: { en: en.text.en, ko: ko.text.ko }, hint: { en: en.hint.en, ko: ko.hint.ko } };
}

/** Asks what the table says of a route. */
export function ask(context: HttpContext, viewer: Viewer | null, need: Need): void {
  if (need === 'public' || need === 'reporter') return;
  if (!viewer) throw new GongjoError('not-signed-in');
  if (need === 'signed-in' || viewer.kind === 'operator') return;
  if (need === 'operator') throw new GongjoError('not-found');
  if (need !== 'session') demand(context, viewer, need);
  else if (viewer.only !== null) throw new GongjoError('token-right-missing', { right: need });
}

/** The one place where a route's right is asked; a route that no row names cannot be registered. */
export function guard(api: FastifyInstance, context: HttpContext): void {
  api.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat())
      if (needOf(each, url) === undefined) throw new Error(`${each} ${url} has no row in rights.ts`);
  });
  api.addHook('onRequest', async (request) => {
    const need = needOf(request.method, request.routeOptions.url ?? elsewhere);
    // A method that the table does not know is no route of ours.
    if (need === undefined) throw new GongjoError('not-found');
    ask(context, request.viewer, need);
  });
}
