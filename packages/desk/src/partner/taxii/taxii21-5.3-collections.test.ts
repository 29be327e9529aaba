import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { fillCollection } from '../../sharing/index.ts';
import { collectionNamed, partyOfCollection } from '../taxii-collection.store.ts';
import { taxiiType } from './index.ts';
import { domain, type Envelope, identity, idOf, idsIn, openServer, red, type Server } from './taxii21.fixture.ts';

/** TAXII 2.1 sections 5.3 to 5.8: manifests, objects, additions, deletions, versions. */

let server: Server;
before(async () => {
  server = await openServer();
});
beforeEach(() => server.empty());
after(() => server.close());

const v = (day: number) => `2026-01-0${day}T00:00:00.000Z`;
const one = idOf('identity', 1);
const shared = (rest: string) => server.of('shared', rest);
const post = (objects: readonly unknown[], change: object = {}) =>
  server.ask(shared('objects/'), {
    method: 'POST',
    contentType: taxiiType,
    body: JSON.stringify({ objects }),
    ...change,
  });
const remove = (path: string) => server.ask(path, { method: 'DELETE' });

test('5.3.1 a manifest names id, date, version and media type of each object', async () => {
  await server.put('shared', [identity(1, v(1)), domain(2)]);
  assert.deepEqual((await server.read(shared('manifest/'))).objects, [
    {
      id: one,
      date_added: '2026-01-01T00:00:00.000000Z',
      version: v(1),
      media_type: 'application/stix+json;version=2.1',
    },
    {
      id: domain(2).id,
      date_added: '2026-01-01T00:00:00.000001Z',
      version: '1970-01-01T00:00:00.000Z',
      media_type: 'application/stix+json;version=2.1',
    },
  ]);
});

test('5.3 a manifest is filtered and paged as the objects are', async () => {
  await server.put('shared', [identity(1, v(1)), identity(1, v(2)), domain(1), identity(2), domain(2), identity(3)]);
  for (const query of [
    '',
    '?match[type]=domain-name',
    '?match[version]=all&limit=2',
    `?match[id]=${one}`,
    '?limit=3',
  ]) {
    const manifest = await server.read(shared(`manifest/${query}`));
    const objects = await server.read(shared(`objects/${query}`));
    assert.deepEqual(
      [idsIn(manifest), manifest.more, manifest.next],
      [idsIn(objects), objects.more, objects.next],
      query,
    );
  }
});

test('5.3 an empty manifest is an empty object', async () => {
  assert.equal((await server.ask(shared('manifest/'))).body, '{}');
});

test('5.3 5.4 5.6 5.8 reading a collection with can_read: false is 403, one without any right 404', async () => {
  for (const rest of ['manifest/', 'objects/', `objects/${one}/`, `objects/${one}/versions/`]) {
    await server.read(server.of('dropbox', rest), 403);
    await server.read(`/taxii2/api/collections/hidden/${rest}`, 404);
  }
});

test('5.4 a page ends at a thousand objects or 8 MB, and the first object comes however large it is', async () => {
  await server.put(
    'shared',
    [1, 2, 3, 4].map((n) => identity(n, v(1), { description: 'x'.repeat(n === 1 ? 9_000_000 : 3_500_000) })),
  );
  const pages: number[] = [];
  let next = '';
  do {
    const page: Envelope = await server.read(shared(`objects/?limit=1000${next && `&next=${next}`}`));
    pages.push(idsIn(page).length);
    next = page.next ?? '';
  } while (next !== '');
  assert.deepEqual(pages, [1, 2, 1]);
});

test('5.5 what is added is answered 202, and is there', async () => {
  const response = await post([identity(1), domain(1)]);
  assert.equal(response.status, 202, response.body);
  assert.deepEqual((await server.read(shared('objects/'))).objects, [identity(1), domain(1)]);
});

test('5.5 an exact duplicate is no error, and no second object', async () => {
  await post([identity(1)]);
  const again = JSON.parse((await post([identity(1)])).body) as { success_count: number; failure_count: number };
  assert.deepEqual([again.success_count, again.failure_count], [1, 0]);
  assert.deepEqual(idsIn(await server.read(shared('objects/'))), [one]);
});

test('5.5 the same version with other content fails for itself; the rest is taken', async () => {
  await post([identity(1)]);
  const status = JSON.parse((await post([identity(1, undefined, { name: 'other' }), identity(2)])).body) as {
    failures: { id: string; message: string }[];
    success_count: number;
  };
  assert.deepEqual([status.failures.map(({ id }) => id), status.success_count], [[one], 1]);
  assert.deepEqual((await server.read(shared('objects/'))).objects, [identity(1), identity(2)]);
});

