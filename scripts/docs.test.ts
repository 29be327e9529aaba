import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import {
  type Asset,
  type ChainId,
  caseContent,
  type DeskCard,
  peopleTerms,
  zAddress,
  zAssetId,
  zChainId,
  zInstant,
  zLiveEvent,
  zTxId,
} from '@gongjo/contract';
import { type CliHost, runCli } from '../packages/desk/src/cli/index.ts';
import { defaultQuotas } from '../packages/desk/src/partner/index.ts';
import { readSettings } from '../packages/desk/src/platform/index.ts';
import {
  deskIdentityId,
  incidentObject,
  indicatorForWallet,
  readObjects,
  stixId,
  transactionObject,
  walletObject,
} from '../packages/desk/src/stix/index.ts';

/** Holds the documentation to the code: commands, settings, routes, examples and links. */
const root = path.resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

describe('docs/cli.md', () => {
  const doc = read('docs/cli.md');

  test('lists every command with every option, and no other', async () => {
    const commands = await commandsBelow([]);
    assert.ok(commands.length > 10);
    for (const { name, options } of commands) {
      assert.match(doc, new RegExp(`^\\| \`gongjo ${name}[ \`]`, 'm'), name);
      for (const option of options) assert.ok(optionsOf(name, doc).includes(option), `${name} ${option}`);
    }
    const told = Array.from(doc.matchAll(/^\| `gongjo ([a-z][a-z -]*[a-z])/gm), ([, name]) => name);
    assert.deepEqual(told.sort(), commands.map(({ name }) => name).sort());
  });
});

describe('docs/api.md', () => {
  test('names everything that pages are told has changed', () => {
    const [, told = ''] = /what_ changed \(([^)]+)\)/.exec(read('docs/api.md')) ?? [];
    assert.deepEqual(told.match(/\w+/g)?.sort(), zLiveEvent.shape.topics.element.options.toSorted());
  });
});

describe('docs/people.md', () => {
  test('names all that is content of cases', () => {
    const [, told = ''] = /Content of cases – ([^–]+) –/.exec(read('docs/people.md')) ?? [];
    const names = [...caseContent].map((it) => peopleTerms.rightObject[it].en);
    assert.deepEqual(told.replace(/\s+/g, ' ').split(', ').sort(), names.sort());
  });
});

describe('docs/settings.md', () => {
  const doc = read('docs/settings.md');
  const cells = new Map(
    doc.split('\n').flatMap((line) => {
      const [, name, flag, environment, byDefault] = line.split('|').map((it) => it.trim());
      return name?.startsWith('`') ? [[name.replaceAll('`', ''), { flag, environment, byDefault }] as const] : [];
    }),
  );

  test('lists every setting with its default', () => {
    const identity = { id: 'seoul', name: { en: 'x', ko: 'x' }, country: 'KR' };
    const servers = { records: { url: 'postgresql://x' }, ledger: { url: 'http://x', cluster: 'x' }, url: 'http://x' };
    const feed = {
      name: 'xx',
      url: 'https://x/collections/x/',
      user: 'x',
      passwordFile: 'x',
      country: 'KR',
      agreement: 'x',
    };
    const mail = { host: 'x', user: 'x', passwordFile: 'x', caFile: 'x', from: 'x@x.example' };
    const both = { en: 'x', ko: 'x' };
    const signatory = { name: both, title: both, badge: 'x', email: 'x@x.example', phone: 'x' };
    const words = { agency: both, department: both, sender: both, address: both, numberPrefix: both };
    const files = { seal: 'x', certificate: 'x', passwordFile: 'x' };
    const letters = { ...words, ...files, phone: 'x', email: 'x@x.example', website: 'x' };
    const holds = { legalBasis: both, signatory };
    const people = { oidc: { issuer: 'https://x', clientId: 'x', clientSecretFile: 'x' } };
    const settings = readSettings(
      {
        ...{ desk: identity, ...servers, mail, letters, holds, people, feeds: [feed] },
        chains: [{ chain: 'eip155:1', rpc: 'http://x' }],
      },
      {},
    );
    const tls = { cert: 'x', key: 'x' };
    const known = {
      ...settings,
      listen: { ...settings.listen, tls },
      quotas: defaultQuotas,
      chains: [{ name: 'x', ...settings.chains[0] }],
      // Each of these excludes one of those.
      feeds: [{ tokenFile: 'x', collection: 'x', ...settings.feeds[0] }],
    };
    assert.deepEqual(
      pathsOf(known).sort(),
      [...cells.keys()]
        .filter((it) => !/\.(cedar|yaml)$/.test(it))
        .filter(isSetting)
        .sort(),
    );
    for (const [setting, value] of [
      ['data', settings.data],
      ['desk.timeZone', settings.desk?.timeZone],
      ['listen.host', settings.listen.host],
      ['listen.port', settings.listen.port],
      ['chains[].from', settings.chains[0]?.from],
      ['chains[].pollMs', settings.chains[0]?.pollMs],
      ...Object.entries(defaultQuotas).map(([name, value]) => [`quotas.${name}`, value] as const),
      ['feeds[].direction', settings.feeds[0]?.direction],
      ['feeds[].everyMs', settings.feeds[0]?.everyMs],
      ['feeds[].unmarked', settings.feeds[0]?.unmarked],
      ['mail.port', settings.mail?.port],
      ['mail.secure', settings.mail?.secure],
      ['holds.approvals', settings.holds.approvals],
      ['holds.acknowledgeHours', settings.holds.acknowledgeHours],
      ['holds.warnHours', settings.holds.warnHours],
      ['holds.days', settings.holds.days],
      ['holds.fileBytes', settings.holds.fileBytes],
      ['people.sessionHours', settings.people.sessionHours],
      ['people.idleMinutes', settings.people.idleMinutes],
      ['people.oidc.claim', settings.people.oidc?.claim],
    ] as const) {
      assert.equal(cells.get(setting)?.byDefault, `\`${value}\``, setting);
    }
  });

  test('its environment variables are read', () => {
    for (const [setting, { environment }] of cells) {
      const name = environment?.replaceAll('`', '');
      if (!name?.startsWith('GONGJO_')) continue;
      const value = setting.endsWith('url') ? 'http://value' : setting.endsWith('port') ? '4711' : 'value';
      const given = setting === 'records.url' ? 'postgresql://value' : value;
      // A cluster without a server is refused.
      const server = setting === 'ledger.cluster' ? { GONGJO_LEDGER_URL: 'http://value' } : {};
      const settings = readSettings({}, { ...server, [name]: given });
      const found = setting.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], settings);
      assert.equal(String(found), given, name);
    }
  });

  /** Rows of the tables further down name files, not settings. */
  function isSetting(name: string): boolean {
    return !/^desk\.(json|lock)|desk-key|ledger-spool|desk\.sock|webhook\.key|letter-signing\.pem|letters\/|overlap|policy|^(records|ledger)$/.test(
      name,
    );
  }
});

