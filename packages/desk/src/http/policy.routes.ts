import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PolicyComparison, PolicyExplanation, PolicyShown, PolicyVersion } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { GongjoError } from '../kernel/index.ts';
import { comparing, comparingAt, loadPolicies, purposes } from '../policy/index.ts';
import { explainFor, objectsSeen, objectToExplain, policySets, storedPairs } from '../sharing/index.ts';
import type { HttpContext } from './context.ts';
import { may } from './guard.ts';
import { parseInput } from './parse.ts';
import { viewerOf } from './viewer.ts';

const zText = z.string().max(1_000_000);
export const zCheck = z.strictObject({ text: zText });
export const zSet = z.strictObject({
  text: zText,
  reason: z.string().trim().min(1).max(2000).nullable().default(null),
});
export const zExplain = z.strictObject({
  object: z.string().min(1).max(300),
  to: z.string().min(1).max(300),
  purpose: z.enum(purposes).default('investigation'),
  basis: z.string().trim().min(1).max(2000).optional(),
});

/** Of the stored objects that would be treated otherwise this many are listed; the others are counted. */
const objectChangesMax = 500;

export function policyRoutes(api: FastifyInstance, context: HttpContext): void {
  const { records, seen, clock, feed, partnerContext, wake, policies } = context;
  const recipients = () => context.recipients(records);

  api.get('/api/policy', async (): Promise<PolicyShown> => {
    const rules = [...policies.current.rules.values()];
    return {
      sha256: policies.current.sha256,
      text: policies.text,
      rules: rules.map(({ id, effect, reason, text }) => ({ id, effect, reason, text })),
    };
  });

  api.get('/api/policy/history', async (): Promise<{ sets: PolicyVersion[] }> => {
    const sets = await policySets(records);
    return {
      sets: sets.map(({ sha256, by, at, reason, text }, i) => ({
        sha256,
        by,
        at,
        reason,
        rules: loadPolicies(text).policies.rules.size,
        current: i === 0,
      })),
    };
  });

  api.get('/api/policy/explain', async (request): Promise<PolicyExplanation> => {
    const { object, to, purpose, basis } = parseInput(zExplain, request.query);
    const recipient = (await recipients()).find(({ id }) => id === to);
    if (!recipient) throw new GongjoError('recipient-unknown', { recipient: to });
    const held = await objectToExplain(seen(request), partnerContext, object);
    const asked = { purpose, ...(basis === undefined ? {} : { legalBasis: basis }) };
    return explainFor(records, partnerContext, recipient, held, asked);
  });

  api.post('/api/policy/check', async (request): Promise<PolicyComparison> => {
    const viewer = viewerOf(request);
    const { text } = parseInput(zCheck, request.body);
    const before = policies.current;
    const after = policies.check(text);
    const profiles = (partnerContext.handling?.redactions ?? []).map(({ id }) => id);
    const cases = await givingWay(comparing(before, after, { desk: partnerContext.desk.desk, profiles }));
    const { pairs, complete } = await storedPairs(records, partnerContext, await recipients());
    const { asked, changes } = await givingWay(comparingAt(before, after, pairs));
    const wider = changes.filter(({ direction }) => direction === 'wider');
    const narrower = changes.filter(({ direction }) => direction === 'narrower');
    // How many there are is everyone's who may set a policy; which, whoever's who sees them.
    const shown = may(context, viewer, 'object:read')
      ? await objectsSeen(
          seen(request),
          changes.map(({ object }) => object.id),
        )
      : new Set<string>();
    return {
      before: before.sha256,
      after: after.sha256,
      ...cases,
      objects: {
        asked,
        complete,
        changes: [...wider, ...narrower].filter(({ object }) => shown.has(object.id)).slice(0, objectChangesMax),
        wider: wider.length,
        narrower: narrower.length,
      },
    };
  });

  api.post('/api/policy', async (request): Promise<PolicyShown> => {
    const { name } = viewerOf(request);
    const { text, reason } = parseInput(zSet, request.body);
    const set = await policies.set(records, clock, { text, by: name, reason });
    feed.publish('partners', 'status');
    // What was refused on another basis is decided again: for desks by the next round of each chain, for collections by theirs.
    await Promise.all([wake.rounds(), wake.collections()]);
    const rules = [...set.rules.values()];
    return {
      sha256: set.sha256,
      text,
      rules: rules.map(({ id, effect, reason: why, text: rule }) => ({ id, effect, reason: why, text: rule })),
    };
  });
}

/** Drives a long comparison so that other requests are answered meanwhile. */
async function givingWay<T>(run: Generator<undefined, T>): Promise<T> {
  for (;;) {
    const { done, value } = run.next();
    if (done) return value;
    await nextTurn();
  }
}