test('5.5 a newer version supersedes, and an older one that comes late does not', async () => {
  await post([identity(1, v(2))]);
  await post([identity(1, v(3))]);
  await post([identity(1, v(1))]);
  assert.deepEqual(
    (await server.read(shared('objects/'))).objects?.map(({ modified }) => modified),
    [v(3)],
  );
  assert.deepEqual((await server.read(shared(`objects/${one}/versions/`))).versions, [v(2), v(3), v(1)]);
});

test('5.5 what policy does not let in is told for its object', async () => {
  const status = JSON.parse((await post([identity(1, v(1), { object_marking_refs: [red] })])).body) as {
    failures: { message: string }[];
  };
  assert.match(String(status.failures[0]?.message), /TLP:RED is not taken/);
  assert.equal((await server.ask(shared('objects/'))).body, '{}');
});

test('5.5 writing to a collection with can_write: false is 403, to one without any right 404', async () => {
  for (const [collection, status] of [
    [server.of('listed'), 403],
    ['/taxii2/api/collections/hidden/', 404],
  ] as const)
    await server.read(`${collection}objects/`, status, { method: 'POST', contentType: taxiiType, body: '{}' });
});

test('5.5 who may only write adds and does not read', async () => {
  const response = await server.ask(server.of('dropbox', 'objects/'), {
    method: 'POST',
    contentType: taxiiType,
    body: JSON.stringify({ objects: [identity(1)] }),
  });
  assert.equal(response.status, 202);
});

test('5.5 a body of another media type is 415, of another version of STIX or malformed 422', async () => {
  for (const contentType of ['', 'application/json', 'application/taxii+json;version=2.0'])
    assert.equal((await post([identity(1)], { contentType })).status, 415, contentType);
  for (const body of ['', '{', '[]', 'null', '"x"', '{}', '{"objects":[]}', '{"objects":{}}', '{"objects":1}'])
    assert.equal((await post([], { body })).status, 422, body);
  const { spec_version: _, ...old } = identity(1);
  const status = JSON.parse((await post([old])).body) as { failures: { message: string }[] };
  assert.match(String(status.failures[0]?.message), /2\.0/);
});

test('5.5 hostile objects fail one by one, and nothing of them is kept', async () => {
  const deep: unknown = JSON.parse(`${'{"a":'.repeat(300)}1${'}'.repeat(300)}`);
  const objects = [
    { ...identity(1), x_deep: deep },
    { ...identity(2), name: 'nul \u0000' },
    { ...identity(3), modified: '2025-01-01T00:00:00.000Z' },
    { ...identity(4), id: 'identity--4' },
    null,
    [],
    'identity',
    { ...identity(5), name: 5 },
  ];
  const status = JSON.parse((await post(objects)).body) as { success_count: number; failure_count: number };
  assert.deepEqual([status.success_count, status.failure_count], [0, objects.length]);
  assert.equal((await server.ask(shared('objects/'))).body, '{}');
});

test('5.6 an object by its id, its latest version unless said; 404 where it is not there', async () => {
  await server.put('shared', [identity(1, v(1)), identity(1, v(2)), identity(2)]);
  const versions = async (query: string, status = 200) =>
    (await server.read(shared(`objects/${one}/${query}`), status)).objects?.map(({ modified }) => modified);
  assert.deepEqual(await versions(''), [v(2)]);
  assert.deepEqual(await versions('?match[version]=all'), [v(1), v(2)]);
  assert.deepEqual(await versions(`?match[version]=${v(1)}`), [v(1)]);
  assert.deepEqual(await versions('?match[version]=all&limit=1'), [v(1)]);
  await versions(`?match[version]=${v(3)}`, 404);
  await server.read(shared(`objects/${idOf('identity', 9)}/`), 404);
  await server.read(shared('objects/nonsense/'), 404);
});

test('5.6 an object that is there and that the filters leave out is an empty envelope', async () => {
  await server.put('shared', [identity(1, v(1))]);
  for (const query of ['added_after=2027-01-01T00:00:00Z', 'match[spec_version]=2.0'])
    assert.equal((await server.ask(shared(`objects/${one}/?${query}`))).body, '{}', query);
});

