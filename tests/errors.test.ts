import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type DeskStatus, type PartnerDetail, zDeskStatus, zPartnerDetail } from '@gongjo/contract';
import { type DeskProcess, freePort, type LocalChain, startChain, startDesk } from '@gongjo/demo';
import { stringify } from 'yaml';
import { contentsOf, copyOf, readable, refuses, run } from './cli.fixture.ts';
import { stranger } from './stranger.fixture.ts';
import { eventually, gongjo, temporaryFolder } from './theatre.fixture.ts';

const house = new AsyncDisposableStack();
let folder: string;
let deadPort: number;
let htmlUrl: string;
let chain: LocalChain;
let desk: DeskProcess;
let data: string;

before(async () => {
  folder = await temporaryFolder(house);
  const [port, dead] = [await freePort(), await freePort()];
  deadPort = dead;
  htmlUrl = await webSite(house);
  chain = await startChain({ genesisTimeS: Math.floor(Date.now() / 1000) - 3600 });
  house.defer(() => chain.stop());
  await chain.sendFromRich({ to: '0x00000000000000000000000000000000000000aa', value: 5n, nonce: 0 });
  await chain.mine(Math.floor(Date.now() / 1000) - 1800);
  data = join(folder, 'seoul');
  const configFile = await settingsFile('seoul.yaml', {
    desk: { id: 'seoul', name: { en: 'Seoul', ko: '서울' }, country: 'KR', timeZone: 'Asia/Seoul' },
    listen: { port },
    url: `http://127.0.0.1:${port}`,
    chains: [
      { chain: 'eip155:31337', rpc: chain.url, pollMs: 100 },
      { chain: 'eip155:1', name: 'Dead', rpc: `http://127.0.0.1:${dead}`, pollMs: 100 },
      { chain: 'eip155:10', name: 'Website', rpc: htmlUrl, pollMs: 100 },
    ],
  });
  desk = await startDesk({ id: 'seoul', gongjo, dataDir: data, configFile, logFile: join(folder, 'seoul.log') });
  house.defer(() => desk.kill());
});
after(() => house.disposeAsync());

async function settingsFile(name: string, settings: unknown): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, typeof settings === 'string' ? settings : stringify(settings));
  return file;
}

/** What somebody finds who types the address of a block explorer instead of a node's. */
async function webSite(house: AsyncDisposableStack): Promise<string> {
  const site = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Explorer</title>');
  });
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  house.defer(() => {
    site.closeAllConnections();
    site.close();
  });
  const address = site.address();
  return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : assert.fail();
}

describe('a command that was given wrongly ends with 2', () => {
  test('an unknown command, flag, and group', async () => {
    await refuses(['fly'], 2, 'usage-wrong');
    await refuses(['ledger', 'status', '--colour', 'red'], 2, 'usage-wrong');
    await refuses(['partner'], 2, 'usage-wrong');
  });
  test('a missing value and a value that is none', async () => {
    await refuses(['ingest', 'evm'], 2, 'usage-wrong');
    await refuses(['demo', '--pace', 'slowly'], 2, 'usage-wrong');
  });
  test('settings with an unknown key, a wrong type, or broken YAML name the place', async () => {
    const wrongKey = await settingsFile('key.yaml', { listen: { prot: 4500 } });
    const said = await refuses(['up', '--config', wrongKey, '--data', join(folder, 'none')], 2, 'settings-invalid');
    assert.match(said.text.en, /at listen: .*prot/);
    const wrongType = await settingsFile('type.yaml', {
      chains: [{ chain: 'eip155:1', rpc: 'http://a', pollMs: 'fast' }],
    });
    const typed = await refuses(['up', '--config', wrongType, '--data', join(folder, 'none')], 2, 'settings-invalid');
    assert.match(typed.text.en, /at chains\.0\.pollMs: /);
    assert.ok(typed.hint.en.includes(wrongType));
    const broken = await settingsFile('broken.yaml', 'desk: [seoul\n  name: {');
    await refuses(['up', '--config', broken, '--data', join(folder, 'none')], 2, 'settings-unreadable');
    await refuses(
      ['up', '--config', join(folder, 'absent.yaml'), '--data', join(folder, 'none')],
      2,
      'settings-unreadable',
    );
    assert.ok(!(await readdir(folder)).includes('none'), 'no folder was made');
  });
});