describe('docs/api.md', () => {
  test('lists every route, and no other', () => {
    const declared = globSync('packages/desk/src/http/*.routes.ts', { cwd: root }).flatMap((file) =>
      Array.from(
        read(file).matchAll(/\bapi\.(get|post|put|patch|delete)(?:<[^(]*>)?\(\s*'([^']+)'/g),
        ([, method, route]) => `${method?.toUpperCase()} ${route}`,
      ),
    );
    const told = Array.from(read('docs/api.md').matchAll(/^\| `([A-Z]+ \/api\/[^`]+)`/gm), ([, route]) => route);
    assert.ok(declared.length > 10);
    assert.deepEqual(told.sort(), declared.sort());
  });
});

describe('docs/stix-extension.md', () => {
  const [example] = Array.from(read('docs/stix-extension.md').matchAll(/```json\n([\s\S]*?)```/g), ([, it]) =>
    JSON.parse(it ?? ''),
  );

  test('the example is valid and is what the builders make', () => {
    assert.deepEqual(readObjects(example).findings, []);
    assert.deepEqual(example, JSON.parse(JSON.stringify({ objects: exampleObjects() })));
  });
});

describe('every page', () => {
  test('links to what is there', () => {
    const broken = globSync(['*.md', 'docs/**/*.md'], { cwd: root }).flatMap((file) =>
      Array.from(read(file).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g), ([, target]) => target ?? '')
        .filter((target) => !/^[a-z]+:/.test(target))
        .map((target) => path.join(path.dirname(file), target))
        .filter((target) => !existsSync(path.join(root, target)))
        .map((target) => `${file}: ${target}`),
    );
    assert.deepEqual(broken, []);
  });
});

function pathsOf(value: unknown, at = ''): string[] {
  if (Array.isArray(value)) {
    const [first] = value;
    return typeof first === 'object' ? pathsOf(first, `${at}[]`) : [at];
  }
  if (typeof value !== 'object' || value === null) return [at];
  // A text in both languages is one setting; the desk's name has flags of its own for each.
  if (Object.keys(value).join() === 'en,ko' && at !== 'desk.name') return [at];
  return Object.entries(value).flatMap(([key, item]) => pathsOf(item, at === '' ? key : `${at}.${key}`));
}

/** Commands as their help pages tell them; groups of commands are no commands. */
async function commandsBelow(words: readonly string[]): Promise<{ name: string; options: string[] }[]> {
  const help = await helpOf(words);
  const section = (title: string) => new RegExp(`^${title}:\\n((?:  .*\\n?)+)`, 'm').exec(help)?.[1] ?? '';
  const below = Array.from(section('Commands').matchAll(/^ {2}([a-z-]+)/gm), ([, name]) => name ?? '');
  if (below.length > 0) return (await Promise.all(below.map((name) => commandsBelow([...words, name])))).flat();
  const options = Array.from(section('Options').matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm), ([, name]) => name ?? '');
  return [{ name: words.join(' '), options }];
}

/** The options that the page gives a command: its own, and those that every command takes. */
function optionsOf(name: string, doc: string): string[] {
  const own = doc.split('\n').find((line) => line.startsWith(`| \`${name}\` `)) ?? '';
  const everywhere = /Every command takes[\s\S]*?\n\n/.exec(doc)?.[0] ?? '';
  return Array.from(`${own}\n${everywhere}`.matchAll(/--[a-z-]+/g), ([option]) => option);
}

async function helpOf(words: readonly string[]): Promise<string> {
  let said = '';
  const unused = () => Promise.reject(new Error('help calls nothing'));
  const host: CliHost = {
    version: '0',
    env: {},
    signal: new AbortController().signal,
    out: (text) => {
      said += text;
    },
    err: (text) => {
      said += text;
    },
    open: unused,
    up: unused,
    demo: unused,
  };
  assert.equal(await runCli([...words, '--help'], host), 0);
  return said;
}

function exampleObjects() {
  const chain: ChainId = zChainId.parse('eip155:1');
  const asset: Asset = { id: zAssetId.parse('eip155:1/slip44:60'), symbol: 'ETH', decimals: 18 };
  const txid = zTxId.parse(`0x${'00112233445566778899aabbccddeeff'.repeat(2)}`);
  const from = zAddress.parse(`0x${'1'.repeat(40)}`);
  const to = zAddress.parse(`0x${'2'.repeat(40)}`);
  const time = zInstant.parse('2026-03-02T01:10:11.000Z');
  const units = 1_500_000_000_000_000_001n;
  const id = stixId('incident', '0c1d2e3f-4a5b-4c6d-8e7f-901a2b3c4d5e');
  const author = deskIdentityId('seoul' as DeskCard['desk']);
  const stamp = { now: zInstant.parse('2026-03-02T01:23:45.678Z'), author, tlp: 'amber' } as const;
  const title = { en: 'Theft from an exchange', ko: '거래소 탈취 사건' };
  return [
    incidentObject(
      { id, title, chain, kind: 'theft', txids: [txid], occurredAt: time, stolen: [{ asset, units }] },
      stamp,
    ),
    walletObject(to, chain, 'amber'),
    transactionObject({ txid, chain, symbol: 'ETH', time, transfers: [{ asset, units, from, to }] }, 'amber'),
    indicatorForWallet({ incident: id, address: to, chain, validFrom: time }, stamp),
  ];
}
