import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type EvidenceVerdict, zEvidenceVerdict } from '@gongjo/contract';
import { runCli } from '../cli/index.ts';
import { type ContentFile, type Manifest, manifestFile, signatureFile } from '../evidence/archive/manifest.ts';
import { sealManifest } from '../evidence/archive/seal.ts';
import { sumsOf } from '../evidence/archive/sums.ts';
import { blockBytes, readTar, writeTar } from '../evidence/archive/tar.ts';
import { verdictText, verifyPackage } from '../evidence/index.ts';
import { type ReportParts, reportHtml } from '../evidence/report.ts';
import { checkIntegrity } from '../evidence/verify/integrity.ts';
import { canonicalJson } from '../kernel/index.ts';
import { type EvidenceDesk, openEvidenceDesk } from './evidence.fixture.ts';

let seoul: EvidenceDesk;
let bitcoin: Buffer;
let ethereum: Buffer;
const incidents = { bitcoin: '', ethereum: '' };
before(async () => {
  seoul = await openEvidenceDesk();
  incidents.bitcoin = await seoul.open('bitcoin');
  incidents.ethereum = await seoul.open('ethereum');
  bitcoin = await seoul.make(incidents.bitcoin, { reason: 'court' });
  ethereum = await seoul.make(incidents.ethereum);
});
after(() => seoul.close());

const version = '1.2.3';
const countsOf = ({ checks }: EvidenceVerdict) => Object.fromEntries(checks.map(({ code, count }) => [code, count]));

/** Runs a command as a person does, on a machine without a desk. */
async function gongjo(...argv: string[]) {
  let out = '';
  let err = '';
  const code = await runCli(argv, {
    ...{ version, env: {}, signal: new AbortController().signal },
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    open: () => Promise.reject(new Error('no desk is needed')),
    up: () => Promise.reject(new Error('not asked')),
    demo: () => Promise.reject(new Error('not asked')),
  });
  return { code, out, err };
}

test('is verified by one file that plain Node.js runs in an empty folder, and recomputed there to the same bytes', () => {
  const folder = path.join(seoul.folder, 'elsewhere');
  mkdirSync(folder);
  const verifier = path.join(folder, 'verify-evidence.mjs');
  const script = path.join(import.meta.dirname, '../../../../scripts/evidence-verifier.ts');
  execFileSync(process.execPath, [script, verifier]);
  assert.deepEqual(
    [
      ...new Set(
        readFileSync(verifier, 'utf8')
          .match(/^import .*$/gm)
          ?.map((line) => line.split(' from ')[1]),
      ),
    ].sort(),
    ['"node:crypto";', '"node:fs";'],
  );
  writeFileSync(path.join(folder, 'good.tar'), bitcoin);
  const changed = Buffer.from(bitcoin);
  changed[changed.lastIndexOf('"hops"') + 1] = 0x48;
  writeFileSync(path.join(folder, 'bad.tar'), changed);
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [verifier, ...args], { cwd: folder, env: {}, encoding: 'utf8' });
  const good = run('good.tar', '--json');
  assert.equal(good.status, 0, good.stdout + good.stderr);
  assert.equal(zEvidenceVerdict.parse(JSON.parse(good.stdout)).checks.find(({ code }) => code === 'trace')?.count, 8);
  const bad = run('bad.tar', '--lang=ko');
  assert.equal(bad.status, 1);
  assert.match(bad.stdout, /trace\.json의 바이트 오프셋 \d+\(패키지 전체 오프셋 \d+, 0부터 계산\)/);
  assert.equal(run().status, 2);
  assert.equal(run('none.tar').status, 1);
});

