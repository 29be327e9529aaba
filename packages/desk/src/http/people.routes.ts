import { type ApiToken, type Person, type PersonLink, zNewPerson, zNewToken, zPersonChange } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { recordAudit } from '../audit/index.ts';
import {
  type Account,
  accountNamed,
  addPerson,
  changePerson,
  listPeople,
  makeLink,
  personNamed,
  revokeToken,
  sessionsOf,
  tokensOf,
} from '../people/index.ts';
import type { Db } from '../platform/index.ts';
import { endAllOf, endOneOf, makeToken } from './account.routes.ts';
import type { HttpContext } from './context.ts';
import { parseInput } from './parse.ts';
import { viewerOf } from './viewer.ts';

type Named = { Params: { person: string } };
type NamedPart = { Params: { person: string; id: string } };

/** Who works here: what administrators do about it, and auditors read. `:person` is an identifier or a name. */
export function peopleRoutes(api: FastifyInstance, context: HttpContext): void {
  const { records, clock, random, feed } = context;
  const { limits } = context.people;
  const { url } = context.partnerContext.desk;

  /** A link to register a passkey by: the first one, or one after all were lost. Those that are there stay. */
  const link = async (tx: Db, account: Account, by: string) => {
    const { token, expiresAt } = await makeLink(tx, { clock, random }, account, 'enrol');
    await recordAudit(tx, clock, { actor: by, action: 'person.link-made', subject: account.name, details: {} });
    return { enrolUrl: `${url}/enrol#${token}`, expiresAt };
  };

  api.get('/api/people', async () => ({ people: await listPeople(records, { clock, limits }) }));

  api.post('/api/people', async (request, reply) => {
    const { name: by } = viewerOf(request);
    const asked = parseInput(zNewPerson, request.body);
    const made = await records.transaction(async (tx) => {
      const account = await addPerson(tx, { clock, random }, asked, by);
      return { id: account.id, ...(await link(tx, account, by)) };
    });
    const { id, ...linked } = made;
    const answer: PersonLink = { person: await personNamed(records, { clock, limits }, id), ...linked };
    return reply.status(201).send(answer);
  });

  api.get<Named>('/api/people/:person', async (request) =>
    personNamed(records, { clock, limits }, request.params.person),
  );

  api.patch<Named>('/api/people/:person', async (request): Promise<Person> => {
    const viewer = viewerOf(request);
    const change = parseInput(zPersonChange, request.body);
    const by = { name: viewer.name, account: viewer.kind === 'person' ? viewer.account.id : null };
    const { id } = await records.transaction((tx) =>
      changePerson(tx, clock, { person: request.params.person, change, by }),
    );
    // Open pages ask again, and find what they may do now.
    feed.publish('status');
    return personNamed(records, { clock, limits }, id);
  });

  api.post<Named>('/api/people/:person/links', async (request, reply) => {
    const { name: by } = viewerOf(request);
    const { id, ...linked } = await records.transaction(async (tx) => {
      const account = await accountNamed(tx, request.params.person);
      return { id: account.id, ...(await link(tx, account, by)) };
    });
    const answer: PersonLink = { person: await personNamed(records, { clock, limits }, id), ...linked };
    return reply.status(201).send(answer);
  });

  const sessions = async ({ id }: Account) => ({
    sessions: await sessionsOf(records, { clock, limits }, id, null),
  });

  api.get<Named>('/api/people/:person/sessions', async (request) =>
    sessions(await accountNamed(records, request.params.person)),
  );

  api.delete<Named>('/api/people/:person/sessions', async (request) => {
    const account = await accountNamed(records, request.params.person);
    await endAllOf(context, account, null, viewerOf(request).name);
    feed.publish('status');
    return sessions(account);
  });

  api.delete<NamedPart>('/api/people/:person/sessions/:id', async (request) => {
    const account = await accountNamed(records, request.params.person);
    await endOneOf(context, account, request.params.id, viewerOf(request).name);
    feed.publish('status');
    return sessions(account);
  });

  api.get<Named>('/api/people/:person/tokens', async (request) => ({
    tokens: await tokensOf(records, (await accountNamed(records, request.params.person)).id),
  }));

  api.post<Named>('/api/people/:person/tokens', async (request, reply) => {
    const account = await accountNamed(records, request.params.person);
    const asked = parseInput(zNewToken, request.body);
    return reply.status(201).send(await makeToken(context, account, asked, viewerOf(request).name));
  });

  api.delete<NamedPart>('/api/people/:person/tokens/:id', async (request): Promise<ApiToken> => {
    const account = await accountNamed(records, request.params.person);
    return records.transaction((tx) => revokeToken(tx, clock, account, request.params.id, viewerOf(request).name));
  });
}
