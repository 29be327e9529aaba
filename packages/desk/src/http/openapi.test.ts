import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { openApi } from './openapi.ts';
import { needs } from './rights.ts';
import { areas, shapes } from './shapes/index.ts';
import answers from './texts/answers.json' with { type: 'json' };
import { examples } from './texts/examples.ts';
import { summaries } from './texts/index.ts';

const routes = Object.keys(needs).sort();

describe('the description of the API', () => {
  const document = openApi('0', 'seoul');

  test('has every route that rights.ts has, once, with its summary in both languages', () => {
    assert.deepEqual(Object.keys(shapes).sort(), routes);
    assert.equal(Object.values(areas).flatMap((it) => Object.keys(it)).length, routes.length);
    assert.deepEqual(Object.keys(summaries).sort(), routes);
  });

  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    // Named schemas are compiled, and so validated, where answers are held against them.
    const named = Object.keys(document.components.schemas).map((name) => [name, {}]);
    const components = { ...document.components, schemas: Object.fromEntries(named) };
    const { valid, errors } = await validator.validate({ ...structuredClone(document), components });
    assert.ok(valid, JSON.stringify(errors, null, 1)?.slice(0, 3000));
    assert.equal(validator.version, '3.1');
  });

  test('is the same each time, and names each operation once', () => {
    assert.equal(openApi('0', 'seoul'), document);
    const text = JSON.stringify(document);
    assert.equal(JSON.stringify(openApi('1', 'seoul')).replace('"version":"1"', '"version":"0"'), text);
    const ids = Object.values(document.paths).flatMap((it) => Object.values(it).map(({ operationId }) => operationId));
    assert.equal(new Set(ids).size, routes.length);
  });

  test('refers to nothing that is not there, and holds nothing that nobody refers to', () => {
    const text = JSON.stringify(document);
    const refs = new Set([...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name));
    assert.deepEqual([...refs].sort(), Object.keys(document.components.schemas).sort());
    assert.equal(text.match(/"\$ref":"(?!#\/components\/(schemas|responses)\/)/), null);
    for (const name of ['NewHold', 'NewIncident', 'NewCase', 'Problem', 'SessionView', 'ApiToken'])
      assert.ok(refs.has(name), name);
  });

  test('says of every route that may answer nothing that it does', () => {
    const files = readdirSync(import.meta.dirname).filter((it) => it.endsWith('.routes.ts'));
    const found = files.flatMap((it) =>
      readFileSync(path.join(import.meta.dirname, it), 'utf8').split(/\bapi\.(?=get|post|patch|delete)/),
    );
    const silent = found.filter((it) => it.includes('.status(204)'));
    assert.ok(silent.length > 10);
    for (const text of silent) {
      const [, method = '', url = ''] = /^(\w+)[^(]*\(\s*'([^']+)'/.exec(text) ?? [];
      const answers = document.paths[url.replaceAll(/:(\w+)/g, '{$1}')]?.[method]?.responses;
      assert.ok(answers && '204' in answers, `${method} ${url}`);
    }
  });

  test('names the right of every operation', () => {
    for (const [route, need] of Object.entries(needs)) {
      const [method = '', url = ''] = route.split(' ');
      const operation = document.paths[url.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
      assert.equal(operation?.['x-right'], need, route);
    }
  });
});

describe('examples', () => {
  test('stand at every route that takes a body, and at no other', () => {
    const taking = Object.keys(shapes).filter((route) => shapes[route]?.body !== undefined);
    assert.deepEqual(Object.keys(examples).sort(), taking.sort());
  });

  for (const [route, example] of Object.entries(examples))
    test(`${route} takes its example`, () => {
      const parsed = shapes[route]?.body?.safeParse(example);
      assert.ok(parsed?.success, parsed?.error?.message);
    });

  test('of answers are what their routes answer, and tell of no machine', () => {
    assert.ok(Object.keys(answers).length > 70);
    for (const [route, answer] of Object.entries(answers)) {
      const parsed = shapes[route]?.answer?.safeParse(answer);
      assert.ok(parsed?.success, `${route}: ${parsed?.error?.message}`);
      assert.doesNotMatch(JSON.stringify(answer), /localhost|127\.0\.0\.1|"\/\w+\//, route);
    }
  });
});