test('5.7 a deleted object is 404, in no list and in no manifest, and is not brought back by itself', async () => {
  await post([identity(1), identity(2)]);
  const { status, body } = await remove(shared(`objects/${one}/`));
  assert.deepEqual([status, body], [200, '']);
  for (const rest of [`objects/${one}/`, `objects/${one}/versions/`, `objects/${one}/?match[version]=all`])
    await server.read(shared(rest), 404);
  for (const rest of ['objects/?match[version]=all', 'manifest/?match[version]=all'])
    assert.deepEqual(idsIn(await server.read(shared(rest))), [idOf('identity', 2)]);
  await server.read(shared(`objects/${one}/`), 404, { method: 'DELETE' });
});

test('5.7 a deleted object stays out when the collection is filled again, and comes back when it is added again', async () => {
  await post([identity(1), identity(2)]);
  await remove(shared(`objects/${one}/`));
  const fill = () =>
    server.context.records.transaction(async (tx) => {
      const collection = await collectionNamed(tx, 'shared');
      return fillCollection(tx, server.context, partyOfCollection(collection), collection.selection, {
        to: 0,
        basis: '',
      });
    });
  assert.deepEqual((await fill()).released, 0);
  assert.deepEqual(idsIn(await server.read(shared('objects/'))), [idOf('identity', 2)]);
  await post([identity(1)]);
  assert.deepEqual(idsIn(await server.read(shared('objects/'))), [idOf('identity', 2), one]);
});

test('5.7 one version can be deleted; what is then the newest is the latest', async () => {
  await server.put('shared', [identity(1, v(1)), identity(1, v(2)), identity(1, v(3))]);
  const versions = async () => (await server.read(shared(`objects/${one}/versions/`))).versions;
  await remove(shared(`objects/${one}/?match[version]=last`));
  assert.deepEqual(await versions(), [v(1), v(2)]);
  assert.deepEqual(
    (await server.read(shared('objects/'))).objects?.map(({ modified }) => modified),
    [v(2)],
  );
  await remove(shared(`objects/${one}/?match[version]=2026-01-02T00:00:00Z&match[spec_version]=2.1`));
  assert.deepEqual(await versions(), [v(1)]);
  await server.read(shared(`objects/${one}/?match[version]=${v(3)}`), 404);
  assert.equal((await remove(shared(`objects/${one}/?match[version]=${v(3)}`))).status, 404);
  assert.equal((await remove(shared(`objects/${one}/?match[spec_version]=2.0`))).status, 404);
});

test('5.7 without both rights a deletion is 403, without any 404; other collections keep the object', async () => {
  await server.put('shared', [identity(1)]);
  await server.put('listed', [identity(1)]);
  assert.equal((await remove(server.of('listed', `objects/${one}/`))).status, 403);
  assert.equal((await remove(server.of('dropbox', `objects/${one}/`))).status, 403);
  assert.equal((await remove(`/taxii2/api/collections/hidden/objects/${one}/`)).status, 404);
  assert.equal((await remove(shared(`objects/${one}/`))).status, 200);
  assert.deepEqual(idsIn(await server.read(server.of('listed', 'objects/'))), [one]);
});

test('5.7 a deletion is on record', async () => {
  await server.put('shared', [identity(1)]);
  await remove(shared(`objects/${one}/`));
  const audit = await server.context.records.query<object>(
    `select actor, action, subject from audit_entries where action = 'taxii.deleted'`,
  );
  assert.deepEqual(audit, [{ actor: 'account:misp', action: 'taxii.deleted', subject: one }]);
});

test('5.8 every version, as it was added, paged; 404 for an object that is not there', async () => {
  await server.put('shared', [identity(1, v(2)), identity(1, v(1)), identity(1, v(3))]);
  const first = await server.read(shared(`objects/${one}/versions/?limit=2`));
  assert.deepEqual([first.versions, first.more], [[v(2), v(1)], true]);
  const rest = await server.read(shared(`objects/${one}/versions/?limit=2&next=${first.next}`));
  assert.deepEqual([rest.versions, rest.more], [[v(3)], undefined]);
  assert.equal((await server.ask(shared(`objects/${one}/versions/?match[spec_version]=2.0`))).body, '{}');
  await server.read(shared(`objects/${idOf('identity', 9)}/versions/`), 404);
});

test('5.8 one version from two origins is one version', async () => {
  await server.put('shared', [identity(1, v(1))]);
  await server.context.records.query(
    `insert into release_decisions (recipient, object_id, modified, origin, type, sha256, outcome, released, reasons, basis, decided_at, copy)
     select recipient, object_id, modified, 'washington', type, sha256, outcome, released, reasons, basis, decided_at, '{}' from release_decisions`,
  );
  assert.deepEqual((await server.read(shared(`objects/${one}/versions/`))).versions, [v(1)]);
});