describe('a node that is none', () => {
  test('reading from it says so', async () => {
    const here = ['--data', join(folder, 'reading')];
    const dead = `http://127.0.0.1:${deadPort}`;
    const unreachable = await refuses(['ingest', 'evm', '--rpc', dead, ...here], 1, 'node-unreachable', {
      inTurn: true,
    });
    assert.ok(unreachable.text.en.includes(dead));
    const invalid = await refuses(['ingest', 'evm', '--rpc', htmlUrl, ...here], 1, 'node-answer-invalid', {
      inTurn: true,
    });
    assert.ok(invalid.text.en.includes(htmlUrl));
    assert.equal((await run('ledger', 'status', ...here)).code, 0);
  });

  test('a desk runs on, follows its other chain, and its status says what is wrong', async () => {
    const status = await eventually('three sources have a state', statusOf, ({ chains }) =>
      chains.every(({ source, tip }) => source !== null && (source.problem !== null || tip !== null)),
    );
    const [website, dead, anvil] = ['eip155:10', 'eip155:1', 'eip155:31337'].map((chain) =>
      status.chains.find((one) => one.chain === chain),
    );
    assert.equal(website?.source?.state, 'unreachable');
    assert.equal(website?.source?.problem?.code, 'node-answer-invalid');
    assert.equal(dead?.source?.state, 'unreachable');
    assert.equal(dead?.source?.problem?.code, 'node-unreachable');
    assert.equal(anvil?.source?.state, 'following');
    assert.equal(anvil?.tip?.height, 1);
    for (const { source } of [website, dead].flatMap((it) => it ?? [])) if (source?.problem) readable(source.problem);
  });
});

/** The desk's own status, asked for as a signed-in person does. */
async function statusOf(): Promise<DeskStatus> {
  const { url } = desk.ready;
  const { signInUrl } = (await desk.run(['sign-in-link'])) as { signInUrl: string };
  const token = new URL(signInUrl).hash.slice(1);
  const signedIn = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  return zDeskStatus.parse(await (await fetch(`${url}/api/status`, { headers: { cookie } })).json());
}

describe('a place that is taken', () => {
  test('a second desk on the same port ends with 1, and its data folder opens afterwards', async () => {
    const port = new URL(desk.ready.url).port;
    const other = join(folder, 'busan');
    const names = ['--desk', 'busan', '--name-en', 'Busan', '--name-ko', '부산', '--country', 'KR'];
    const said = await refuses(['up', '--data', other, ...names, '--port', port], 1, 'port-in-use', { inTurn: true });
    assert.ok(said.text.en.includes(port));
    const opened = await run('incident', 'list', '--data', other, '--json');
    assert.equal(opened.code, 0, opened.stderr);
    assert.deepEqual(JSON.parse(opened.stdout), { incidents: [] });
  });

  test('a data folder that belongs to a running desk is left alone', async () => {
    const said = await refuses(['up', '--data', data, '--port', '0'], 1, 'data-folder-locked');
    assert.ok(said.text.en.includes(String(desk.pid)));
    assert.equal((await run('partner', 'list', '--data', data)).code, 0, 'the desk still answers');
  });

  test('a folder without a desk, and another desk’s folder', async () => {
    await refuses(['up', '--data', join(folder, 'nobody')], 1, 'desk-unknown');
    const names = ['--desk', 'incheon', '--name-en', 'Incheon', '--name-ko', '인천', '--country', 'KR', '--port', '0'];
    await refuses(['up', '--data', join(folder, 'busan'), ...names], 1, 'desk-changed', { inTurn: true });
  });
});

describe('what is not there', () => {
  const here = () => ['--data', data];
  test('a partner, a chain, a transaction, an incident', async () => {
    await refuses(['partner', 'show', 'nobody', ...here()], 1, 'partner-unknown');
    await refuses(['partner', 'remove', 'nobody', ...here()], 1, 'partner-unknown');
    const chainSaid = await refuses(['trace', 'sepolia', `0x${'1'.repeat(64)}`, ...here()], 1, 'chain-unknown');
    assert.match(chainSaid.hint.en, /eip155:31337/);
    await refuses(['trace', 'klingon', `0x${'1'.repeat(64)}`, ...here()], 2, 'usage-wrong');
    await refuses(['trace', 'anvil', `0x${'1'.repeat(64)}`, ...here()], 1, 'transaction-unknown');
    await refuses(['incident', 'show', 'incident--0', ...here()], 1, 'not-found');
  });
});

