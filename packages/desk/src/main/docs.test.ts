import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { needs } from '../http/index.ts';
import type { OpenApi } from '../http/openapi.ts';
import { examples } from '../http/texts/examples.ts';
import { type Answer, openPeopleDesk, type PeopleDesk } from './people-desk.fixture.ts';

/** What a desk that has just begun can answer. */
const asked = [
  '/api/me',
  '/api/sign-in',
  '/api/account/sessions',
  '/api/account/tokens',
  '/api/people',
  '/api/status',
  '/api/incidents',
  '/api/notices',
  '/api/reporters',
  '/api/measures',
  '/api/drills',
  '/api/cases',
  '/api/requests',
  '/api/holds',
  '/api/asked-holds',
  '/api/custody',
  '/api/alerts',
  '/api/alert-groups',
  '/api/watches',
  '/api/watches/status',
  '/api/ledger',
  '/api/views',
  '/api/tags/history',
  '/api/objects',
  '/api/stix/export',
  '/api/approvals',
  '/api/partners',
  '/api/card',
  '/api/pairings',
  '/api/keys',
  '/api/overlap',
  '/api/taxii/collections',
  '/api/taxii/accounts',
  '/api/taxii/feeds',
  '/api/policy',
  '/api/policy/history',
  '/api/directory',
  '/api/directory/entries',
  '/api/directory/duty',
  '/api/directory/published',
  '/api/audit/verification',
  '/api/audit/entries',
  '/api/audit/checkpoint',
  '/api/audit/witnesses',
];
/** What can be done there, by the examples of the description. */
const done = [
  'POST /api/cases',
  'POST /api/people',
  'POST /api/reporters',
  'POST /api/taxii/collections',
  'POST /api/pairings',
];

describe('the description of the API at a running desk', () => {
  let house: PeopleDesk;
  let headers: Record<string, string>;
  let document: OpenApi;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (ajvFormats as unknown as (it: Ajv2020) => void)(ajv);

  before(async () => {
    house = await openPeopleDesk();
    headers = await house.signIn('Auditor', ['auditor']);
    const answer = await house.call('GET', '/api/docs/openapi.json', { headers });
    assert.equal(answer.statusCode, 200);
    document = answer.json<OpenApi>();
    ajv.addSchema({ $id: 'api', ...document });
  });
  after(() => house.close());

  /** Held against the schema that the description names for this answer. */
  const hold = (method: string, url: string, answer: Answer) => {
    const pointer = [url, method, 'responses', String(answer.statusCode), 'content', 'application/json', 'schema'];
    const at = ['paths', ...pointer].map((it) => encodeURIComponent(it.replaceAll('~', '~0').replaceAll('/', '~1')));
    const validate = ajv.compile({ $ref: `api#/${at.join('/')}` });
    assert.ok(validate(answer.json()), `${method} ${url}: ${ajv.errorsText(validate.errors)}`);
  };

  test('is for whoever is signed in', async () => {
    for (const url of ['/api/docs', '/api/docs/openapi.json', '/api/docs/style.css']) {
      assert.equal((await house.call('GET', url)).statusCode, 401, url);
      assert.equal((await house.call('GET', url, { headers })).statusCode, 200, url);
    }
  });

  test('has schemas that a validator takes', () => {
    for (const name of Object.keys(document.components.schemas))
      assert.doesNotThrow(() => ajv.compile({ $ref: `api#/components/schemas/${name}` }), name);
  });

  test('tells what the desk answers', async () => {
    for (const url of asked) {
      const answer = await house.operate('GET', url);
      assert.equal(answer.statusCode, url.startsWith('/api/account/') ? 404 : 200, `${url}: ${answer.body}`);
      if (answer.statusCode === 200) hold('get', url, answer);
    }
    for (const url of ['/api/me', '/api/account/sessions', '/api/account/tokens', '/api/account/passkeys'])
      hold('get', url, await house.call('GET', url, { headers }));
  });

  test('tells what the desk answers to the examples', async () => {
    for (const route of done) {
      const [, url = ''] = route.split(' ');
      const body = route === 'POST /api/cases' ? { ...(examples[route] as object), incidents: [] } : examples[route];
      const answer = await house.operate('POST', url, body);
      assert.equal(answer.statusCode, 201, `${route}: ${answer.body}`);
      hold('post', url, answer);
    }
    for (const url of ['/api/cases', '/api/people', '/api/reporters', '/api/taxii/collections', '/api/pairings'])
      hold('get', url, await house.operate('GET', url));
  });

  test('tells how errors look', async () => {
    const answer = await house.operate('POST', '/api/cases', {});
    assert.match(String(answer.headers['content-type']), /^application\/problem\+json\b/);
    const validate = ajv.compile({ $ref: 'api#/components/schemas/Problem' });
    assert.ok(validate(answer.json()), ajv.errorsText(validate.errors));
  });

  test('is a page in the reader’s language, with every route and nothing that runs', async () => {
    const page = async (url: string, language: string) =>
      house.call('GET', url, { headers: { ...headers, 'accept-language': language } });
    const [english, korean, chosen] = await Promise.all([
      page('/api/docs', 'fr, en;q=0.8, ko;q=0.5'),
      page('/api/docs', 'ko-KR,ko;q=0.9,en;q=0.8'),
      page('/api/docs?lang=ko', 'en'),
    ]);
    assert.match(english.body, /<html lang="en">/);
    assert.match(korean.body, /<html lang="ko">/);
    assert.equal(chosen.body, korean.body);
    assert.match(String(english.headers['content-type']), /^text\/html/);
    assert.match(String(english.headers['content-security-policy']), /default-src 'none'/);
    for (const { body } of [english, korean]) {
      assert.doesNotMatch(body, /<script|\sstyle=|\son\w+=|(?:href|src)="(?:https?:)?\/\//);
      for (const route of Object.keys(needs)) {
        const [method = '', url = ''] = route.split(' ');
        assert.ok(body.includes(`<b>${method}</b> <code>${url.replaceAll(/:(\w+)/g, '{$1}')}</code>`), route);
      }
      const ids = new Set([...body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
      for (const [, target] of body.matchAll(/href="#([^"]+)"/g)) assert.ok(ids.has(target), target);
    }
    assert.equal((await page('/api/docs?lang=fr', 'en')).statusCode, 400);
  });
});
