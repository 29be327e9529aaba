import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import fc from 'fast-check';
import { apiRoot, taxiiRoot, taxiiType } from './index.ts';
import { domain, type Envelope, identity, idOf, idsIn, openServer, type Server } from './taxii21.fixture.ts';

/** TAXII 2.1 section 3: endpoints, headers, sorting, filtering, pagination, errors, the envelope. */

let server: Server;
before(async () => {
  server = await openServer();
});
beforeEach(() => server.empty());
after(() => server.close());

const objects = (query = '') => server.of('shared', `objects/${query}`);
const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const some = (count: number) => Array.from({ length: count }, (_, n) => identity(n));
const ids = (...numbers: number[]) => numbers.map((n) => idOf('identity', n));

const everyPath = () => [
  taxiiRoot,
  apiRoot,
  `${apiRoot}collections/`,
  server.of('shared'),
  server.of('shared', 'manifest/'),
  objects(),
  objects(`${idOf('identity', 0)}/`),
  objects(`${idOf('identity', 0)}/versions/`),
];

test('3.1 a path without its last slash is 404, and so is one that names nothing', async () => {
  await server.put('shared', some(1));
  for (const path of everyPath()) {
    assert.equal((await server.ask(path)).status, 200, path);
    assert.equal((await server.ask(path.slice(0, -1))).status, 404, path);
  }
  for (const path of [
    `${apiRoot}collections/constructor/`,
    `${apiRoot}__proto__/`,
    `${apiRoot}collections/%E0%A4%A/`,
    `${apiRoot}collections//objects/`,
    `${taxiiRoot}unknown/`,
    `${objects()}x/y/`,
    `${apiRoot}status/`,
  ])
    assert.equal((await server.ask(path)).status, 404, path);
});

test('3.1 every answer names its media type and version, errors included', async () => {
  await server.put('shared', some(1));
  for (const path of [...everyPath(), '/taxii2/unknown/', objects('?limit=0')]) {
    assert.equal((await server.ask(path)).headers['content-type'], taxiiType, path);
    assert.equal((await server.ask(path, { accept: 'text/html' })).headers['content-type'], taxiiType, path);
  }
});

test('3.1 HEAD is answered like GET without its body', async () => {
  await server.put('shared', some(1));
  for (const path of everyPath()) {
    const { status, headers, body } = await server.ask(path, { method: 'HEAD' });
    assert.deepEqual([status, body], [200, ''], path);
    assert.deepEqual(headers, (await server.ask(path)).headers);
  }
});

test('3.1 a method that an endpoint does not have is 405 and says which it has', async () => {
  for (const [path, allow] of [
    [taxiiRoot, 'GET, HEAD'],
    [objects(), 'GET, HEAD, POST'],
    [objects(`${idOf('identity', 0)}/`), 'GET, HEAD, DELETE'],
  ] as const)
    for (const method of ['PUT', 'PATCH', 'constructor', 'OPTIONS']) {
      const { status, headers } = await server.ask(path, { method });
      assert.deepEqual([status, headers.allow], [405, allow], `${method} ${path}`);
    }
});

test('3.2 X-TAXII-Date-Added-First and -Last are on every answer of the four endpoints, in microseconds', async () => {
  const paths = everyPath().slice(4);
  for (const path of paths.slice(0, 2)) {
    const { headers } = await server.ask(`${path}?added_after=2026-05-05T05:05:05.5Z`);
    assert.equal(
      headers['x-taxii-date-added-first'],
      '2026-05-05T05:05:05.500000Z',
      'an empty page names where it began',
    );
    assert.equal(headers['x-taxii-date-added-last'], '2026-05-05T05:05:05.500000Z');
    assert.equal((await server.ask(path)).headers['x-taxii-date-added-last'], '1970-01-01T00:00:00.000000Z');
  }
  await server.put('shared', some(3));
  for (const path of paths) {
    const { headers } = await server.ask(path);
    assert.match(String(headers['x-taxii-date-added-first']), timestamp, path);
    assert.match(String(headers['x-taxii-date-added-last']), timestamp, path);
  }
});

