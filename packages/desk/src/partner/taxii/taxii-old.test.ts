import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { zDeskId, zPublicKey } from '@gongjo/contract';
import fc from 'fast-check';
import { GongjoError } from '../kernel/index.ts';
import type { ObjectPage } from '../sharing/index.ts';
import {
  type Collections,
  inboxId,
  inboxPath,
  outboxId,
  respond,
  type TaxiiRequest,
  taxiiBodyBytesMax,
  taxiiError,
  taxiiRoot,
  taxiiType,
} from './taxii.ts';

/** Clauses of TAXII 2.1 (OASIS Standard, 10 June 2021). */

const root = `${taxiiRoot}api/`;
const objectsPath = `${root}collections/${outboxId}/objects/`;
const desk = {
  desk: zDeskId.parse('seoul'),
  name: { en: 'Seoul', ko: '서울' },
  country: 'KR',
  timeZone: 'Asia/Seoul',
  url: 'https://seoul.example',
  key: zPublicKey.parse({ kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) }),
};

/** What was released, in order; `seq` has holes, as a cursor over somebody else's rows has. */
interface Row {
  readonly seq: number;
  readonly addedAt: string;
  readonly body: string;
}
const row = (n: number): Row => ({
  seq: n * 3,
  addedAt: new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString(),
  body: JSON.stringify({ type: 'identity', id: `identity--${n}` }),
});

function collections(rows: readonly Row[] = [], delivered: string[] = []): Collections {
  return {
    desk,
    released: async (after, addedAfter, limit): Promise<ObjectPage> => {
      const found = rows.filter(({ seq, addedAt }) => seq > after && (addedAfter === null || addedAt > addedAfter));
      return { objects: found.slice(0, limit), more: found.length > limit };
    },
    deliver: async (envelope, signature) => {
      if (signature === 'bad') throw new GongjoError('signature-invalid', { desk: 'washington', detail: 'bad' });
      delivered.push(envelope);
      return { id: 'a', receipt: 'receipt', objectCount: 2, at: '2026-01-01T00:00:00.000Z' };
    },
  };
}

const ask = (change: Partial<TaxiiRequest> & { readonly path: string }, from: Collections = collections()) =>
  respond(
    {
      method: 'GET',
      query: new URLSearchParams(),
      accept: taxiiType,
      contentType: '',
      body: '',
      signature: null,
      ...change,
    },
    from,
  );
const read = (query: Record<string, string>, from: Collections) =>
  ask({ path: objectsPath, query: new URLSearchParams(query) }, from);
interface Envelope {
  more?: boolean;
  next?: string;
  objects?: { id: string }[];
}

describe('4.1 server discovery', () => {
  test('names the API root', async () => {
    const { status, body } = await ask({ path: taxiiRoot });
    assert.equal(status, 200);
    assert.deepEqual(body, { title: 'Seoul', default: root, api_roots: [root] });
  });
});

describe('4.2 API root information', () => {
  test('says the version and how much it takes', async () => {
    const { body } = await ask({ path: root });
    assert.deepEqual(body, { title: 'Seoul', versions: [taxiiType], max_content_length: taxiiBodyBytesMax });
  });
});

describe('5.1 get collections', () => {
  test('an inbox that can be written and an outbox that can be read', async () => {
    const { body } = await ask({ path: `${root}collections/` });
    const listed = (body as { collections: { id: string; can_read: boolean; can_write: boolean }[] }).collections;
    assert.deepEqual(
      listed.map(({ id, can_read, can_write }) => [id, can_read, can_write]),
      [
        [inboxId, false, true],
        [outboxId, true, false],
      ],
    );
  });
});

