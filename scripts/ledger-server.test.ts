import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { ddlFiles } from './ddl-doc.ts';

for (const [file, make] of Object.entries(ddlFiles))
  test(`${file} is what its source makes (npm run docs:ddl)`, () => assert.equal(readFileSync(file, 'utf8'), make()));

interface Service {
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly volumes: readonly string[];
  readonly healthcheck: { readonly test: readonly string[] };
}
const compose = parse(readFileSync('compose.yaml', 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};
const services = Object.entries(compose.services);
const xml = (name: string) => readFileSync(`deploy/clickhouse/${name}.xml`, 'utf8');

test('compose.yaml: two shards of two replicas, three Keepers, versions named, volumes named, this machine only', () => {
  const servers = services.filter(([name]) => name.startsWith('clickhouse-'));
  assert.deepEqual(
    servers.map(([, { environment }]) => `${environment.SHARD}-${environment.REPLICA} ${environment.HOST}`),
    ['1-1', '1-2', '2-1', '2-2'].map((at) => `${at} clickhouse-${at}`),
  );
  assert.equal(services.length - servers.length, 3);
  for (const [name, { image, ports = [], volumes, healthcheck }] of services) {
    assert.match(image, /:\d+\.\d+\.\d+\.\d+$/, name);
    assert.ok(healthcheck.test.length > 0, name);
    for (const port of ports) assert.match(port, /^127\.0\.0\.1:/, name);
    for (const [source = '', target] of volumes.map((it) => it.split(':'))) {
      assert.ok(target);
      if (source.startsWith('./')) assert.ok(readFileSync(source).length > 0);
      else assert.ok(source in compose.volumes, source);
    }
  }
});

test('compose.yaml and the servers know no password of their own', () => {
  assert.match(readFileSync('compose.yaml', 'utf8'), /\$\{GONGJO_CLICKHOUSE_PASSWORD:\?/);
  for (const name of ['server', 'users'])
    for (const [element] of xml(name).matchAll(/<(?:password|secret)\b[^>]*>/g))
      assert.match(element, /from_env="GONGJO_/);
});

test('the configuration files are well-formed and name the servers and Keepers that compose.yaml starts', () => {
  for (const name of ['server', 'users', 'keeper']) {
    const open: string[] = [];
    for (const [, end, tag, , empty] of xml(name)
      .replace(/<!--.*?-->/gs, '')
      .matchAll(/<(\/?)([a-z_]+)((?:\s+\w+="[^"<]*")*)\s*(\/?)>/g)) {
      if (end === '/') assert.equal(open.pop(), tag, name);
      else if (empty !== '/') open.push(tag as string);
    }
    assert.deepEqual(open, [], name);
  }
  const hosts = [...(xml('server') + xml('keeper')).matchAll(/<host(?:name)?>(.*?)</g)].map(([, host]) => host);
  assert.deepEqual([...new Set(hosts)].sort(), services.map(([name]) => name).sort());
});
