import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Address, ChainId, Instant, TagImport } from '@gongjo/contract';
import { openColumns } from '../../platform/index.ts';
import { type Ledger, openLedger } from '../ledger.store.ts';
import type { ListFile } from './model.ts';
import { listsIn } from './shared-data.fixture.ts';

const bitcoin = 'bip122:000000000019d6689c085ae165831e93' as ChainId;
const ethereum = 'eip155:1' as ChainId;
const at = '2026-03-01T00:00:00.000Z' as Instant;
const skip = (lists: unknown) => ({
  skip: lists === null ? 'the shared data folder is absent (GONGJO_SHARED)' : false,
});
const reasonsOf = ({ refusals }: TagImport) =>
  Object.fromEntries([...Map.groupBy(refusals, ({ reason }) => reason)].map(([reason, all]) => [reason, all.length]));

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-published-'));
const columns = await openColumns({ folder: path.join(folder, 'ledger') });
let ledger: Ledger;
before(async () => {
  ledger = await openLedger(columns);
});
after(async () => {
  await columns.close();
  rmSync(folder, { recursive: true, force: true });
});
const importOfac = (source: string, files: readonly ListFile[]) =>
  ledger.importTags({ kind: 'ofac', source, files }, at);

const packs = listsIn('tagpacks');
describe('published TagPacks', skip(packs), () => {
  const refused = new Map<string, TagImport>();
  let tags = 0;
  let rows = 0;

  test('every pack imports; 92,814 rows are tags, repetitions or refusals', async () => {
    const files = packs?.('packs/**/*.yaml') ?? [];
    assert.equal(files.length, 77);
    for (const file of files) {
      const source = `tagpack:${path.parse(file.name).name}`;
      const imported = await ledger.importTags({ kind: 'tagpack', source, files: [file] }, at);
      assert.equal(imported.changed + imported.removed + imported.unchanged, 0, file.name);
      assert.equal(imported.added, imported.tags, file.name);
      tags += imported.tags;
      rows += imported.tags + imported.repeated + imported.refused;
      if (imported.refused > 0) refused.set(file.name, imported);
    }
    assert.deepEqual([rows, tags], [92_814, 92_735]);
  });

  test('the traps in them are reported', () => {
    const inPack = (name: string) =>
      refused.get(name)?.refusals.map(({ row, reason, value }) => [row, reason, value.slice(0, 40)]) ?? [];
    assert.deepEqual(inPack('plustoken.yaml'), [
      [11, 'address-checksum', '1MFgcyJ7ZNSknbTBRaih6zWDE6V1A64tRYs'],
      [31, 'address-case', '14bwh6gmvol5ntwbvxqjkjdtzv4y5ebtvm'],
    ]);
    // A Tron address under Bitcoin, and three texts that are no whole Monero address.
    assert.deepEqual(
      inPack('ofac.yaml').map(([, reason]) => reason),
      ['address-form', 'address-checksum', 'address-checksum', 'address-chain'],
    );
    assert.deepEqual(
      inPack('etherscan-label-word-cloud.yaml').map(([, reason]) => reason),
      ['address-checksum', 'address-checksum'],
    );
    assert.equal(
      [...refused.values()].reduce((sum, it) => sum + it.refused, 0),
      64,
    );
  });

  test('every row of the miners’ pack, the largest, is a tag; the same pack again changes nothing', async () => {
    const files = packs?.('packs/miners.yaml') ?? [];
    const again = await ledger.importTags({ kind: 'tagpack', source: 'tagpack:miners', files }, at);
    assert.deepEqual([again.run, again.unchanged, again.tags, again.added], [1, 37_439, 37_439, 0]);
  });

  test('774 addresses that the issuer of USDT froze', async () => {
    const [run] = await ledger.tagRuns('tagpack:usdt_blacklist');
    assert.equal(run?.tags, 774);
    const frozen = '0x008fe40574e881e7247b50b991c0cc057d66647f' as Address;
    const [tag] = (await ledger.tags(ethereum, [frozen])).get(frozen) ?? [];
    assert.deepEqual([tag?.category, tag?.confidence], ['frozen', 100]);
  });

  test('3,813 actors; a tag’s actor gives name and countries', async () => {
    const files = packs?.('actors/*.yaml') ?? [];
    const imported = await ledger.importTags({ kind: 'tagpack', source: 'actors', files }, at);
    assert.deepEqual([imported.actors, imported.refused, imported.repeated], [3813, 0, 0]);
    const upbit = [
      ...(packs?.('packs/etherscan-wordcloud-exchange.yaml')[0]?.text ?? '').matchAll(
        /'(0x[0-9a-fA-F]{40})'[^']*?actor: upbit/g,
      ),
    ];
    const address = (upbit[0]?.[1] ?? '').toLowerCase() as Address;
    const found = (await ledger.tags(ethereum, [address])).get(address) ?? [];
    assert.deepEqual(found.find((it) => it.actor === 'upbit')?.holder, { name: 'Upbit', countries: ['KR', 'ID'] });
  });
});

const ofac = listsIn('ofac');
describe('published sanctions lists', skip(ofac), () => {
  test('the lists of addresses of 2024-09-27: 654 lines, of which two are no address of their asset', async () => {
    const imported = await importOfac('ofac', ofac?.('0xB10C/*.txt') ?? []);
    assert.deepEqual([imported.tags, imported.repeated, imported.refused], [642, 10, 2]);
    assert.deepEqual(
      imported.refusals.map(({ file, reason, value }) => [file, reason, value]),
      [
        ['sanctioned_addresses_XBT.txt', 'address-chain', 'TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq'],
        [
          'sanctioned_addresses_XMR.txt',
          'address-form',
          '5be5543ff73456ab9f2d207887e2af87322c651ea1a873c5b25b7ffae456c320',
        ],
      ],
    );
  });

  test('the JSON list of 2026-08-20 writes every address in lower case: what is lost is refused, and not taken as delisted', async () => {
    const imported = await importOfac('ofac', ofac?.('thomasgregg-*.json') ?? []);
    const { added, changed, removed, refused } = imported;
    assert.deepEqual({ added, changed, removed, refused }, { added: 104, changed: 155, removed: 90, refused: 712 });
    // The one of another form is a hash that the list gives as an address of Monero.
    assert.deepEqual(reasonsOf(imported), { 'address-case': 711, 'address-form': 1 });
    assert.equal((await importOfac('ofac', ofac?.('thomasgregg-*.json') ?? [])).run, 2);
  });

  test('the delisting of Tornado Cash (21 March 2025) is the difference between them', async () => {
    const { changes } = await ledger.tagRun('ofac', 2);
    const removed = changes.filter(({ change }) => change === 'removed').map((it) => it.address);
    // The router, and the pools of 0.1, 1, 10 and 100 ether.
    for (const address of [
      '0xd90e2f925da726b50c4ed8d0fb90ad053324f31b',
      '0x12d66f87a04a9e220743712ce6d9bb1b5616b8fc',
      '0x47ce0c6ed5b0ce3d3a51fdb1c52dc66a7c3c2936',
      '0x910cbd523d972eb0a6f4cae4618ad62622b39dbf',
      '0xa160cdab225685da1d56aa342ad8841c3b53f291',
    ] as Address[]) {
      assert.ok(removed.includes(address), address);
      assert.deepEqual(
        (await ledger.tags(ethereum, [address])).get(address)?.filter((it) => it.source === 'ofac') ?? [],
        [],
      );
      const { past } = await ledger.tagHistory(ethereum, address);
      assert.deepEqual(
        past.map(({ tag, removedBy }) => [tag.category, removedBy]),
        [['sanctioned', 2]],
      );
    }
  });

  test('SDN.CSV alone has 16 entries whose addresses are cut off; with its continuation they are whole', async () => {
    const main = ofac?.('sdn-2024-05-03.csv') ?? [];
    const alone = await importOfac('sdn', main);
    assert.equal(reasonsOf(alone)['text-cut'], 16);
    const both = await importOfac('sdn', [...main, ...(ofac?.('ofac-sdn_comments.csv') ?? [])]);
    assert.deepEqual(reasonsOf(both), { 'address-form': 1, 'address-chain': 1 });
    assert.deepEqual([both.removed, both.tags], [0, alone.tags + both.added]);
    // Without the continuation again: what it does not show has not left the list.
    assert.equal((await importOfac('sdn', main)).removed, 0);
    const lazarus = '0x098b716b8aaf21512996dc57eb0615e2383e2f96' as Address;
    const [tag] = (await ledger.tags(ethereum, [lazarus])).get(lazarus)?.filter((it) => it.source === 'sdn') ?? [];
    assert.deepEqual([tag?.label, tag?.programmes?.includes('DPRK3')], ['LAZARUS GROUP', true]);
  });

  test('an address of Bitcoin on the list is shown with who is behind it', async () => {
    const address = '12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h' as Address;
    const tags = (await ledger.tags(bitcoin, [address])).get(address) ?? [];
    const yan = tags.find((it) => it.source === 'sdn');
    assert.deepEqual([yan?.label, yan?.programmes, yan?.uri], ['YAN, Xiaobing', ['SDNTK'], 'OFAC SDN 25308']);
  });
});