describe('5.2 get a collection', () => {
  test('each by its identifier, as the list says it', async () => {
    const { body } = await ask({ path: `${root}collections/` });
    for (const listed of (body as { collections: { id: string }[] }).collections)
      assert.deepEqual((await ask({ path: `${root}collections/${listed.id}/` })).body, listed);
  });

  test('one that is not there is 404 with an error message', async () => {
    const answer = await ask({ path: `${root}collections/00000000-0000-4000-8000-000000000000/` });
    assert.equal(answer.status, 404);
    assert.equal((answer.body as { error_code: string }).error_code, 'not-found');
  });
});

describe('5.4 get objects', () => {
  const all = Array.from({ length: 25 }, (_, i) => row(i + 1));

  test('an empty collection answers an empty envelope without more', async () => {
    const { status, body, headers } = await read({}, collections());
    assert.deepEqual([status, body], [200, {}]);
    assert.equal(headers['x-taxii-date-added-first'], undefined);
  });

  test('says when the first and the last object of the page were added', async () => {
    const { headers } = await read({ limit: '10' }, collections(all));
    assert.equal(headers['x-taxii-date-added-first'], all[0]?.addedAt);
    assert.equal(headers['x-taxii-date-added-last'], all[9]?.addedAt);
    assert.equal(headers['content-type'], taxiiType);
  });

  test('more and next stand together, and only while there is more', async () => {
    const first = (await read({ limit: '20' }, collections(all))).body as Envelope;
    assert.equal(first.more, true);
    assert.equal(first.next, String(all[19]?.seq));
    const second = (await read({ limit: '20', next: first.next ?? '' }, collections(all))).body as Envelope;
    assert.deepEqual([second.more, second.next, second.objects?.length], [undefined, undefined, 5]);
    const exact = (await read({ limit: '25' }, collections(all))).body as Envelope;
    assert.deepEqual([exact.more, exact.objects?.length], [undefined, 25]);
  });

  test('nothing is lost and nothing repeated, whatever the limits, while objects are added', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(60),
        fc.array(fc.record({ limit: fc.integer({ min: 1, max: 20 }), added: fc.nat(5) }), { maxLength: 20 }),
        async (start, pages) => {
          const rows = Array.from({ length: start }, (_, i) => row(i + 1));
          const seen: string[] = [];
          let next = '0';
          const turn = async (limit: number) => {
            const envelope = (await read({ limit: String(limit), next }, collections(rows))).body as Envelope;
            seen.push(...(envelope.objects ?? []).map(({ id }) => id));
            if (envelope.more) next = envelope.next ?? '';
            return envelope.more === true;
          };
          let more = true;
          for (const { limit, added } of pages) {
            if (!more) break;
            more = await turn(limit);
            if (more) for (let i = 0; i < added; i += 1) rows.push(row(rows.length + 1));
          }
          while (more) more = await turn(7);
          assert.deepEqual(
            seen,
            rows.map((it) => (JSON.parse(it.body) as { id: string }).id),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  test('a page is bounded, whatever is asked for', async () => {
    const many = Array.from({ length: 1_500 }, (_, i) => row(i + 1));
    const { objects, more } = (await read({ limit: '999999' }, collections(many))).body as Envelope;
    assert.deepEqual([objects?.length, more], [1000, true]);
    const unasked = (await read({}, collections(many))).body as Envelope;
    assert.equal(unasked.objects?.length, 100);
  });

  test('added_after is exclusive', async () => {
    const { objects } = (await read({ added_after: all[22]?.addedAt ?? '' }, collections(all))).body as Envelope;
    assert.deepEqual(
      objects?.map(({ id }) => id),
      ['identity--24', 'identity--25'],
    );
  });

  for (const query of [
    { limit: '0' },
    { limit: '-1' },
    { limit: 'ten' },
    { limit: '1.5' },
    { next: 'x' },
    { next: '-1' },
    { next: '99999999999' },
    { added_after: 'yesterday' },
  ]) {
    test(`${JSON.stringify(query)} is 400 and names the parameter`, async () => {
      const { status, body } = await read(query, collections(all));
      assert.equal(status, 400);
      assert.match((body as { title: string }).title, new RegExp(Object.keys(query)[0] ?? ''));
    });
  }

  test('the inbox cannot be read: 405', async () => {
    assert.equal((await ask({ path: inboxPath })).status, 405);
  });
});

describe('5.5 add objects', () => {
  const add = (change: Partial<TaxiiRequest> = {}, from = collections()) =>
    ask({ path: inboxPath, method: 'POST', contentType: taxiiType, signature: 's', body: '{}', ...change }, from);

  test('answers 202 with a status resource (4.3.1) and the receipt', async () => {
    const delivered: string[] = [];
    const { status, body, headers } = await add({ body: '{"objects":[]}' }, collections([], delivered));
    assert.equal(status, 202);
    assert.equal(headers['content-type'], taxiiType);
    assert.deepEqual(body, {
      id: 'a',
      status: 'complete',
      request_timestamp: '2026-01-01T00:00:00.000Z',
      total_count: 2,
      success_count: 2,
      failure_count: 0,
      pending_count: 0,
      gongjo_receipt: 'receipt',
    });
    assert.deepEqual(delivered, ['{"objects":[]}']);
  });

  test('without a signature nothing is taken', async () => {
    const delivered: string[] = [];
    const { status, body } = await add({ signature: null }, collections([], delivered));
    assert.deepEqual([status, (body as { error_code: string }).error_code], [401, 'signature-missing']);
    assert.deepEqual(delivered, []);
  });

  test('what is refused is told as an error message (3.6.1) in both languages', async () => {
    const { status, body, headers } = await add({ signature: 'bad' });
    assert.equal(status, 422);
    assert.equal(headers['content-type'], taxiiType);
    const error = body as { title: string; http_status: string; details: { text: { en: string; ko: string } } };
    assert.equal(error.http_status, '422');
    assert.notEqual(error.details.text.en, error.details.text.ko);
  });

  test('the outbox cannot be written: 405', async () => {
    assert.equal((await add({ path: objectsPath })).status, 405);
  });

  for (const contentType of ['', 'application/json', 'text/plain', 'application/taxii+json;version=2.0'])
    test(`1.6.8 ${contentType || 'no media type'} is 415`, async () => {
      assert.equal((await add({ contentType })).status, 415);
    });

  for (const contentType of [taxiiType, 'application/taxii+json; version=2.1', 'Application/TAXII+JSON;version=2.1'])
    test(`1.6.8 ${contentType} is taken`, async () => {
      assert.equal((await add({ contentType })).status, 202);
    });
});

describe('1.6.8.1 content negotiation', () => {
  for (const accept of [
    taxiiType,
    'application/taxii+json',
    'application/taxii+json; version=2.1',
    '*/*',
    'application/*;q=0.5',
    'text/html, application/taxii+json;version=2.1;q=0.9',
  ])
    test(`${accept} is answered`, async () => {
      assert.equal((await ask({ path: taxiiRoot, accept })).status, 200);
    });

  for (const accept of ['', 'text/html', 'application/json', 'application/taxii+json;version=2.0'])
    test(`${accept || 'nothing'} is 406`, async () => {
      assert.equal((await ask({ path: taxiiRoot, accept })).status, 406);
    });
});

describe('paths and methods', () => {
  for (const path of [
    '/taxii2/unknown/',
    `${root}collections/${outboxId}`,
    `${objectsPath}x/`,
    `${root}collections/constructor/`,
    `${root}__proto__/`,
  ])
    test(`${path} is 404`, async () => {
      assert.equal((await ask({ path })).status, 404);
    });

  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'constructor'])
    test(`${method} of the discovery is 405`, async () => {
      assert.equal((await ask({ path: taxiiRoot, method })).status, 405);
    });

  test('an error that is not of the catalogue is not told to a partner', () => {
    assert.throws(() => taxiiError(new Error('secret')), /secret/);
  });
});