describe('a damaged data folder is named, and nothing in it is changed', () => {
  let sound: string;
  before(async () => {
    sound = join(folder, 'busan-sound');
    await copyOf(join(folder, 'busan'), sound);
  });

  /** Damages a copy; neither starting a desk on it nor reading it changes a single file. */
  async function damaged(name: string, part: string, damage: (copy: string) => Promise<void>, untouched = '') {
    const copy = join(folder, name);
    await copyOf(sound, copy);
    await damage(copy);
    const before = await contentsOf(join(copy, untouched));
    assert.ok(before.size > 0);
    const said = await refuses(['up', '--data', copy, '--port', '0'], 1, 'data-folder-corrupt', {
      plain: ['incident', 'list', '--data', copy],
      inTurn: true,
    });
    assert.ok(said.text.en.includes(part), said.text.en);
    assert.ok(said.text.en.includes(copy), said.text.en);
    const changed = changesBetween(before, await contentsOf(join(copy, untouched)));
    assert.deepEqual(changed, []);
  }

  test('the sound copy opens', async () => {
    assert.equal((await run('incident', 'list', '--data', sound)).code, 0);
  });
  test('a truncated key', () => damaged('key-cut', 'desk-key.jwk', (copy) => truncate(join(copy, 'desk-key.jwk'), 40)));
  test('an empty key', () => damaged('key-empty', 'desk-key.jwk', (copy) => truncate(join(copy, 'desk-key.jwk'), 0)));
  test('a garbled desk.json', () =>
    damaged('identity', 'desk.json', (copy) => writeFile(join(copy, 'desk.json'), '{"id":"busan","name"')));
  test('records with a garbled control file', () =>
    damaged('records-control', 'records', (copy) => garble(join(copy, 'records', 'global', 'pg_control'))));
  test('records without their version', () =>
    damaged('records-version', 'records', (copy) => writeFile(join(copy, 'records', 'PG_VERSION'), 'no\n')));
  test('a ledger with garbled metadata', () =>
    damaged(
      'ledger-metadata',
      'ledger',
      async (copy) => {
        const metadata = join(copy, 'ledger', 'metadata');
        const files = (await readdir(metadata, { recursive: true })).filter((name) => name.endsWith('.sql'));
        assert.ok(files.length > 0);
        for (const file of files) await garble(join(metadata, file));
      },
      'ledger',
    ));
  test('a damaged lock of a process that is gone is nobody’s: the folder opens', async () => {
    const copy = join(folder, 'lock');
    await copyOf(sound, copy);
    await writeFile(join(copy, 'desk.lock'), '{"pid":');
    assert.equal((await run('incident', 'list', '--data', copy)).code, 0);
  });
});

async function garble(file: string): Promise<void> {
  const { length } = await readFile(file);
  await writeFile(file, Buffer.alloc(Math.max(64, length), 'garbage '));
}