describe('a package', () => {
  test('of a Bitcoin theft: bytes, signature, trace, Merkle proofs to mined headers, audit entries', async () => {
    const verdict = zEvidenceVerdict.parse(await verifyPackage(bitcoin, version));
    assert.deepEqual([verdict.holds, verdict.findings, verdict.damages], [true, [], []]);
    const counts = countsOf(verdict);
    assert.equal(counts.trace, 8);
    assert.equal(counts['blocks-proved'], 3);
    assert.equal(counts['transactions-proved'], 3);
    assert.ok((counts['audit-entries'] ?? 0) >= 2);
    assert.match(verdictText(verdict, 'ko'), /증거 패키지가 유효합니다/);
  });

  test('of an Ethereum theft says that its chain’s transactions are not proved', async () => {
    const verdict = await verifyPackage(ethereum, version);
    assert.deepEqual([verdict.holds, verdict.findings], [true, []]);
    assert.ok((countsOf(verdict).trace ?? 0) >= 5);
    assert.ok(verdict.notes.some(({ code, count }) => code === 'chain-without-proofs' && count > 0));
  });

  test('is unpacked by tar, and its report names every fact in both languages', () => {
    const folder = path.join(seoul.folder, 'unpacked');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'package.tar'), ethereum);
    execFileSync('tar', ['-xf', 'package.tar'], { cwd: folder });
    assert.equal(readdirSync(folder).length, 15);
    const report = execFileSync('cat', ['report.html'], { cwd: folder, encoding: 'utf8' });
    assert.match(report, /Theft &#60;1&#62;/);
    assert.match(report, /탈취 “1”/);
    assert.match(report, /list &#60;of&#62; &#34;exchanges&#34;/);
    assert.doesNotMatch(report, /<script|<iframe|http:/);
  });

  test('is recorded in the chain of custody and in the audit record', async () => {
    const { records } = (await seoul.api.inject(`/api/custody?incident=${incidents.bitcoin}`)).json();
    assert.equal(records.length, 1);
    assert.deepEqual([records[0].direction, records[0].bytes, records[0].why], ['out', bitcoin.length, 'court']);
    const { entries } = (await seoul.api.inject(`/api/audit/entries?subject=${incidents.bitcoin}`)).json();
    assert.deepEqual(entries.map(({ action }: { action: string }) => action).slice(0, 2), [
      'custody.given',
      'evidence.asked',
    ]);
  });

  test('says nothing of its reason in the record that partners witness', async () => {
    const { entries } = (await seoul.api.inject(`/api/audit/entries?subject=${incidents.bitcoin}`)).json();
    assert.doesNotMatch(JSON.stringify(entries), /court/);
  });

  test('names the key of every signature that was verified, and what a signature proves', async () => {
    const verdict = await verifyPackage(bitcoin, version);
    const { fingerprint } = verdict.package ?? {};
    assert.deepEqual(verdict.keys, [{ desk: 'seoul', fingerprint, uses: ['package'] }]);
    const text = verdictText(verdict, 'en');
    assert.ok(text.includes(`Key of seoul: ${fingerprint} (the package and its audit checkpoint)`));
    assert.match(text, /proves that whoever has the private key/);
  });

  test('of an exercise says so in its name, manifest, report and verdict', async () => {
    const incident = await seoul.open('ethereum');
    const mark = (is: boolean) =>
      seoul.desk.http.records.query('update incidents set body = body || $2 where id = $1', [incident, { drill: is }]);
    await mark(true);
    const made = await seoul.api.inject({ method: 'POST', url: '/api/evidence', payload: { incident } });
    await mark(false);
    const { archive, fileName } = made.json() as { archive: string; fileName: string };
    assert.match(fileName, /^drill-evidence-/);
    const drill = Buffer.from(archive, 'base64');
    const verdict = await verifyPackage(drill, version);
    assert.deepEqual([verdict.holds, verdict.package?.drill, verdict.notes[0]?.code], [true, true, 'drill']);
    assert.match(verdictText(verdict, 'ko'), /\[훈련\]/);
    assert.ok(drill.includes('[DRILL]') && drill.includes('[훈련]') && !ethereum.includes('[DRILL]'));
  });

  test('is verified by the command on a machine without a desk', async () => {
    const file = path.join(seoul.folder, 'package.tar');
    writeFileSync(file, bitcoin);
    const good = await gongjo('evidence', 'verify', file);
    assert.equal(good.code, 0, good.out + good.err);
    const changed = Buffer.from(bitcoin);
    const at = changed.indexOf('"branch"') + 3;
    changed[at] = 0x5a;
    writeFileSync(path.join(seoul.folder, 'changed.tar'), changed);
    const bad = await gongjo('evidence', 'verify', path.join(seoul.folder, 'changed.tar'), '--lang', 'en');
    assert.equal(bad.code, 1);
    assert.match(
      bad.out,
      new RegExp(
        `blocks.json: it was changed: byte \\d+ of blocks.json \\(byte ${at} of the package\\): 0x5a stands where 0x61 was`,
      ),
    );
    assert.equal((await gongjo('evidence', 'verify', path.join(seoul.folder, 'none.tar'))).code, 1);
  });
});

