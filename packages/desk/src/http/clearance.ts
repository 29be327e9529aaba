import type { ReleaseRequest, Tlp } from '@gongjo/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { caseNamed, findHold, findIncident, findRequest, markingsOf } from '../cases/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { noteRestrictedRead } from '../people/index.ts';
import { listRequests, objectDetail, objectMarkings } from '../sharing/index.ts';
import { groupDetail, listAlerts } from '../watch/index.ts';
import type { HttpContext } from './context.ts';
import { isCleared } from './guard.ts';
import { clearedObjects } from './sight.ts';
import { type Viewer, viewerOf } from './viewer.ts';

type Marking = Tlp | null | 'conflict';
/** One thing that carries a marking, as the record names it. */
interface Marked {
  readonly kind: 'incident' | 'hold' | 'case' | 'request' | 'object' | 'alert' | 'release';
  readonly id: string;
  readonly marking: Marking;
}
type Find = (context: HttpContext, id: string) => Promise<Omit<Marked, 'id'> | null>;

/** Whoever looks at these is recorded. */
const restricted: ReadonlySet<Marking> = new Set(['amber+strict', 'red', 'conflict']);

const incidentMarking = async ({ records }: HttpContext, id: string | undefined): Promise<Marking> =>
  id === undefined ? null : ((await markingsOf(records, [id])).get(id) ?? null);

/** What an `:id` below each of these paths names, and how it is marked. The longest path that fits counts. */
const things: readonly (readonly [path: string, find: Find])[] = [
  [
    '/api/incidents/:id',
    async ({ records }, id) => {
      const found = await findIncident(records, id);
      return found && { kind: 'incident', marking: found.tlp };
    },
  ],
  ['/api/holds/:id', async ({ records }, id) => ({ kind: 'hold', marking: (await findHold(records, id)).tlp })],
  ['/api/cases/:id', async ({ records }, id) => ({ kind: 'case', marking: (await caseNamed(records, id)).tlp })],
  [
    '/api/requests/:id',
    async ({ records }, id) => {
      const found = await findRequest(records, id);
      return found && { kind: 'request', marking: found.tlp };
    },
  ],
  [
    '/api/objects/:id',
    async ({ records, partnerContext }, id) => ({
      kind: 'object',
      marking: (await objectDetail(records, partnerContext, id)).marking.tlp,
    }),
  ],
  [
    '/api/alert-groups/:id',
    async (context, id) => {
      const { incident } = await groupDetail(context.records, context.clock, id);
      return incident && { kind: 'alert', marking: await incidentMarking(context, incident.id) };
    },
  ],
  [
    '/api/alerts/:id',
    async (context, id) => {
      const alert = (await listAlerts(context.records)).find((it) => it.id === id);
      return alert?.incident ? { kind: 'alert', marking: await incidentMarking(context, alert.incident.id) } : null;
    },
  ],
  [
    '/api/approvals/:id',
    async ({ records, clock, partnerContext }, id) => {
      const found = (await listRequests(records, clock, null)).find((it) => it.id === id);
      if (!found) return null;
      const ids = found.objects.map((it) => it.id);
      const markings = await objectMarkings(records, partnerContext, ids);
      return { kind: 'release', marking: strictestOf(ids.map((it) => markings.get(it) ?? null)) };
    },
  ],
];

/** A release of several objects is decided on by whoever may see all of them. */
function strictestOf(markings: readonly Marking[]): Marking {
  const order: readonly Marking[] = ['clear', 'green', null, 'amber', 'amber+strict', 'red', 'conflict'];
  return markings.toSorted((a, b) => order.indexOf(b) - order.indexOf(a))[0] ?? null;
}

async function thingAt(context: HttpContext, url: string, id: string): Promise<Marked | null> {
  const entry = things.find(([path]) => url === path || url.startsWith(`${path}/`));
  if (!entry) return null;
  try {
    const found = await entry[1](context, id);
    return found && { ...found, id };
  } catch (thrown) {
    // What is not there is the route's to say, in its own words.
    if (thrown instanceof GongjoError) return null;
    throw thrown;
  }
}

/** What a request names beside its path: what it asks for is made of that, or goes out. */
function namedBeside({ body, query }: FastifyRequest): { incidents: string[]; cases: string[]; objects: string[] } {
  const said = [body, query].map((it) => (it ?? {}) as Readonly<Record<string, unknown>>);
  const named = (...keys: string[]) =>
    said.flatMap((it) => keys.flatMap((key) => it[key])).filter((it) => typeof it === 'string');
  // An incident or a case is what comparisons refer to; an incident or an object is what is released and recalled.
  return {
    incidents: named('incident', 'incidents', 'other', 'reference', 'what'),
    cases: named('case', 'reference'),
    objects: named('object', 'what'),
  };
}

