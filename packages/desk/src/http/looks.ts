import type { Tlp } from '@gongjo/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { caseNamed, findHold, findIncident, findRequest, markingsOf } from '../cases/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { noteRestrictedRead } from '../people/index.ts';
import type { Db } from '../platform/index.ts';
import { listRequests, objectDetail, objectMarkings } from '../sharing/index.ts';
import { groupDetail, listAlerts } from '../watch/index.ts';
import type { HttpContext } from './context.ts';

type Marking = Tlp | null | 'conflict';
/** One thing that carries a marking, as the record names it. */
interface Marked {
  readonly kind: 'incident' | 'hold' | 'case' | 'request' | 'object' | 'alert' | 'release';
  readonly id: string;
  readonly marking: Marking;
}
type Find = (context: Looking, id: string) => Promise<Omit<Marked, 'id'> | null>;

/** As whoever looks reads. */
interface Looking extends Pick<HttpContext, 'clock' | 'partnerContext'> {
  readonly db: Db;
}

/** Whoever looks at these is recorded. */
const restricted: ReadonlySet<Marking> = new Set(['amber+strict', 'red', 'conflict']);

const incidentMarking = async ({ db }: Looking, id: string | undefined): Promise<Marking> =>
  id === undefined ? null : ((await markingsOf(db, [id])).get(id) ?? null);

/** What an `:id` below each of these paths names, and how it is marked. The longest path that fits counts. */
const things: readonly (readonly [path: string, find: Find])[] = [
  [
    '/api/incidents/:id',
    async ({ db }, id) => {
      const found = await findIncident(db, id);
      return found && { kind: 'incident', marking: found.tlp };
    },
  ],
  ['/api/holds/:id', async ({ db }, id) => ({ kind: 'hold', marking: (await findHold(db, id)).tlp })],
  ['/api/cases/:id', async ({ db }, id) => ({ kind: 'case', marking: (await caseNamed(db, id)).tlp })],
  [
    '/api/requests/:id',
    async ({ db }, id) => {
      const found = await findRequest(db, id);
      return found && { kind: 'request', marking: found.tlp };
    },
  ],
  [
    '/api/objects/:id',
    async ({ db, partnerContext }, id) => ({
      kind: 'object',
      marking: (await objectDetail(db, partnerContext, id)).marking.tlp,
    }),
  ],
  [
    '/api/alert-groups/:id',
    async (context, id) => {
      const { incident } = await groupDetail(context.db, context.clock, id);
      return incident && { kind: 'alert', marking: await incidentMarking(context, incident.id) };
    },
  ],
  [
    '/api/alerts/:id',
    async (context, id) => {
      const alert = (await listAlerts(context.db)).find((it) => it.id === id);
      return alert?.incident ? { kind: 'alert', marking: await incidentMarking(context, alert.incident.id) } : null;
    },
  ],
  [
    '/api/approvals/:id',
    async ({ db, clock, partnerContext }, id) => {
      const found = (await listRequests(db, clock, null)).find((it) => it.id === id);
      if (!found) return null;
      const ids = found.objects.map((it) => it.id);
      const markings = await objectMarkings(db, partnerContext, ids);
      return { kind: 'release', marking: strictestOf(ids.map((it) => markings.get(it) ?? null)) };
    },
  ],
];

/** A release of several objects is decided on by whoever may see all of them. */
function strictestOf(markings: readonly Marking[]): Marking {
  const order: readonly Marking[] = ['clear', 'green', null, 'amber', 'amber+strict', 'red', 'conflict'];
  return markings.toSorted((a, b) => order.indexOf(b) - order.indexOf(a))[0] ?? null;
}

async function thingAt(context: Looking, url: string, id: string): Promise<Marked | null> {
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

async function markedBeside(context: Looking, request: FastifyRequest): Promise<Marked[]> {
  const { db, partnerContext } = context;
  const { incidents, cases, objects } = namedBeside(request);
  const ofCases = await Promise.all(cases.map((id) => thingAt(context, '/api/cases/:id', id)));
  const ofIncidents = incidents.length === 0 ? [] : [...(await markingsOf(db, incidents))];
  return [
    ...ofCases.filter((it) => it !== null),
    ...ofIncidents.map(([id, marking]): Marked => ({ kind: 'incident', id, marking })),
    ...[...(await objectMarkings(db, partnerContext, objects))].map(
      ([id, marking]): Marked => ({ kind: 'object', id, marking }),
    ),
  ];
}

/**
 * A look at restricted material (TLP:AMBER+STRICT, TLP:RED) is recorded: at what a path or a request names, where the person
 * may see it. What may be seen is the database's word (`seen`).
 */
export function recordLooks(api: FastifyInstance, context: HttpContext): void {
  const { records, seen, clock } = context;
  api.addHook('preHandler', async (request) => {
    if (request.viewer?.kind !== 'person') return;
    const { name: person } = request.viewer;
    const looking = { ...context, db: seen(request) };
    const { id } = (request.params ?? {}) as { id?: string };
    const thing = id === undefined ? null : await thingAt(looking, request.routeOptions.url ?? '', id);
    const looked: Marked[] = [...(thing ? [thing] : []), ...(await markedBeside(looking, request))];
    for (const { kind, id: of, marking } of looked)
      if (restricted.has(marking))
        await noteRestrictedRead(records, clock, { person, kind, id: of, marking: marking ?? 'unmarked' });
  });
}
