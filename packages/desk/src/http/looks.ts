import type { Tlp } from '@gongjo/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { findAsked, findCase, findHold, findIncident, findRequest } from '../cases/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { noteRestrictedRead } from '../people/index.ts';
import type { Db } from '../platform/index.ts';
import { objectMarkings, requestRefs } from '../sharing/index.ts';
import { findAlert, groupDetail } from '../watch/index.ts';
import type { HttpContext } from './context.ts';

/** One thing that carries a marking, as the record names it. `null`, of an object: unmarked, which is kept like RED. */
interface Look {
  readonly kind: 'incident' | 'hold' | 'case' | 'request' | 'object';
  readonly id: string;
  readonly marking: Tlp | 'conflict' | null;
}
/** As whoever looks reads. */
interface Looking extends Pick<HttpContext, 'clock' | 'partnerContext'> {
  readonly db: Db;
}
type Named = Readonly<Record<string, string>>;

const restricted: ReadonlySet<Look['marking']> = new Set(['amber+strict', 'red', 'conflict', null]);
/** A request names a few things; what comes by the thousand is no request of a person's. */
const namedMax = 100;

const marked = (kind: Look['kind'], id: string, found: { readonly tlp: Tlp } | null): Look[] =>
  found === null ? [] : [{ kind, id, marking: found.tlp }];
const incidentLooks = async ({ db }: Looking, id: string | undefined) =>
  id === undefined ? [] : marked('incident', id, await findIncident(db, id));
const objectLooks = async ({ db, partnerContext }: Looking, ids: readonly string[]) =>
  [...(await objectMarkings(db, partnerContext, ids))].map(([id, marking]): Look => ({ kind: 'object', id, marking }));

/** What is looked at by what stands below each of these paths. */
const paths: Readonly<Record<string, (looking: Looking, named: Named) => Promise<Look[]>>> = {
  '/api/incidents/:id': (looking, { id }) => incidentLooks(looking, id),
  '/api/holds/:id': async ({ db }, { id = '' }) => marked('hold', id, await findHold(db, id)),
  '/api/asked-holds/:desk/:id': async ({ db }, { desk = '', id = '' }) =>
    marked('hold', id, await findAsked(db, desk, id)),
  '/api/cases/:id': async ({ db }, { id = '' }) => marked('case', id, await findCase(db, id)),
  '/api/requests/:id': async ({ db }, { id = '' }) => marked('request', id, await findRequest(db, id)),
  '/api/objects/:id': (looking, { id = '' }) => objectLooks(looking, [id]),
  '/api/alert-groups/:id': async (looking, { id = '' }) =>
    incidentLooks(looking, (await groupDetail(looking.db, looking.clock, id)).incident?.id),
  '/api/alerts/:id': async (looking, { id = '' }) =>
    incidentLooks(looking, (await findAlert(looking.db, id))?.incident?.id),
  '/api/approvals/:id': async (looking, { id = '' }) =>
    objectLooks(
      looking,
      (await requestRefs(looking.db, id)).map((ref) => ref.id),
    ),
};

async function lookedAt(looking: Looking, request: FastifyRequest): Promise<Look[]> {
  const { url = '' } = request.routeOptions;
  const path = Object.keys(paths).find((it) => url === it || url.startsWith(`${it}/`));
  try {
    return (await paths[path ?? '']?.(looking, request.params as Named)) ?? [];
  } catch (thrown) {
    // What is not there is the route's to say, in its own words.
    if (thrown instanceof GongjoError) return [];
    throw thrown;
  }
}

/** What a request names beside its path: what it asks for is made of that, or goes out. */
async function namedBeside(looking: Looking, { body, query }: FastifyRequest): Promise<Look[]> {
  const said = [body, query].map((it) => (it ?? {}) as Readonly<Record<string, unknown>>);
  const named = (...keys: string[]) =>
    said
      .flatMap((it) => keys.flatMap((key) => it[key]))
      .filter((it) => typeof it === 'string')
      .slice(0, namedMax);
  // An incident or a case is what comparisons refer to; an incident or an object is what is released and recalled.
  const looks: Look[] = await objectLooks(looking, named('object', 'what'));
  for (const id of named('incident', 'incidents', 'other', 'reference'))
    looks.push(...(await incidentLooks(looking, id)));
  for (const id of named('case', 'reference')) looks.push(...marked('case', id, await findCase(looking.db, id)));
  return looks;
}

/**
 * A look at restricted material (TLP:AMBER+STRICT, TLP:RED, what contradicts itself, objects without a marking) is recorded: at what
 * a path or a request names, where the person may see it. What may be seen is the database's word (`seen`).
 */
export function recordLooks(api: FastifyInstance, context: HttpContext): void {
  const { records, seen, clock } = context;
  api.addHook('preHandler', async (request) => {
    if (request.viewer?.kind !== 'person') return;
    const { name: person } = request.viewer;
    const looking = { ...context, db: seen(request) };
    const looks = [...(await lookedAt(looking, request)), ...(await namedBeside(looking, request))];
    for (const { kind, id, marking } of looks)
      if (restricted.has(marking))
        await noteRestrictedRead(records, clock, { person, kind, id, marking: marking ?? 'unmarked' });
  });
}