test('3.2 the two headers are the dates of the first and the last object', async () => {
  await server.put('shared', some(5));
  const manifest = await server.read(server.of('shared', 'manifest/?limit=3'));
  const { headers } = await server.ask(objects('?limit=3'));
  assert.equal(headers['x-taxii-date-added-first'], manifest.objects?.[0]?.date_added);
  assert.equal(headers['x-taxii-date-added-last'], manifest.objects?.[2]?.date_added);
});

test('3.3 objects come in ascending order of the date they were added', async () => {
  await server.put('shared', [identity(9), identity(3)]);
  server.clock.at -= 60_000; // The clock is set back; what is added later is later all the same.
  await server.put('shared', [identity(7), domain(1)]);
  assert.deepEqual(idsIn(await server.read(objects())), [...ids(9, 3, 7), domain(1).id]);
  const dates = (await server.read(server.of('shared', 'manifest/'))).objects?.map((it) => it.date_added) ?? [];
  assert.deepEqual(dates, [...new Set(dates)].sort(), 'strictly ascending');
});

test('3.3 collections come in one order, again and again', async () => {
  const list = () => server.read(`${apiRoot}collections/`);
  assert.deepEqual(await list(), await list());
});

test('3.4 a malformed parameter is 400 and named', async () => {
  for (const query of [
    'limit=0',
    'limit=-1',
    'limit=ten',
    'limit=1.5',
    'limit=',
    'next=x',
    'next=-1',
    'next=99999999999999999999',
    'next=9223372036854775808',
    'added_after=yesterday',
    'added_after=2026-13-01T00:00:00Z',
    'added_after=2026-02-30T00:00:00Z',
    'added_after=2026-01-01',
    'added_after=2026-01-01T00:00:00',
    'match[id]=',
    'match[id]=identity',
    'match[type]=',
    'match[type]=a%20b',
    'match[version]=',
    'match[version]=newest',
    'match[version]=2026-01-01',
    'match[spec_version]=two',
    'match[spec_version]=',
  ]) {
    for (const path of [objects(`?${query}`), server.of('shared', `manifest/?${query}`)]) {
      const { title } = await server.read<{ title: string }>(path, 400);
      assert.ok(title.includes(query.split('=')[0] ?? ''), title);
    }
  }
});

test('3.4 a parameter or a match field given twice is 400', async () => {
  for (const query of [
    'limit=1&limit=2',
    'next=1&next=2',
    'added_after=2026-01-01T00:00:00Z&added_after=2026-01-02T00:00:00Z',
    'match[type]=identity&match[type]=indicator',
    'match[version]=first&match[version]=last',
  ])
    await server.read(objects(`?${query}`), 400);
});

test('3.4 parameters and match fields that the specification does not define are left aside', async () => {
  await server.put('shared', some(2));
  assert.deepEqual(idsIn(await server.read(objects('?page=3&match[name]=x&match[confidence]=1'))), ids(0, 1));
});

test('3.4 added_after gives what was added later, of any precision and offset, and nothing of that very time', async () => {
  await server.put('shared', some(4));
  const { objects: records = [] } = await server.read(server.of('shared', 'manifest/'));
  for (const [index, { date_added = '' }] of records.entries())
    assert.deepEqual(idsIn(await server.read(objects(`?added_after=${date_added}`))), ids(0, 1, 2, 3).slice(index + 1));
  for (const [time, expected] of [
    ['2025-12-31T23:59:59Z', 4],
    ['2026-01-01T08:59:59.9%2B09:00', 4],
    ['2026-01-01T08:59:59.9+09:00', 4],
    ['2025-12-31T19:00:01-05:00', 0],
    ['0001-01-01T00:00:00Z', 4],
    ['2026-01-01t00:00:00.000001999z', 2],
    ['2025-12-31T23:59:60Z', 3],
  ] as const)
    assert.equal(idsIn(await server.read(objects(`?added_after=${time}`))).length, expected, time);
});

test('3.4 without added_after the oldest come first', async () => {
  await server.put('shared', some(6));
  assert.deepEqual(idsIn(await server.read(objects('?limit=2'))), ids(0, 1));
});

