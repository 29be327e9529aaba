import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type HandlingMark, tlpLevels, zAddress, zAssetId, zChainId, zDeskCard, zTxId } from '@gongjo/contract';
import * as build from './build.ts';
import { extensionDefinition, projectIdentity } from './extension.ts';
import { stixId } from './id.ts';
import { markingDefinitionOf } from './marking.ts';
import type { StixObject } from './model/index.ts';
import { samples } from './model.fixture.ts';
import { needsSchemas, oasisCheck } from './oasis.fixture.ts';
import { redact } from './redact.ts';
import { tlpMarking, withTlp } from './tlp.ts';
import { newVersion, revoke } from './version.ts';

/** Everything that a desk writes of its own, against the schemas that OASIS publishes. */

const card = zDeskCard.parse({
  desk: 'kr-police',
  name: { en: 'Police of Korea', ko: '대한민국 경찰' },
  country: 'KR',
  timeZone: 'Asia/Seoul',
  url: 'https://desk.example.kr',
  key: { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) },
});
const chain = zChainId.parse('eip155:1');
const asset = { id: zAssetId.parse('eip155:1/slip44:60'), symbol: 'ETH', decimals: 18 };
const thief = zAddress.parse(`0x${'a'.repeat(40)}`);
const txid = zTxId.parse(`0x${'1'.repeat(64)}`);
const now = '2026-03-01T00:00:00.000Z';
const later = '2026-03-02T00:00:00.000Z';
const author = build.deskIdentityId(card.desk);

function emitted(tlp: (typeof tlpLevels)[number]): StixObject[] {
  const stamp: build.Stamp = { now, author, tlp };
  const facts = {
    id: stixId('incident', '58b77a17-364f-4ccb-91a4-4c9acefbef79'),
    title: { en: 'Hot wallet drained', ko: '핫월렛 탈취' },
    chain,
    kind: 'theft',
    txids: [txid],
    occurredAt: now,
    stolen: [{ asset, units: 5n }],
  } as const;
  const incident = build.incidentObject(facts, stamp);
  const indicator = build.indicatorForWallet(
    { incident: facts.id, address: thief, chain, validFrom: now, description: 'd' },
    stamp,
  );
  const transfers = [
    { from: null, to: thief, asset, units: 7n },
    { from: thief, to: null, asset, units: 2n },
  ];
  const seen = { indicator: indicator.id, key: 'k', where: [author], count: 1, firstSeen: now, lastSeen: later };
  return [
    build.deskIdentity(card, stamp),
    incident,
    indicator,
    build.walletObject(thief, chain, tlp),
    build.transactionObject({ txid, chain, symbol: 'ETH', time: now, transfers }, tlp),
    build.transactionObject({ txid, chain, symbol: 'ETH', time: now, transfers: [] }, tlp),
    build.relationship('related-to', indicator.id, incident.id, stamp),
    build.sighting(seen, stamp),
    build.languageContent(incident, { name: '핫월렛 탈취' }, stamp),
    build.languageContent(indicator, { name: '지갑', description: '설명' }, stamp),
    build.noteObject({ key: 'k', content: { en: 'c', ko: '다' }, about: [incident.id] }, stamp),
    tlpMarking(tlp),
    withTlp(incident, 'red'),
    newVersion(incident, { description: 'more' }, later),
    revoke(indicator, later),
  ];
}

const mark: HandlingMark = {
  id: 'us-les',
  country: 'US',
  name: { en: 'Law enforcement sensitive', ko: '법집행 민감' },
  tlp: 'amber+strict',
  terms: { en: 't', ko: '조건' },
  statements: ['Law enforcement sensitive'],
  definitions: [],
  source: 's',
};

test('OASIS schemas: every object that a desk makes, at every level', needsSchemas, () => {
  const { check } = oasisCheck();
  const fixed = [projectIdentity, extensionDefinition, markingDefinitionOf(mark)];
  for (const object of [...fixed, ...tlpLevels.flatMap(emitted)]) {
    assert.deepEqual(check(object), [], `${object.type} ${JSON.stringify(object).slice(0, 500)}`);
  }
});

test('OASIS schemas: every redacted copy of what a desk makes', needsSchemas, () => {
  const { check } = oasisCheck();
  let redacted = 0;
  for (const object of emitted('amber')) {
    for (const pattern of ['description', 'extensions.*.stolen', 'extensions.*.transfers', 'input', 'created_by_ref']) {
      const redaction = redact(object, [pattern]);
      if (!redaction.possible || redaction.removed.length === 0) continue;
      redacted += 1;
      assert.deepEqual(check(redaction.object), [], `${object.type} without ${pattern}`);
    }
  }
  assert.ok(redacted > 10);
});

test('OASIS schemas: our examples of every type are theirs too', needsSchemas, () => {
  const { check } = oasisCheck();
  for (const [type, object] of samples) {
    const found = check(object);
    if (found !== null) assert.deepEqual(found, [], type);
  }
});

test('OASIS schemas: what is wrong is found', needsSchemas, () => {
  const { check } = oasisCheck();
  const wrong = { ...projectIdentity, name: undefined, created: 'yesterday' } as unknown as StixObject;
  assert.ok((check(JSON.parse(JSON.stringify(wrong))) ?? []).length >= 2);
});
