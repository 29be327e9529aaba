import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { type DeskCard, zDeskId } from '@gongjo/contract';
import { auditSchema } from '../audit/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { type DeskKeys, fingerprintOf, migrate, openKeys, openRecords, type Records } from '../platform/index.ts';
import { addPartner, type Pairing, removePartner } from './pair.ts';
import { findPartner, listPartners } from './partner.store.ts';
import { partnerSchema } from './schema.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-pair-'));
const keys = (): Promise<DeskKeys> => openKeys(mkdtempSync(path.join(folder, 'key-')));
const [own, theirs, changed] = await Promise.all([keys(), keys(), keys()]);
const cardOf = (id: string, { publicKey }: DeskKeys, url = `https://${id}.example`): DeskCard => ({
  desk: zDeskId.parse(id),
  name: { en: id, ko: id },
  country: 'KR',
  timeZone: 'UTC',
  url,
  key: publicKey,
});
const self = cardOf('seoul', own);
const card = cardOf('washington', theirs);
const clock = { now: () => Date.UTC(2026, 0, 1), sleep: async () => undefined };

let records: Records;
before(async () => {
  records = await openRecords({ folder: path.join(folder, 'records') });
  await migrate(records, [auditSchema, partnerSchema], folder);
});
beforeEach(() => records.query('truncate partners, audit_entries'));
after(async () => {
  await records.close();
  rmSync(folder, { recursive: true, force: true });
});

const pair = async (change: Partial<Pairing> = {}) => {
  const fingerprint = change.fingerprint ?? (await fingerprintOf(((change.card ?? card) as DeskCard).key));
  return records.transaction((tx) =>
    addPartner(tx, clock, self, { card, fingerprint, agreement: 'MoU', by: 'operator', ...change }),
  );
};
const refused = async (change: Partial<Pairing>, code: string) => {
  const earlier = [await listPartners(records), await audit()];
  await assert.rejects(pair(change), (thrown) => thrown instanceof GongjoError && thrown.code === code);
  assert.deepEqual([await listPartners(records), await audit()], earlier);
};
const audit = async () =>
  (await records.query<{ action: string }>('select action from audit_entries order by seq')).map(
    ({ action }) => action,
  );

describe('pairing', () => {
  test('keeps the card under the compared fingerprint, and records who did it', async () => {
    const partner = await pair();
    assert.deepEqual(partner.card, card);
    assert.equal(partner.fingerprint, await fingerprintOf(theirs.publicKey));
    assert.equal(partner.agreement, 'MoU');
    assert.deepEqual(partner.link, { state: 'idle', lastContactAt: null, downSince: null, problem: null });
    assert.deepEqual(await audit(), ['partner.added']);
  });

  test('takes a fingerprint as people write it', async () => {
    const fingerprint = await fingerprintOf(theirs.publicKey);
    for (const written of [
      fingerprint.toUpperCase(),
      fingerprint.replaceAll(' ', ''),
      fingerprint.replaceAll(' ', ':'),
      ` ${fingerprint}\n`,
    ])
      assert.equal((await pair({ fingerprint: written })).fingerprint, fingerprint);
  });

  test('refuses a fingerprint that is not that of the card', async () => {
    const right = (await fingerprintOf(theirs.publicKey)).replaceAll(' ', '');
    for (const fingerprint of ['', right.slice(1), `${right}0`, right.replace(/^./, (it) => (it === '0' ? '1' : '0'))])
      await refused({ fingerprint }, 'partner-fingerprint-wrong');
    await refused({ fingerprint: await fingerprintOf(changed.publicKey) }, 'partner-fingerprint-wrong');
  });

  test('refuses the desk’s own card, by its name or by its key', async () => {
    await refused({ card: self }, 'partner-is-self');
    await refused({ card: cardOf('seoul', theirs) }, 'partner-is-self');
    await refused({ card: cardOf('washington', own) }, 'partner-is-self');
  });

  for (const url of [
    'http://washington.example',
    'http://10.0.0.1:4500',
    'http://127.0.0.1.example',
    'http://localhost.example',
    'ftp://washington.example',
    'javascript:alert(1)',
    'file:///etc/passwd',
  ])
    test(`refuses ${url}: what goes there could be read on the way`, async () => {
      await refused({ card: { ...card, url } }, 'partner-url-insecure');
    });

  for (const url of ['https://user:secret@washington.example', 'https://user@washington.example'])
    test(`refuses ${url}: a card names no credentials`, async () => {
      await refused({ card: { ...card, url } }, 'input-invalid');
    });

  for (const url of [
    'https://washington.example:8443',
    'http://127.0.0.1:4520',
    'http://localhost:1',
    'http://[::1]:1',
  ])
    test(`takes ${url}`, async () => {
      assert.equal((await pair({ card: { ...card, url } })).card.url, url);
    });

  test('the same partner again brings its card and agreement up to date', async () => {
    await pair();
    const moved = { ...card, url: 'https://moved.example', name: { en: 'Moved', ko: 'Moved' } };
    const partner = await pair({ card: moved, agreement: 'MoU 2' });
    assert.deepEqual([partner.card, partner.agreement], [moved, 'MoU 2']);
    assert.equal((await listPartners(records)).length, 1);
  });

  test('another key under a known name is refused until the partner is removed', async () => {
    await pair();
    await refused({ card: cardOf('washington', changed) }, 'partner-exists');
    await records.transaction((tx) => removePartner(tx, clock, 'washington', 'operator'));
    assert.equal(await findPartner(records, 'washington'), null);
    const partner = await pair({ card: cardOf('washington', changed) });
    assert.deepEqual(partner.card.key, changed.publicKey);
    assert.deepEqual(await audit(), ['partner.added', 'partner.removed', 'partner.added']);
  });

  test('removing a desk that is no partner says so', async () => {
    await assert.rejects(
      records.transaction((tx) => removePartner(tx, clock, 'nobody', 'operator')),
      (thrown) => thrown instanceof GongjoError && thrown.code === 'partner-unknown',
    );
  });

  for (const [name, broken] of [
    ['nothing', null],
    ['a text', 'card'],
    ['an unknown field', { ...card, admin: true }],
    ['a private key', { ...card, key: { ...card.key, d: 'A'.repeat(43) } }],
    ['another kind of key', { ...card, key: { kty: 'EC', crv: 'P-256', x: card.key.x } }],
    ['a name of a desk that could be a path', { ...card, desk: '../x' }],
    [
      'very many unknown fields',
      { ...card, ...Object.fromEntries(Array.from({ length: 9999 }, (_, i) => [`f${i}`, i])) },
    ],
  ] as const)
    test(`a card that is ${name} is refused in few words`, async () => {
      const fingerprint = await fingerprintOf(theirs.publicKey);
      await assert.rejects(pair({ card: broken, fingerprint }), (thrown) => {
        assert.ok(thrown instanceof GongjoError);
        assert.equal(thrown.code, 'input-invalid');
        assert.ok(thrown.problem.text.en.length < 1000);
        return true;
      });
    });
});