test('3.4 limit: never more than asked, all where they fit, and more: true where they do not', async () => {
  await server.put('shared', some(5));
  for (const limit of [1, 4, 5, 6, 1000]) {
    const { objects: found = [], more, next } = await server.read(objects(`?limit=${limit}`));
    assert.equal(found.length, Math.min(5, limit));
    assert.deepEqual([more, next !== undefined], limit < 5 ? [true, true] : [undefined, false]);
  }
  for (const limit of ['99999999999999999999', '007']) await server.read(objects(`?limit=${limit}`));
});

test('3.4.1 match[id]: any of the ids', async () => {
  await server.put('shared', some(4));
  assert.deepEqual(idsIn(await server.read(objects(`?match[id]=${ids(2, 0, 77).join(',')}`))), ids(0, 2));
  assert.deepEqual(await server.read(objects(`?match[id]=${ids(77)}`)), {});
});

test('3.4.1 match[type]: any of the types, and no type is an error', async () => {
  await server.put('shared', [identity(1), domain(2), identity(3), domain(4)]);
  assert.deepEqual(idsIn(await server.read(objects('?match[type]=domain-name'))), [domain(2).id, domain(4).id]);
  const both = await server.read(objects('?match[type]=domain-name,identity,domain-name&limit=3'));
  assert.deepEqual(idsIn(both), [idOf('identity', 1), domain(2).id, idOf('identity', 3)]);
  for (const type of ['campaign', 'x-custom', 'x_custom', 'network-traffic'])
    assert.deepEqual(await server.read(objects(`?match[type]=${type}`)), {});
});

const v = (day: number) => `2026-01-0${day}T00:00:00.000Z`;
const versionsOf = async (query: string) =>
  ((await server.read(objects(query))).objects ?? []).map(
    ({ id, modified }) => `${Number.parseInt(id.slice(10, 18), 16)} ${modified?.slice(9, 10)}`,
  );

test('3.4.1 match[version]: the latest unless said; first, last, all and times', async () => {
  await server.put('shared', [identity(1, v(1)), identity(1, v(3)), identity(2, v(4)), identity(1, v(2))]);
  for (const [query, expected] of [
    ['', ['1 3', '2 4']],
    ['?match[version]=last', ['1 3', '2 4']],
    ['?match[version]=first', ['1 1', '2 4']],
    ['?match[version]=all', ['1 1', '1 3', '2 4', '1 2']],
    ['?match[version]=first,last', ['1 1', '1 3', '2 4']],
    [`?match[version]=${v(2)}`, ['1 2']],
    [`?match[version]=${v(2)},${v(4)},last`, ['1 3', '2 4', '1 2']],
    [`?match[version]=first,${v(2)}`, ['1 1', '2 4', '1 2']],
    ['?match[version]=2026-01-02T00:00:00Z', ['1 2']],
    ['?match[version]=2026-01-02T00:00:00.000000Z', ['1 2']],
    ['?match[version]=2026-01-02T00:00:00.000001Z', []],
  ] as const)
    assert.deepEqual(await versionsOf(query), expected, query);
});

test('3.4.1 match[version]: all stands alone and nothing stands twice, else 400', async () => {
  for (const value of ['all,last', `${v(1)},all`, 'first,first', `${v(1)},${v(1)}`])
    await server.read(objects(`?match[version]=${value}`), 400);
});

test('3.4.1 an object without modified has its created as version; one with neither a version that stays', async () => {
  const marking = {
    type: 'marking-definition',
    spec_version: '2.1',
    id: idOf('marking-definition', 1),
    created: '2026-02-02T00:00:00.000Z',
    definition_type: 'statement',
    definition: { statement: 'x' },
  };
  await server.put('shared', [marking, domain(1)]);
  const found = (query: string) => server.read(server.of('shared', `manifest/${query}`));
  assert.deepEqual(
    (await found('')).objects?.map(({ version }) => version),
    [marking.created, '1970-01-01T00:00:00.000Z'],
  );
  assert.deepEqual(idsIn(await found('?match[version]=2026-02-02T00:00:00Z')), [marking.id]);
  assert.deepEqual(idsIn(await found('?match[version]=1970-01-01T00:00:00Z')), [domain(1).id]);
  assert.deepEqual(idsIn(await found('?match[version]=first')), [marking.id, domain(1).id]);
  assert.deepEqual(idsIn(await found('?match[version]=all')), [marking.id, domain(1).id]);
});