test('is exported as CASE/UCO: every address, hop and file is a node, and every reference leads to one', async () => {
  const file = path.join(seoul.folder, 'for-case.tar');
  writeFileSync(file, ethereum);
  const out = path.join(seoul.folder, 'case.jsonld');
  const done = await gongjo('evidence', 'export', file, '--case-uco', '--out', out);
  assert.equal(done.code, 0, done.err);
  const text = readFileSync(out, 'utf8');
  const { '@graph': graph, '@context': context } = JSON.parse(text) as {
    '@graph': { '@id': string; '@type': string }[];
    '@context': Record<string, string>;
  };
  const ids = graph.map((it) => it['@id']);
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(ids.every((id) => /^kb:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)));
  const typesOf = (type: string) => graph.filter((it) => it['@type'] === type).length;
  assert.equal(typesOf('case-investigation:Investigation'), 1);
  assert.equal(typesOf('uco-observable:File'), 13);
  assert.ok(typesOf('uco-observable:ObservableRelationship') >= 5 && typesOf('uco-observable:DigitalAddress') >= 5);
  const inner = new Set([...text.matchAll(/"@id":"([^"]+)","@type"/g)].map(([, id]) => id));
  for (const [, id] of text.matchAll(/\{"@id":"([^"]+)"\}/g)) assert.ok(inner.has(id), id);
  for (const [, prefix] of text.matchAll(/"([a-z-]+):[A-Za-z]+":/g)) assert.ok(prefix && prefix in context, prefix);
  writeFileSync(file, ethereum.subarray(0, -1));
  assert.equal((await gongjo('evidence', 'export', file, '--case-uco', '--out', `${out}.2`)).code, 1);
});

test('a document that is put into a case is in the chain of custody, under the case', async () => {
  const title = { en: 'Case', ko: '사건' };
  const made = await seoul.api.inject({ method: 'POST', url: '/api/cases', payload: { title } });
  const { id } = made.json() as { id: string };
  const payload = { name: 'warrant.pdf', mediaType: 'application/pdf', base64: Buffer.from('%PDF').toString('base64') };
  const url = `/api/cases/${encodeURIComponent(id)}`;
  const kept = await seoul.api.inject({ method: 'POST', url: `${url}/documents`, payload });
  assert.equal(kept.statusCode, 201, kept.body);
  const { sha256 } = kept.json() as { sha256: string };
  for (const query of [`case=${encodeURIComponent(id)}`, `sha256=${sha256}`]) {
    const { records, omitted } = (await seoul.api.inject(`/api/custody?${query}`)).json();
    assert.equal(omitted, 0);
    assert.deepEqual(
      records.map((it: Record<string, unknown>) => [
        it.caseId,
        it.incident,
        it.direction,
        it.name,
        it.sha256,
        it.bytes,
      ]),
      [[id, null, 'in', 'warrant.pdf', sha256, 4]],
    );
  }
  const { entries } = (await seoul.api.inject(`/api/audit/entries?action=custody.taken`)).json();
  assert.deepEqual([entries[0].subject, entries[0].details.sha256], [id, sha256]);
});

test('of a long chain of custody the newest is listed, and how much more there is', async () => {
  await seoul.desk.http.records.query(
    `insert into custody (id, incident, direction, name, media_type, sha256, who, why, at)
     select 'id ' || n, 'long', 'in', 'name ' || n, 'text/plain', repeat('a', 64), 'who', 'why', now()
     from generate_series(1, 2003) n`,
  );
  const { records, omitted } = (await seoul.api.inject('/api/custody?incident=long')).json();
  assert.deepEqual([records.length, omitted], [2000, 3]);
  assert.deepEqual([records[0].name, records.at(-1).name], ['name 4', 'name 2003']);
});

test('a report that does not show every row says in which file the others stand', () => {
  const files = new Map(
    (readTar(ethereum, [])?.entries ?? []).map(({ name, at, size }) => [
      name,
      ethereum.subarray(at + blockBytes, at + blockBytes + size).toString('utf8'),
    ]),
  );
  const read = <T>(name: string) => JSON.parse(files.get(name) ?? '') as T;
  const audit = read<ReportParts['audit']>('audit.json');
  const [entry] = audit.entries;
  assert.ok(entry);
  const report = reportHtml({
    ...read<Manifest>(manifestFile),
    incidentFacts: read('incident.json'),
    ...{ trace: read('trace.json'), tags: read('tags.json'), blocks: read('blocks.json') },
    ...{ deliveries: read('deliveries.json'), custody: { records: [], omitted: 2 } },
    audit: { ...audit, entries: Array.from({ length: 305 }, () => entry) },
  });
  assert.match(report, /5 more rows stand in audit\.json\./);
  assert.match(report, /나머지 5건은 audit\.json에 있습니다\./);
  assert.match(report, /2 older rows are not in the package/);
});

/** A seed is printed so that a failure can be repeated. */
const seed = Number(process.env.GONGJO_SEED ?? Date.now() % 1_000_000);
function chance(start: number): () => number {
  let state = start | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Every changed byte is found and named: where it is, and what stood there. */
function assertNamed(archive: Buffer, at: number, value: number): void {
  const was = archive[at] ?? 0;
  archive[at] = value;
  const { damages, opened } = checkIntegrity(archive);
  archive[at] = was;
  assert.equal(opened, null, `byte ${at} to ${value}`);
  assert.ok(
    damages.some((damage) => damage.at === at && damage.expected === was),
    `byte ${at}, ${was} to ${value}: ${JSON.stringify(damages)}`,
  );
}

describe(`a single changed byte (GONGJO_SEED=${seed})`, () => {
  test('ten thousand at random: each is found, and its place and former value named', () => {
    const random = chance(seed);
    const archives = [Buffer.from(bitcoin), Buffer.from(ethereum)];
    for (let n = 0; n < 10_000; n += 1) {
      const archive = archives[n % 2] as Buffer;
      const at = Math.floor(random() * archive.length);
      assertNamed(archive, at, ((archive[at] ?? 0) + 1 + Math.floor(random() * 255)) % 256);
    }
  });

  test('every byte of every header, of the padding and of the end', () => {
    const archive = Buffer.from(bitcoin);
    const random = chance(seed + 1);
    const entries = readTar(archive, [])?.entries ?? [];
    const content = entries.map(({ at, size }) => [at + blockBytes, at + blockBytes + size] as const);
    let count = 0;
    for (let at = 0; at < archive.length; at += 1) {
      if (content.some(([from, to]) => at >= from && at < to)) continue;
      assertNamed(archive, at, ((archive[at] ?? 0) + 1 + Math.floor(random() * 255)) % 256);
      count += 1;
    }
    assert.ok(count > 14 * blockBytes);
  });

  test('every byte of the signature’s file', () => {
    const archive = Buffer.from(ethereum);
    const [jws] = readTar(archive, [])?.entries ?? [];
    assert.equal(jws?.name, signatureFile);
    const random = chance(seed + 2);
    // The last signature characters take a search each; every fourth of them is enough.
    for (let at = blockBytes; at < blockBytes + (jws?.size ?? 0); at += 1)
      if (at < blockBytes + (jws?.size ?? 0) - 86 || at % 8 === 0)
        assertNamed(archive, at, ((archive[at] ?? 0) + 1 + Math.floor(random() * 255)) % 256);
  });
});

test('more than one changed byte is found, too, in the file where it is', () => {
  const archive = Buffer.from(bitcoin);
  const at = archive.lastIndexOf('"hops"');
  archive.write('"hupz"', at);
  const { damages } = checkIntegrity(archive);
  assert.deepEqual(
    damages.map(({ kind, file }) => [kind, file]),
    [['changed', 'trace.json']],
  );
});

describe('what is no package is refused', () => {
  const kindsOf = (archive: Uint8Array) => checkIntegrity(archive).damages.map(({ kind }) => kind);
  test('cut anywhere', () => {
    for (const length of [0, 1, 511, 512, 513, 5000, bitcoin.length - 513, bitcoin.length - 512, bitcoin.length - 1])
      assert.ok(kindsOf(bitcoin.subarray(0, length)).length > 0, String(length));
  });
  test('with something behind it', () => {
    for (const more of [Buffer.alloc(1), Buffer.alloc(512), Buffer.from('x'), bitcoin])
      assert.ok(kindsOf(Buffer.concat([bitcoin, more])).length > 0);
  });
  test('noise, zeros, a header that promises more than there is', () => {
    const random = chance(seed + 3);
    for (const bytes of [
      Buffer.alloc(10_240),
      Buffer.from(Array.from({ length: 20_000 }, () => Math.floor(random() * 256))),
    ])
      assert.deepEqual(kindsOf(bytes), ['container']);
    const huge = Buffer.from(bitcoin);
    huge.write('77777777777', 124);
    assert.ok(kindsOf(huge).length > 0);
  });
  test('a file missing, twice, or in another order', () => {
    const files = (readTar(bitcoin, [])?.entries ?? []).map(({ name, at, size }) => ({
      name,
      bytes: bitcoin.subarray(at + blockBytes, at + blockBytes + size),
    }));
    for (const some of [files.slice(1), files.slice(0, -1), [...files, ...files.slice(0, 1)], [...files].reverse()])
      assert.ok(kindsOf(writeTar(some)).includes('missing'));
  });
});

/** The package as a forger with a key of its own makes it: everything fits, but what it says is not so. */
async function forged(archive: Buffer, file: ContentFile, change: (text: string) => string): Promise<EvidenceVerdict> {
  const files = (readTar(archive, [])?.entries ?? []).map(({ name, at, size }) => ({
    name,
    bytes: archive.subarray(at + blockBytes, at + blockBytes + size),
  }));
  const [, manifestBytes, ...contents] = files;
  const manifest = JSON.parse(manifestBytes?.bytes.toString('utf8') ?? '') as Manifest;
  const changed = contents.map((it) => {
    if (it.name !== file) return it;
    const text = it.bytes.toString('utf8');
    const other = change(text);
    assert.notEqual(other, text, 'the change changes something');
    return { ...it, bytes: Buffer.from(other) };
  });
  const { keys, desk } = seoul.desk.http.partnerContext;
  const said = {
    ...manifest,
    files: changed.map(({ name, bytes }) => ({ name: name as ContentFile, ...sumsOf(bytes) })),
  };
  const bytes = Buffer.from(canonicalJson(said));
  const jws = await sealManifest(keys, { desk: desk.desk, key: desk.key, manifest: sumsOf(bytes) });
  return verifyPackage(
    writeTar([{ name: signatureFile, bytes: Buffer.from(jws) }, { name: manifestFile, bytes }, ...changed]),
    version,
  );
}

describe('a package that was signed again after its facts were changed does not hold:', () => {
  /** Puts something else at a place of a file of JSON, e.g. `blocks.1.header`. */
  const edit = (place: string, put: (was: unknown, whole: object) => unknown) => (text: string) => {
    const json = JSON.parse(text) as object;
    const names = place.split('.');
    const last = names.pop() ?? '';
    const at = names.reduce<object>((inside, name) => Reflect.get(inside, name) as object, json);
    Reflect.set(at, last, put(Reflect.get(at, last), json));
    return canonicalJson(json);
  };
  const shorter = (was: unknown) => (was as unknown[]).slice(0, -1);
  const cases: [
    what: string,
    of: 'bitcoin' | 'ethereum',
    file: ContentFile,
    change: (text: string) => string,
    finding: string,
  ][] = [
    [
      'an amount in the rows',
      'bitcoin',
      'rows.json',
      (text) => text.replace('"3000000000"', '"3000000001"'),
      'rows.json trace-not-recomputed',
    ],
    [
      'the time of a row',
      'ethereum',
      'rows.json',
      (text) => text.replaceAll('00:02:12', '00:02:13'),
      'trace.json trace-other',
    ],
    ['rows left out', 'ethereum', 'rows.json', edit('accounts', shorter), 'rows.json trace-not-recomputed'],
    ['a hop of the trace', 'ethereum', 'trace.json', edit('hops.0.ord', () => 7), 'trace.json trace-other'],
    ['another question', 'ethereum', 'question.json', edit('method', () => 'lifo'), 'trace.json question-other'],
    [
      'a branch',
      'bitcoin',
      'blocks.json',
      edit('blocks.1.transactions.0.branch.index', () => 0),
      'blocks.json branch-wrong',
    ],
    [
      'a header',
      'bitcoin',
      'blocks.json',
      edit('blocks.0.header', () => '00'.repeat(80)),
      'blocks.json block-hash-wrong',
    ],
    [
      'the time of a block',
      'bitcoin',
      'blocks.json',
      edit('blocks.0.time', () => '2026-01-01T00:00:00.000Z'),
      'blocks.json block-time-wrong',
    ],
    [
      'the time of a block without a header',
      'ethereum',
      'blocks.json',
      edit('blocks.0.time', () => '2026-01-01T00:00:00.000Z'),
      'blocks.json block-time-wrong',
    ],
    [
      'the block before a block',
      'ethereum',
      'blocks.json',
      edit('blocks.1.parent', () => `0x${'7'.repeat(64)}`),
      'blocks.json block-unlinked',
    ],
    [
      'the order of blocks',
      'bitcoin',
      'blocks.json',
      edit('blocks', (was) => [...(was as unknown[])].reverse()),
      'blocks.json block-unlinked',
    ],
    [
      'the chain of the blocks',
      'ethereum',
      'blocks.json',
      edit('chain', () => 'eip155:5'),
      'blocks.json blocks-of-other-chain',
    ],
    [
      'blocks that are said to have no proofs',
      'bitcoin',
      'blocks.json',
      edit('proofs', () => 'none'),
      'blocks.json blocks-of-other-chain',
    ],
    [
      'a block of more transactions than its tree is high',
      'bitcoin',
      'blocks.json',
      edit('blocks.1.transactionCount', () => 900),
      'blocks.json branch-wrong',
    ],
    ['that it is an exercise', 'bitcoin', 'incident.json', edit('drill', () => true), 'incident.json incident-other'],
    ['a block left out', 'bitcoin', 'blocks.json', edit('blocks', shorter), 'blocks.json transaction-unplaced'],
    ['a tag', 'ethereum', 'tags.json', edit('tags.0.source', () => 'another'), 'tags.json tags-other'],
    [
      'an audit entry',
      'bitcoin',
      'audit.json',
      edit('entries.0.entry.actor', () => 'nobody'),
      'audit.json inclusion-wrong',
    ],
    [
      'the checkpoint',
      'bitcoin',
      'audit.json',
      (text) => text.replace('gongjo/seoul/audit', 'gongjo/busan/audit'),
      'audit.json checkpoint-wrong',
    ],
    ['the report', 'bitcoin', 'report.html', (text) => text.replace('AMBER', 'CLEAR'), 'report.html report-other'],
    [
      'a picture',
      'bitcoin',
      'flow-ko.svg',
      (text) => text.replace('</svg>', '<g/></svg>'),
      'flow-ko.svg picture-other',
    ],
    ['the incident', 'bitcoin', 'incident.json', edit('id', () => 'incident--x'), 'incident.json incident-other'],
    ['another spelling of the same', 'bitcoin', 'custody.json', (text) => `${text}\n`, 'custody.json not-canonical'],
    ['something that nobody reads', 'bitcoin', 'custody.json', edit('more', () => 1), 'custody.json unreadable'],
    ['no JSON', 'bitcoin', 'rows.json', () => '['.repeat(100_000), 'rows.json unreadable'],
  ];
  for (const [what, of, file, change, finding] of cases)
    test(what, async () => {
      const verdict = await forged(of === 'bitcoin' ? bitcoin : ethereum, file, change);
      assert.equal(verdict.holds, false);
      const found = verdict.findings.map((it) => `${it.file} ${it.code}`);
      assert.ok(found.includes(finding), JSON.stringify(verdict.findings));
    });
});