async function markedBeside(context: HttpContext, request: FastifyRequest): Promise<Marked[]> {
  const { records, partnerContext } = context;
  const { incidents, cases, objects } = namedBeside(request);
  const ofCases = await Promise.all(cases.map((id) => thingAt(context, '/api/cases/:id', id)));
  const ofIncidents = incidents.length === 0 ? [] : [...(await markingsOf(records, incidents))];
  return [
    ...ofCases.filter((it) => it !== null),
    ...ofIncidents.map(([id, marking]): Marked => ({ kind: 'incident', id, marking })),
    ...[...(await objectMarkings(records, partnerContext, objects))].map(
      ([id, marking]): Marked => ({ kind: 'object', id, marking }),
    ),
  ];
}

/** Lists, by their name in the answer: of what is listed, what the reader is not cleared for is left out. */
interface Item {
  readonly tlp?: Tlp | null;
  readonly incident?: { readonly id: string } | string | null;
  readonly id?: string;
  readonly objects?: ReleaseRequest['objects'];
  /** What a relationship joins with. */
  readonly other?: { readonly id: string };
}
const lists: Readonly<Record<string, string>> = {
  'GET /api/incidents': 'incidents',
  'GET /api/cases': 'cases',
  'GET /api/requests': 'requests',
  'GET /api/holds': 'holds',
  'GET /api/objects': 'objects',
  'GET /api/objects/:id': 'relations',
  'GET /api/alerts': 'alerts',
  'GET /api/alert-groups': 'groups',
  'GET /api/approvals': 'requests',
  'GET /api/notices': 'notices',
  'GET /api/measures': 'incidents',
  'GET /api/incidents/:id/matches': 'matches',
};

const incidentOf = ({ incident }: Item) => (typeof incident === 'string' ? incident : incident?.id);

/** Lists of objects say how each marks itself; what counts is how it is marked here. */
async function clearedOfObjects(context: HttpContext, viewer: Viewer, items: readonly Item[]): Promise<Item[]> {
  const idsOf = ({ id, objects, other }: Item) => objects?.map((it) => it.id) ?? [id ?? [], other?.id ?? []].flat();
  const cleared = await clearedObjects(context, viewer, [...new Set(items.flatMap(idsOf))]);
  return items.filter((item) => idsOf(item).every((it) => cleared.has(it)));
}

async function clearedOf(context: HttpContext, viewer: Viewer, items: readonly Item[]): Promise<Item[]> {
  const ids = [...new Set(items.flatMap((item) => incidentOf(item) ?? []))];
  const markings = await markingsOf(context.records, ids);
  return items.filter((item) => {
    const about = incidentOf(item);
    const ofIncident = about === undefined ? undefined : markings.get(about);
    return (
      (item.tlp === undefined || isCleared(context, viewer, item.tlp)) &&
      (ofIncident === undefined || isCleared(context, viewer, ofIncident))
    );
  });
}

/**
 * Clearance, asked in one place for everything that carries a marking: what a reader is not cleared for is not found, and in
 * no list. A look at restricted material (TLP:AMBER+STRICT, TLP:RED) is recorded.
 */
export function clearance(api: FastifyInstance, context: HttpContext): void {
  const { records, clock } = context;

  api.addHook('preHandler', async (request) => {
    if (request.viewer?.kind !== 'person') return;
    const viewer = request.viewer;
    const url = request.routeOptions.url ?? '';
    // Everything at once is for whoever may see everything.
    if (url === '/api/stix/export' && !isCleared(context, viewer, 'red')) throw new GongjoError('not-found');
    const { id } = (request.params ?? {}) as { id?: string };
    const thing = id === undefined ? null : await thingAt(context, url, id);
    const looked: Marked[] = [...(thing ? [thing] : []), ...(await markedBeside(context, request))];
    for (const { marking } of looked) if (!isCleared(context, viewer, marking)) throw new GongjoError('not-found');
    for (const { kind, id: of, marking } of looked)
      if (restricted.has(marking))
        await noteRestrictedRead(records, clock, {
          ...{ person: viewer.name, kind, id: of, marking: marking ?? 'unmarked' },
        });
  });

  api.addHook('preSerialization', async (request, reply, payload) => {
    const { url } = request.routeOptions;
    const key = lists[`${request.method} ${url}`];
    if (key === undefined || request.viewer?.kind !== 'person' || reply.statusCode >= 400) return payload;
    const answer = payload as Readonly<Record<string, readonly Item[]>>;
    const items = answer[key];
    if (!items) return payload;
    const viewer = viewerOf(request);
    const cleared = await clearedOf(context, viewer, items);
    const isOfObjects = ['objects', 'relations'].includes(key) || url === '/api/approvals';
    return { ...answer, [key]: isOfObjects ? await clearedOfObjects(context, viewer, cleared) : cleared };
  });
}
