import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { type Address, type EvidenceVerdict, zDeskId } from '@gongjo/contract';
import { cosign, originOf, readNote, signatureLine, signCheckpoint } from '../audit/index.ts';
import type { AuditFile, DeliveriesFile } from '../evidence/content.ts';
import { faultsOf } from '../evidence/make.ts';
import { listenUtxo } from '../evidence/rows/utxo.ts';
import { checkAudit } from '../evidence/verify/audit.ts';
import { checkDeliveries } from '../evidence/verify/deliveries.ts';
import { checkIntegrity } from '../evidence/verify/integrity.ts';
import { signDelivery, signReceipt } from '../partner/seal.ts';
import { type Keyring, openKeys } from '../platform/index.ts';

/** What two desks signed to each other, with something wrong in it: each code is found, and by what it should be. */
const folders: string[] = [];
async function keysOf(name: string): Promise<Keyring> {
  const folder = mkdtempSync(path.join(os.tmpdir(), `gongjo-damage-${name}-`));
  folders.push(folder);
  return openKeys(folder);
}
const [seoul, washington] = [await keysOf('seoul'), await keysOf('washington')];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
const desks = { seoul: zDeskId.parse('seoul'), washington: zDeskId.parse('washington') };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

type Delivery = DeliveriesFile['deliveries'][number];
async function delivered(): Promise<Delivery> {
  const delivery = randomUUID();
  const envelope = '{"objects":[]}';
  const envelopeSha256 = sha256(envelope);
  const keyed = ({ publicKey, keyId }: Keyring) => [{ ...publicKey, kid: keyId }];
  const [from, by] = [desks.seoul, desks.washington];
  return {
    ...{ format: 'gongjo-proof-1', delivery, sender: from, receiver: by, envelope, envelopeSha256, recalledBy: [] },
    decidedAt: '2026-01-01T00:00:00.000Z' as Delivery['decidedAt'],
    signature: await signDelivery(seoul, from, by, delivery, envelope),
    receipt: await signReceipt(washington, {
      ...{ delivery, from, by, envelopeSha256, objects: [], refused: [] },
      receivedAt: '2026-01-01T00:00:01.000Z',
    }),
    keys: { seoul: keyed(seoul), washington: keyed(washington) },
  };
}

describe('a delivery', () => {
  const codesOf = async (change: (it: Delivery) => Delivery | Promise<Delivery>) =>
    checkDeliveries({ deliveries: [await change(await delivered())], omitted: 0 }).findings.map(({ code }) => code);

  test('that was signed and received holds, and names both keys', async () => {
    const { findings, counts, keys } = checkDeliveries({ deliveries: [await delivered()], omitted: 3 });
    assert.deepEqual([findings, counts], [[], { deliveries: 1, receipts: 1 }]);
    assert.deepEqual(
      keys?.map(({ desk, key, use }) => [desk, key.x, use]),
      [
        ['seoul', seoul.publicKey.x, 'delivery'],
        ['washington', washington.publicKey.x, 'receipt'],
      ],
    );
  });

  test('that is one of more says how many more', () => {
    assert.deepEqual(checkDeliveries({ deliveries: [], omitted: 3 }).notes, [{ code: 'deliveries-omitted', count: 3 }]);
  });

  const wrong: Record<string, [change: (it: Delivery) => Delivery | Promise<Delivery>, ...codes: string[]]> = {
    'with another digest': [(it) => ({ ...it, envelopeSha256: sha256('x') }), 'envelope-digest-wrong', 'receipt-wrong'],
    'with another envelope': [
      (it) => ({ ...it, envelope: '{"objects":[1]}' }),
      'envelope-digest-wrong',
      'delivery-signature-wrong',
    ],
    'signed for somebody else': [
      async (it) => ({
        ...it,
        signature: await signDelivery(seoul, desks.seoul, zDeskId.parse('busan'), it.delivery, it.envelope),
      }),
      'delivery-signature-wrong',
    ],
    'signed by somebody else': [
      async (it) => ({
        ...it,
        signature: await signDelivery(washington, desks.seoul, desks.washington, it.delivery, it.envelope),
      }),
      'delivery-signature-wrong',
    ],
    'with a key under another’s name': [
      (it) => ({ ...it, keys: { ...it.keys, seoul: [{ ...seoul.publicKey, kid: washington.keyId }] } }),
      'delivery-signature-wrong',
    ],
    'with the receipt of another': [async (it) => ({ ...it, receipt: (await delivered()).receipt }), 'receipt-wrong'],
    'with a receipt that its sender signed': [
      async (it) => ({
        ...it,
        receipt: await signReceipt(seoul, {
          ...{ delivery: it.delivery, from: desks.seoul, by: desks.washington, objects: [], refused: [] },
          ...{ envelopeSha256: it.envelopeSha256, receivedAt: '2026-01-01T00:00:01.000Z' },
        }),
      }),
      'receipt-wrong',
    ],
    'with its signature as receipt': [(it) => ({ ...it, receipt: it.signature }), 'receipt-wrong'],
  };
  for (const [what, [change, ...codes]] of Object.entries(wrong))
    test(what, async () => assert.deepEqual(await codesOf(change), codes));
});