test('3.4.1 match[spec_version]: nothing of a version that was not asked for', async () => {
  await server.put('shared', some(1));
  assert.deepEqual(await server.read(objects('?match[spec_version]=2.0')), {});
  for (const versions of ['2.1', '2.0,2.1'])
    assert.equal(idsIn(await server.read(objects(`?match[spec_version]=${versions}`))).length, 1);
});

test('3.4 all filters hold together', async () => {
  await server.put('shared', [identity(1, v(1)), domain(1), identity(1, v(2)), identity(2, v(1)), identity(3, v(1))]);
  const query = `match[type]=identity&match[version]=all&match[spec_version]=2.1&match[id]=${ids(1, 2).join(',')}`;
  const first = await server.read(objects(`?${query}&limit=1`));
  assert.deepEqual(
    first.objects?.map(({ modified }) => modified),
    [v(1)],
  );
  const rest = await server.read(objects(`?${query}&next=${first.next}`));
  assert.deepEqual([idsIn(rest), rest.more], [ids(1, 2), undefined]);
});

test('3.5 next pages through everything, whatever is added meanwhile: nothing lost, nothing twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 12 }),
      fc.array(fc.record({ limit: fc.integer({ min: 1, max: 6 }), added: fc.integer({ min: 0, max: 4 }) }), {
        maxLength: 6,
      }),
      fc.constantFrom('next', 'added_after'),
      async (initially, pages, way) => {
        await server.empty();
        let made = 0;
        const grow = async (count: number) => {
          await server.put(
            'shared',
            Array.from({ length: count }, () => identity(made++)),
          );
        };
        await grow(initially);
        const seen: string[] = [];
        let cursor = '';
        const turn = async (limit: number) => {
          const { body, headers } = await server.ask(objects(`?limit=${limit}${cursor}`));
          const page = JSON.parse(body) as Envelope;
          seen.push(...idsIn(page));
          const last = headers['x-taxii-date-added-last'];
          if (page.more) cursor = way === 'next' ? `&next=${page.next}` : `&added_after=${last}`;
          return page.more === true;
        };
        let more = true;
        for (const { limit, added } of pages) {
          if (!more) break;
          more = await turn(limit);
          if (more) await grow(added);
        }
        while (more) more = await turn(5);
        assert.deepEqual(
          seen,
          Array.from({ length: made }, (_, n) => idOf('identity', n)),
        );
      },
    ),
    { numRuns: 30 },
  );
});

test('3.5 where the rest was deleted meanwhile, a page after more: true is empty and names where it began', async () => {
  await server.put('shared', some(2));
  const { next } = await server.read(objects('?limit=1'));
  await server.ask(objects(`${idOf('identity', 1)}/`), { method: 'DELETE' });
  const { body, headers } = await server.ask(objects(`?next=${next}`));
  assert.equal(body, '{}');
  assert.equal(headers['x-taxii-date-added-last'], '2026-01-01T00:00:00.000000Z');
});

test('3.6.1 an error has a title, its status and both languages', async () => {
  const error = await server.read<{
    title: string;
    http_status: string;
    details: { text: { en: string; ko: string } };
  }>(objects('?limit=0'), 400);
  assert.equal(error.http_status, '400');
  assert.equal(error.title, error.details.text.en);
  assert.notEqual(error.details.text.en, error.details.text.ko);
});

test('3.7 objects are served as they came, in an envelope; an empty envelope has no objects', async () => {
  assert.equal((await server.ask(objects())).body, '{}');
  const object = identity(1, v(1), { name: 'é "quoted" \u2028', x_custom: { a: [1, 2.5, true] } });
  await server.put('shared', [object]);
  assert.deepEqual((await server.read(objects())).objects, [object]);
});