function changesBetween(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string[] {
  const names = new Set([...before.keys(), ...now.keys()]);
  return [...names].filter((name) => before.get(name) !== now.get(name));
}

describe('a partner that cannot be trusted', () => {
  let tokyo: Awaited<ReturnType<typeof stranger>>;
  let shown: PartnerDetail;
  before(async () => {
    const keyFolder = join(folder, 'tokyo');
    await mkdir(keyFolder);
    tokyo = await stranger({ folder: keyFolder, desk: 'tokyo', to: 'seoul', url: desk.ready.url });
  });

  test('a card with another fingerprint is not added', async () => {
    const wrong = tokyo.fingerprint.replace(/./, (first) => (first === '0' ? '1' : '0'));
    const said = await refuses(
      ['partner', 'add', tokyo.cardFile, '--fingerprint', wrong, '--data', data],
      1,
      'partner-fingerprint-wrong',
    );
    assert.ok(said.text.en.includes(tokyo.fingerprint));
    await refuses(['partner', 'show', 'tokyo', '--data', data], 1, 'partner-unknown');
    await refuses(
      ['partner', 'add', join(folder, 'no-card.json'), '--fingerprint', wrong, '--data', data],
      2,
      'usage-wrong',
    );
  });

  test('a desk that is no partner, or says nothing of itself, is not heard', async () => {
    for (const [answer, code] of [
      [await tokyo.send([tokyo.marked()]), 'partner-token-invalid'],
      [await tokyo.send([tokyo.marked()], { token: null }), 'account-invalid'],
    ] as const)
      assert.deepEqual([answer.status, answer.code], [401, code]);
    assert.deepEqual(await desk.run(['partner', 'list']), { partners: [], pairings: [] });
  });

  test('a paired one is heard', async () => {
    const pairing = ['--fingerprint', tokyo.fingerprint, '--agreement', 'Test agreement'];
    await desk.run(['partner', 'add', tokyo.cardFile, ...pairing]);
    const answer = await tokyo.send([tokyo.marked()]);
    assert.equal(answer.status, 202, JSON.stringify(answer.body));
  });

  const refusals = {
    'a broken signature': {
      send: () => tokyo.send([tokyo.marked()], { signature: flipped }),
      ...{ status: 422, code: 'signature-invalid' },
    },
    'a body that was changed on its way': {
      send: () => tokyo.send([tokyo.marked()], { body: (body) => body.replace('Nobody', 'Somebody') }),
      ...{ status: 422, code: 'signature-invalid' },
    },
  } as const;
  for (const [name, { send, status, code }] of Object.entries(refusals)) {
    test(`${name} is refused, and kept as evidence`, async () => {
      const before = await tokyoAtSeoul();
      const answer = await send();
      assert.equal(answer.status, status, JSON.stringify(answer.body));
      assert.equal(answer.code, code);
      shown = await tokyoAtSeoul();
      const [newest, ...older] = shown.deliveries;
      assert.equal(newest?.state, 'quarantined');
      assert.equal(newest?.problem?.code, code);
      if (newest?.problem) readable(newest.problem);
      assert.deepEqual(older, before.deliveries);
      assert.equal(shown.received, 1, 'nothing more was admitted');
      const { stdout } = await run('partner', 'show', 'tokyo', '--data', data, '--lang', 'ko');
      assert.ok(stdout.includes(newest?.problem?.text.ko ?? '?'), stdout);
    });
  }

  const refusedObjects = {
    'an object without a marking': {
      objects: () => [tokyo.marked(), { ...tokyo.marked(), object_marking_refs: undefined }],
      code: 'object-unmarked',
    },
    'an object of STIX 2.0': {
      objects: () => [tokyo.marked(), { ...tokyo.marked(), spec_version: undefined }],
      code: 'bundle-invalid',
    },
  } as const;
  for (const [name, { objects, code }] of Object.entries(refusedObjects)) {
    test(`${name} is refused for itself and named in the receipt, and what is sound beside it is admitted`, async () => {
      const before = await tokyoAtSeoul();
      const answer = await tokyo.send(objects());
      assert.equal(answer.status, 202, JSON.stringify(answer.body));
      shown = await tokyoAtSeoul();
      const [newest, ...older] = shown.deliveries;
      assert.equal(newest?.state, 'admitted');
      assert.deepEqual([newest?.objects.length, newest?.refused.map((it) => it.code)], [1, [code]]);
      assert.deepEqual(older, before.deliveries);
      assert.equal(shown.received, before.received + 1);
    });
  }

  test('what is too large, unsigned, of another type or for nobody is refused unread', async () => {
    const before = await tokyoAtSeoul();
    const large = await tokyo.send([tokyo.marked()], { body: () => ' '.repeat(9 * 1024 * 1024) });
    assert.deepEqual([large.status, large.code], [413, 'body-too-large']);
    const unsigned = await tokyo.send([tokyo.marked()], { signature: () => null });
    assert.deepEqual([unsigned.status, unsigned.code], [401, 'signature-missing']);
    const html = await tokyo.send([tokyo.marked()], { contentType: 'text/html' });
    assert.deepEqual([html.status, html.code], [415, 'media-type-unsupported']);
    const elsewhere = await tokyo.send([tokyo.marked()], { path: '/taxii2/api/collections/none/objects/' });
    assert.deepEqual([elsewhere.status, elsewhere.code], [404, 'not-found']);
    assert.deepEqual((await tokyoAtSeoul()).deliveries, before.deliveries);
  });

  test('the desk lost nothing by any of it', async () => {
    await desk.restart();
    assert.deepEqual((await tokyoAtSeoul()).deliveries, shown.deliveries);
  });

  const tokyoAtSeoul = async () => zPartnerDetail.parse(await desk.run(['partner', 'show', 'tokyo']));
});

/** The same signature but for one bit of it. */
function flipped(signature: string): string {
  const at = signature.lastIndexOf('.') + 1;
  const bytes = Buffer.from(signature.slice(at), 'base64url');
  bytes.writeUInt8(bytes.readUInt8(7) ^ 1, 7);
  return signature.slice(0, at) + bytes.toString('base64url');
}