describe('a cosignature', () => {
  const card = { desk: desks.seoul, key: seoul.publicKey };
  const checkpoint = { origin: originOf('seoul'), size: 3, root: new Uint8Array(32).fill(7) };
  async function cosigned(by: Keyring, name: string, size = 3): Promise<string> {
    const signed = readNote(await signCheckpoint(seoul, { ...checkpoint, size }));
    assert.ok(signed);
    return signatureLine(await cosign(by, name, signed, 1_767_225_600));
  }
  const auditOf = async (line: string, witnesses: AuditFile['witnesses']) =>
    checkAudit(
      { checkpoint: (await signCheckpoint(seoul, checkpoint)) + line, entries: [], omitted: 0, witnesses },
      card,
    );

  test('of a partner holds, and names its key', async () => {
    const key = washington.publicKey;
    const { findings, counts, keys, notes } = await auditOf(await cosigned(washington, 'washington'), {
      washington: [key],
    });
    assert.deepEqual([findings, counts.cosignatures, notes], [[], 1, []]);
    assert.deepEqual(keys, [{ desk: 'washington', key, use: 'cosignature' }]);
  });

  const wrong: Record<string, () => Promise<[line: string, witnesses: AuditFile['witnesses']]>> = {
    'by another key': async () => [await cosigned(seoul, 'washington'), { washington: [washington.publicKey] }],
    'of another checkpoint': async () => [
      await cosigned(washington, 'washington', 2),
      { washington: [washington.publicKey] },
    ],
    'of a witness that is not named': async () => [await cosigned(washington, 'washington'), {}],
    'that is not there': async () => ['', { washington: [washington.publicKey] }],
  };
  for (const [what, of] of Object.entries(wrong))
    test(what, async () => {
      const { findings, counts, notes } = await auditOf(...(await of()));
      assert.deepEqual(
        [[...new Set(findings.map(({ code }) => code))], counts.cosignatures],
        [['cosignature-wrong'], 0],
      );
      assert.deepEqual(notes, [{ code: 'no-cosignature', count: 1 }]);
    });
});

test('a package that does not verify says what is damaged, not only what its files say', () => {
  const { damages } = checkIntegrity(Buffer.alloc(10_240));
  const nothing: EvidenceVerdict['findings'] = [];
  assert.deepEqual(faultsOf({ damages: [...damages], findings: nothing }), [
    { file: null, code: 'container', detail: '' },
  ]);
});

test('the rows of a trace of a million transactions are written', async () => {
  const count = 1_000_000;
  const numbers = new Map(Array.from({ length: count }, (_, n) => [`${n}`.padStart(64, '0'), n + 5] as const));
  const none = new Map();
  const listening = listenUtxo(
    async () =>
      ({
        ...{ coverage: { chain: 'c', from: 0, tip: {}, internals: [] }, numbers },
        ...{ transactions: none, received: none, tags: new Map<Address, never>(), usage: none, fees: none },
      }) as never,
  );
  await listening.provide({} as never);
  const { numbers: written } = listening.file();
  assert.deepEqual([written.length, written[0]?.number], [count, 0]);
});
