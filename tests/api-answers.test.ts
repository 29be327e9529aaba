import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { houseOf } from './theatre.fixture.ts';
import { type WorkedDesk, workedDesk } from './worked-desks.fixture.ts';

/**
 * What a desk in the middle of its work answers, held against the description of its API. `GONGJO_EXAMPLES=1` keeps what it answered, cut
 * to the first of every list, as the examples that the description shows: `npm run docs:examples`.
 */
const kept = new URL('../packages/desk/src/http/texts/answers.json', import.meta.url);

interface Described {
  readonly paths: Readonly<Record<string, { readonly get?: Operation }>>;
}
interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
}

/** Answered to nobody at the data folder, or on a desk that has what this one has not. */
const elsewhere: ReadonlySet<string> = new Set([
  ...['/api/account/passkeys', '/api/account/sessions', '/api/account/tokens', '/api/people/{person}/tokens'],
  ...['/api/drills/{id}', '/api/reports/{id}', '/api/views/{id}', '/api/taxii/collections/{alias}'],
  ...[
    '/api/cases/{id}/documents/{sha256}',
    '/api/holds/{id}/received/{file}',
    '/api/ledger/{chain}/entities/{address}',
  ],
  // A secret is no example, nor is the description one of itself.
  ...['/api/webhook-secret', '/api/docs/openapi.json'],
]);

test('what a desk answers is what its description says', { timeout: 600_000 }, async (t) => {
  const desk = await workedDesk(houseOf(t));
  const { ask } = desk;
  const document = await ask<Described>('GET', '/api/docs/openapi.json');
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (ajvFormats as unknown as (it: Ajv2020) => void)(ajv);
  ajv.addSchema({ $id: 'api', ...document });
  const urls = await urlsOf(desk);
  const examples: Record<string, unknown> = {};
  const wrong: string[] = [];
  for (const [at, { get }] of Object.entries(document.paths)) {
    if (get?.responses['200']?.content?.['application/json'] === undefined || elsewhere.has(at)) continue;
    const url = urls[at] ?? at;
    if (url.includes('{')) {
      wrong.push(`${at}: nothing here to ask about`);
      continue;
    }
    const answer = await ask<unknown>('GET', url).catch((error: Error) => error);
    if (answer instanceof Error) {
      wrong.push(`${at}: ${answer.message}`);
      continue;
    }
    const pointer = ['paths', at, 'get', 'responses', '200', 'content', 'application/json', 'schema'];
    const ref = pointer.map((it) => encodeURIComponent(it.replaceAll('~', '~0').replaceAll('/', '~1')));
    const validate = ajv.compile({ $ref: `api#/${ref.join('/')}` });
    if (!validate(answer)) wrong.push(`${at}: ${ajv.errorsText(validate.errors)}`);
    examples[`GET ${at.replaceAll(/\{(\w+)\}/g, ':$1')}`] = cut(answer);
  }
  assert.deepEqual(wrong, []);
  if (process.env.GONGJO_EXAMPLES) await writeFile(kept, `${JSON.stringify(examples, null, 2)}\n`);
  const shown = JSON.parse(await readFile(kept, 'utf8')) as object;
  assert.deepEqual(Object.keys(shown).sort(), Object.keys(examples).sort());
});

/** Where each path with a parameter is asked, by what the desk has. */
async function urlsOf({ ask, chain, thief, lead, ...desk }: WorkedDesk): Promise<Record<string, string>> {
  const list = async <T>(url: string, name: string) =>
    (await ask<Record<string, readonly T[]>>('GET', url))[name] ?? [];
  const [group] = await list<{ id: string }>('/api/alert-groups', 'groups');
  const [request] = await list<{ id: string }>('/api/requests', 'requests');
  const { facts } = await ask<{ facts: { id: string }[] }>('GET', `/api/cases/${desk.case}`);
  const { deliveries } = await ask<{ deliveries: { id: string; state: string }[] }>('GET', '/api/partners/washington');
  const delivered = deliveries.find(({ state }) => state === 'delivered');
  await desk.signInUrl();
  const [person] = await list<{ id: string }>('/api/people', 'people');
  const [on, address, txid] = [chain, thief, lead].map(encodeURIComponent);
  return {
    '/api/alert-groups/{id}': `/api/alert-groups/${group?.id}`,
    '/api/asked-holds/{desk}/{id}': `/api/asked-holds/washington/${desk.askedHold}`,
    '/api/audit/entries/{seq}': '/api/audit/entries/1',
    '/api/cases/{id}': `/api/cases/${desk.case}`,
    '/api/cases/{id}/facts/{fact}': `/api/cases/${desk.case}/facts/${facts[0]?.id}`,
    '/api/deliveries/{id}/proof': `/api/deliveries/${delivered?.id}/proof`,
    '/api/directory/duty/{agency}': '/api/directory/duty/own-police',
    '/api/directory/entries/{id}': '/api/directory/entries/pacific',
    '/api/directory/who': `/api/directory/who?kind=theft&countries=KR,US`,
    '/api/directory/channels': '/api/directory/channels?from=KR&to=US',
    '/api/directory/find': '/api/directory/find?text=Pacific',
    '/api/holds/{id}': `/api/holds/${desk.hold}`,
    '/api/holds/{id}/documents': `/api/holds/${desk.hold}/documents`,
    '/api/incidents/{id}': `/api/incidents/${desk.incident}`,
    '/api/incidents/{id}/matches': `/api/incidents/${desk.incident}/matches`,
    '/api/incidents/{id}/reports': `/api/incidents/${desk.incident}/reports`,
    '/api/known/addresses/{chain}/{address}': `/api/known/addresses/${on}/${address}`,
    '/api/known/transactions/{chain}/{txid}': `/api/known/transactions/${on}/${txid}`,
    '/api/ledger/{chain}/addresses/{address}': `/api/ledger/${on}/addresses/${address}`,
    '/api/ledger/{chain}/cuts': `/api/ledger/${on}/cuts`,
    '/api/ledger/{chain}/entities/{address}': `/api/ledger/${on}/entities/${address}`,
    '/api/ledger/{chain}/transactions/{txid}': `/api/ledger/${on}/transactions/${txid}`,
    '/api/objects/{id}': `/api/objects/${desk.object}`,
    '/api/overlap/matches': `/api/overlap/matches?reference=${desk.incident}`,
    '/api/partners/{desk}': '/api/partners/washington',
    '/api/partners/{desk}/quarantine': '/api/partners/washington/quarantine',
    '/api/people/{person}': `/api/people/${person?.id}`,
    '/api/people/{person}/sessions': `/api/people/${person?.id}/sessions`,
    '/api/policy/explain': `/api/policy/explain?object=${desk.object}&to=washington`,
    '/api/requests/{id}': `/api/requests/${request?.id}`,
    '/api/search': `/api/search?q=${address}`,
    '/api/tags': `/api/tags?chain=${on}&address=${address}`,
  };
}

/** A file in base64 shows as well in its first bytes: a multiple of four. */
const textCharsMax = 128;

/** The first of every list; of a file of the desk's machine, its name. */
function cut(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(cut);
  if (typeof value === 'string' && value.length > textCharsMax && /^[\w+/=-]+$/.test(value))
    return value.slice(0, textCharsMax);
  if (typeof value === 'string' && path.isAbsolute(value) && value.startsWith(os.tmpdir())) return path.basename(value);
  if (typeof value === 'string') return value.replace(/^http:\/\/localhost:\d+/, 'https://desk.example');
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, cut(it)]));
}
