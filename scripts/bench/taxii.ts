import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { buildApp } from '../../packages/desk/src/http/index.ts';
import { openDesk } from '../../packages/desk/src/main/desk.ts';
import {
  type Records,
  readSettings,
  refreshStatistics,
  silentLog,
  systemClock,
  systemRandom,
} from '../../packages/desk/src/platform/index.ts';
import { type ReadableQuery, readable } from '../../packages/desk/src/sharing/index.ts';
import { type Figure, percentile } from './figure.ts';

const objects = Number(process.env.GONGJO_BENCH_OBJECTS ?? 1_000_000);
const pageObjects = 1_000;
const runs = 40;
/** WebAssembly is compiled for speed while it runs; what a desk does in its first seconds is not what is measured. */
const runsBefore = 10;
/** The alternatives take seconds each. */
const alternativeRuns = 5;
const recipient = 'collection:bench';

/**
 * Pages of 1,000 from a collection of a million objects in the embedded PostgreSQL: the first, one in the middle, the last; with
 * filters; and over HTTP as a whole. The alternatives, in the same run over the same rows: paging by offset, and by timestamp with
 * an index on it.
 */
export async function benchTaxii(): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-bench-'));
  writeFileSync(
    path.join(folder, 'policy.cedar'),
    '@id("none") @reason_en("Bench.") @reason_ko("측정.") forbid (principal, action, resource);',
  );
  const settings = readSettings(
    { data: folder, desk: { id: 'bench', name: { en: 'Bench', ko: '측정' }, country: 'KR' } },
    {},
  );
  const desk = await openDesk(settings, {
    clock: systemClock,
    random: systemRandom,
    log: silentLog,
    version: '0.0.0',
  });
  const network = await buildApp(desk.http, 'network');
  const operator = await buildApp(desk.http, 'folder');
  try {
    const { records } = desk.http;
    const act = async <T>(url: string, payload: object) =>
      (await operator.inject({ method: 'POST', url, payload })).json<T>();
    const { path: at } = await act<{ path: string }>('/api/taxii/collections', {
      alias: 'bench',
      title: { en: 'Bench', ko: '측정' },
    });
    const { secret } = await act<{ secret: string }>('/api/taxii/accounts', { name: 'bench' });
    await act('/api/taxii/accounts/bench/rights', { collection: 'bench', read: true, write: false });
    await seed(records);

    const middle = String(Math.floor(objects / 2));
    const last = String(objects - pageObjects);
    const page = (change: Partial<ReadableQuery>) => readable(records, recipient, { ...everything, ...change }, true);
    const typed = { types: ['domain-name'] };
    const figures: Figure[] = [];
    const measure = async (what: string, work: () => Promise<unknown>, against?: string, count = runs) => {
      const { ms, cpuMs } = await times(work, count);
      const figure = `${percentile(ms, 0.5).toFixed(1)} / ${percentile(ms, 0.95).toFixed(1)} ms`;
      const cpu = `${percentile(cpuMs, 0.5).toFixed(1)} ms of processor`;
      figures.push({ what: `${what}: p50 / p95`, figure, against: against ? `${cpu}; ${against}` : cpu });
      return percentile(ms, 0.5);
    };
    const all = objects.toLocaleString('en');
    await measure(`TAXII: first page of ${pageObjects} from ${all} objects`, () => page({}), 'budget: p95 ≤ 50 ms');
    await measure('TAXII: a page in the middle', () => page({ after: middle }));
    const lastMs = await measure('TAXII: the last page', () => page({ after: last }));
    await measure('TAXII: the last page of one type in ten', () => page({ ...typed, after: middle }));
    await measure('TAXII: the last page by added_after', () => page({ addedAfter: atRow(objects - pageObjects) }));
    await measure('TAXII: the last page of every version', () => page({ ...everyVersion, after: last }));
    await measure('TAXII: one object by its id', () => page({ ids: [idOf(objects - 7)] }));
    await measure('TAXII: manifest, the last page', () =>
      readable(records, recipient, { ...everything, after: last }, false),
    );
    const offsetMs = await measure(
      'alternative, offset: the last page',
      () =>
        records.query(`${alternative} order by d.seq limit ${pageObjects} offset ${objects - pageObjects}`, [
          recipient,
        ]),
      undefined,
      alternativeRuns,
    );
    const stampMs = await measure(
      'alternative, timestamp with an index: the last page',
      () =>
        records.query(`${alternative} and d.added_at > $2::timestamptz order by d.added_at limit ${pageObjects}`, [
          recipient,
          atRow(objects - pageObjects),
        ]),
      undefined,
      alternativeRuns,
    );
    figures.push({
      what: 'the last page against the alternatives',
      figure: `${lastMs.toFixed(1)} ms`,
      against: `offset ${(offsetMs / lastMs).toFixed(1)} ×, timestamp ${(stampMs / lastMs).toFixed(1)} × (which loses rows of one time)`,
    });

    await network.listen({ host: '127.0.0.1', port: 0 });
    const { port } = network.server.address() as AddressInfo;
    const authorization = `Basic ${Buffer.from(`bench:${secret}`).toString('base64')}`;
    const over = async (next: string) => {
      const response = await fetch(`http://127.0.0.1:${port}${at}objects/?limit=${pageObjects}&next=${next}`, {
        headers: { authorization, accept: 'application/taxii+json;version=2.1' },
      });
      const { objects: got } = (await response.json()) as { objects: unknown[] };
      if (got.length !== pageObjects) throw new Error(`a page of ${got.length} objects`);
    };
    await measure('TAXII over HTTP, authenticated, client parses: first page', () => over('0'), 'budget: p95 ≤ 50 ms');
    await measure('TAXII over HTTP: the last page', () => over(last));
    return figures;
  } finally {
    await Promise.all([network.close(), operator.close()]);
    await desk.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const everything: ReadableQuery = {
  after: '0',
  addedAfter: null,
  limit: pageObjects,
  ids: null,
  types: null,
  versions: { all: false, first: false, last: true, at: [] },
  specVersions: null,
};

const everyVersion = { versions: { all: true, first: false, last: false, at: [] } };

const alternative = `select coalesce(d.copy, o.body) as body from release_decisions d
  join shared_objects o on o.id = d.object_id and o.modified = d.modified and o.origin = d.origin
  where d.recipient = $1 and d.released and d.withdrawn_at is null and d.latest`;

const start = Date.UTC(2026, 0, 1);
const atRow = (n: number) => new Date(start + n).toISOString().replace('Z', '000Z');
const idOf = (n: number) =>
  `${n % 10 === 0 ? 'domain-name' : 'indicator'}--${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;

/** Rows as the desk writes them, a millisecond apart; every tenth is an observable. */
async function seed(db: Records): Promise<void> {
  await db.query('alter table release_decisions disable trigger release_decisions_placed');
  const part = 50_000;
  for (let from = 1; from <= objects; from += part) {
    const to = Math.min(objects, from + part - 1);
    const rows = `(select n, case when n % 10 = 0 then 'domain-name' else 'indicator' end as type,
      case when n % 10 = 0 then '' else '2026-01-01T00:00:00.000Z' end as modified,
      '${new Date(start).toISOString()}'::timestamptz + n * interval '1 millisecond' as at
      from generate_series(${from}, ${to}) as n) as r`;
    const id = `r.type || '--' || lpad(to_hex(r.n), 8, '0') || '-0000-4000-8000-000000000000'`;
    await db.query(
      `insert into shared_objects (id, modified, origin, type, label, tlp, body, sha256, added_at)
       select ${id}, r.modified, 'bench', r.type, '', 'green', '{"created":"2026-01-01T00:00:00.000Z","id":"' || ${id} ||
         '","modified":"2026-01-01T00:00:00.000Z","name":"Wallet of a theft","object_marking_refs":["marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"],"pattern":"[cryptocurrency-wallet:value = ''' || md5(r.n::text) || md5(r.n::text) ||
         ''']","pattern_type":"stix","spec_version":"2.1","type":"' || r.type || '","valid_from":"2026-01-01T00:00:00.000Z"}', md5(r.n::text), r.at from ${rows}`,
    );
    await db.query(
      `insert into release_decisions (recipient, object_id, modified, origin, type, sha256, outcome, released, latest, reasons, basis, decided_at, added_at)
       select '${recipient}', ${id}, r.modified, 'bench', r.type, '', 'release', true, true, '[]', '', r.at, r.at from ${rows} order by r.n`,
    );
  }
  await db.query('alter table release_decisions enable trigger release_decisions_placed');
  await refreshStatistics(db);
}

async function times(
  work: () => Promise<unknown>,
  count: number,
): Promise<{ readonly ms: number[]; readonly cpuMs: number[] }> {
  const ms: number[] = [];
  const cpuMs: number[] = [];
  for (let run = -Math.min(runsBefore, count); run < count; run += 1) {
    const from = performance.now();
    const used = process.cpuUsage();
    await work();
    if (run < 0) continue;
    ms.push(performance.now() - from);
    const { user, system } = process.cpuUsage(used);
    cpuMs.push((user + system) / 1000);
  }
  const ascending = (a: number, b: number) => a - b;
  return { ms: ms.sort(ascending), cpuMs: cpuMs.sort(ascending) };
}
