import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { apiRoot, type Collections, respond, taxiiBodyBytesMax, taxiiRoot, taxiiType } from './index.ts';
import { identity, idOf, openServer, type Server } from './taxii21.fixture.ts';

/** TAXII 2.1 section 4: discovery, API root, status; 5.1 and 5.2: collections. */

let server: Server;
before(async () => {
  server = await openServer();
});
after(() => server.close());

test('4.1.1 the discovery has a title, and names the API root as the default one, by a relative URL', async () => {
  const discovery = await server.read<{ title: string; default: string; api_roots: string[] }>(taxiiRoot);
  assert.equal(discovery.title, 'Seoul');
  assert.ok(discovery.api_roots.includes(discovery.default));
  for (const root of discovery.api_roots) assert.match(root, /^\/(?!\/)[^?]*\/$/);
});

test('4.2.1 the API root has its title, its versions and how much it takes', async () => {
  assert.deepEqual(await server.read<object>(apiRoot), {
    title: 'Seoul',
    versions: [taxiiType],
    max_content_length: taxiiBodyBytesMax,
  });
});

test('5.1.1 the collections of a caller, and an empty object where there are none', async () => {
  const { collections } = await server.read<{ collections: { alias: string }[] }>(`${apiRoot}collections/`);
  assert.deepEqual(
    collections.map(({ alias }) => alias),
    ['dropbox', 'listed', 'shared'],
  );
  const nobody: Collections = { ...server.collections, list: async () => [] };
  const asked = {
    method: 'GET',
    query: new URLSearchParams(),
    accept: taxiiType,
    contentType: '',
    body: '',
    signature: null,
  };
  assert.equal((await respond({ ...asked, path: `${apiRoot}collections/` }, nobody)).body, '{}');
});

test('5.2.1 a collection has its id, title, alias, rights and media types, and a description only where there is one', async () => {
  const shared = await server.read<{ id: string }>(server.of('shared'));
  assert.match(shared.id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual(shared, {
    id: shared.id,
    title: 'The shared',
    description: 'What is shared.',
    alias: 'shared',
    can_read: true,
    can_write: true,
    media_types: ['application/stix+json;version=2.1'],
  });
  const dropbox = await server.read<{ can_read: boolean; can_write: boolean }>(server.of('dropbox'));
  assert.deepEqual([dropbox.can_read, dropbox.can_write, 'description' in dropbox], [false, true, false]);
});

test('5.2.1 a collection is found by its alias as well', async () => {
  const byAlias = await server.read<object>(`${apiRoot}collections/shared/`);
  assert.deepEqual(byAlias, await server.read<object>(server.of('shared')));
});

test('5.2 a collection that the caller has no right in is 404, like one that does not exist', async () => {
  const hidden = await server.ask(`${apiRoot}collections/hidden/`);
  const invented = await server.ask(`${apiRoot}collections/91a7b528-80eb-42ed-a74d-c6fbd5a26116/`);
  assert.deepEqual([hidden.status, hidden.body], [404, invented.body]);
});

test('4.3 the status of a request is the one that it was answered with; another’s, or none, is 404', async () => {
  const post = { method: 'POST', contentType: taxiiType, body: JSON.stringify({ objects: [identity(1)] }) };
  const answered = await server.read<{ id: string }>(server.of('shared', 'objects/'), 202, post);
  assert.deepEqual(await server.read<object>(`${apiRoot}status/${answered.id}/`), answered);
  await server.read<object>(`${apiRoot}status/91a7b528-80eb-42ed-a74d-c6fbd5a26116/`, 404);
  await server.context.records.query(`update taxii_statuses set owner = 'account:other'`);
  await server.read<object>(`${apiRoot}status/${answered.id}/`, 404);
});

test('4.3.1 a status counts, names each object with its version, and says why one failed', async () => {
  const objects = [identity(1), identity(2, undefined, { object_marking_refs: [] }), { type: 'x' }];
  const post = { method: 'POST', contentType: taxiiType, body: JSON.stringify({ objects }) };
  const status = await server.read<Record<string, unknown>>(server.of('shared', 'objects/'), 202, post);
  const { id, failures, ...rest } = status as {
    id: string;
    failures: { id: string; version: string; message: string }[];
  };
  assert.match(id, /^[0-9a-f-]{36}$/);
  assert.deepEqual(rest, {
    status: 'complete',
    request_timestamp: '2026-01-01T00:00:00.000000Z',
    total_count: 3,
    success_count: 1,
    successes: [{ id: idOf('identity', 1), version: '2026-01-01T00:00:00.000Z' }],
    failure_count: 2,
    pending_count: 0,
  });
  assert.deepEqual(
    failures.map((it) => [it.id, it.version]),
    [
      [idOf('identity', 2), '2026-01-01T00:00:00.000Z'],
      ['objects/2', '1970-01-01T00:00:00.000Z'],
    ],
  );
  assert.ok(failures.every(({ message }) => message.length > 10));
});

test('4.3 a status is kept for a week, and then is 404', async () => {
  const post = { method: 'POST', contentType: taxiiType, body: JSON.stringify({ objects: [identity(1)] }) };
  const ask = () => server.read<{ id: string }>(server.of('shared', 'objects/'), 202, post);
  const { id } = await ask();
  server.clock.at += 7 * 86_400_000 - 1;
  await ask();
  await server.read(`${apiRoot}status/${id}/`);
  server.clock.at += 2;
  await ask();
  await server.read(`${apiRoot}status/${id}/`, 404);
});
