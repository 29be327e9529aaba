import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addressRoles,
  incidentKinds,
  type Tlp,
  tlpLevels,
  zAddress,
  zAssetId,
  zChainId,
  zDeskCard,
  zTxId,
} from '@gongjo/contract';
import fc from 'fast-check';
import {
  bundle,
  deskIdentity,
  deskIdentityId,
  incidentObject,
  indicatorForWallet,
  languageContent,
  relationship,
  type Stamp,
  sighting,
  transactionObject,
  walletObject,
} from './build.ts';
import { chainOf, drillLabel, extensionDefinition, type IncidentFacts, projectIdentity } from './extension.ts';
import { incidentOf, labelOf } from './facts.ts';
import { type StixId, stixId, transactionId, walletId } from './id.ts';
import type { StixObject } from './model/index.ts';
import { walletPatternAddresses } from './pattern.ts';
import { readObjects } from './read.ts';
import { tlpMarking, tlpOf } from './tlp.ts';

const card = zDeskCard.parse({
  desk: 'kr-police',
  name: { en: 'Police of Korea', ko: '대한민국 경찰' },
  country: 'KR',
  timeZone: 'Asia/Seoul',
  url: 'https://desk.example.kr',
  key: { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) },
});
const chain = zChainId.parse('eip155:1');
const ether = { id: zAssetId.parse('eip155:1/slip44:60'), symbol: 'ETH', decimals: 18 };
const thief = zAddress.parse(`0x${'a'.repeat(40)}`);
const mule = zAddress.parse(`0x${'b'.repeat(40)}`);
const txid = zTxId.parse(`0x${'1'.repeat(64)}`);
const now = '2026-03-01T00:00:00.000Z';
const uuid = '58b77a17-364f-4ccb-91a4-4c9acefbef79';
const author = deskIdentityId(card.desk);
const stamp = (tlp: Tlp = 'amber', at = now): Stamp => ({ now: at, created: now, author, tlp });

const facts: IncidentFacts = {
  id: stixId('incident', uuid),
  title: { en: 'Hot wallet drained', ko: '핫월렛 탈취' },
  chain,
  kind: 'theft',
  txids: [txid],
  occurredAt: '2026-02-28T19:42:00.000Z',
  stolen: [{ asset: ether, units: 123_456_789_012_345_678_901n }],
};
const transfers = [
  { from: null, to: thief, asset: ether, units: 7n },
  { from: thief, to: mule, asset: ether, units: 5n },
  { from: thief, to: null, asset: ether, units: 2n },
];

function everything(tlp: Tlp): StixObject[] {
  const incident = incidentObject(facts, stamp(tlp));
  const indicator = indicatorForWallet(
    { incident: facts.id, address: thief, chain, validFrom: now, description: 'Received the stolen funds.' },
    stamp(tlp),
  );
  return [
    deskIdentity(card, stamp(tlp)),
    incident,
    walletObject(thief, chain, tlp),
    transactionObject({ txid, chain, symbol: 'ETH', time: now, transfers }, tlp),
    indicator,
    relationship('related-to', indicator.id, incident.id, stamp(tlp)),
    sighting(
      { indicator: indicator.id, key: txid, where: [author], count: 1, firstSeen: now, lastSeen: now },
      stamp(tlp),
    ),
    languageContent(incident, { name: facts.title.ko }, stamp(tlp)),
  ];
}

test('everything that is built reads back without a finding, as it was, with exactly one TLP 2.0 marking', () => {
  for (const tlp of tlpLevels) {
    const objects = everything(tlp);
    const made = bundle(uuid, [...objects, projectIdentity, extensionDefinition, tlpMarking(tlp)]);
    const { objects: read, findings } = readObjects(JSON.parse(JSON.stringify(made)));
    assert.deepEqual(findings, []);
    assert.deepEqual(read, made.objects);
    for (const object of objects) {
      assert.equal((object.object_marking_refs as string[]).length, 1);
      assert.equal(tlpOf(object), tlp);
    }
  }
});

/** Section 2.16 and the house rule: every time in milliseconds. */
function timesIn(value: unknown): string[] {
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\dT/.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(timesIn) : [];
}

test('every timestamp has milliseconds, and no property is empty, null or undefined', () => {
  const objects = [...everything('amber'), projectIdentity, extensionDefinition];
  assert.ok(timesIn(objects).length > 20);
  for (const time of timesIn(objects)) assert.match(time, /:\d\d\.\d{3}Z$/);
  assert.doesNotMatch(JSON.stringify(objects), /\[\]|\{\}|null/);
  assert.deepEqual(JSON.parse(JSON.stringify(objects)), objects);
});

test('built again later, every object keeps its id and its created', () => {
  const before = everything('amber');
  const later = indicatorForWallet(
    { incident: facts.id, address: thief, chain, validFrom: now },
    stamp('green', '2026-03-02T00:00:00.000Z'),
  );
  const earlier = before.find((it) => it.type === 'indicator');
  assert.equal(later.id, earlier?.id);
  assert.equal(later.created, earlier?.created);
  assert.equal(later.modified, '2026-03-02T00:00:00.000Z');
  assert.deepEqual(everything('amber'), before);
});

test('another desk, incident or address gives another indicator', () => {
  const input = { incident: facts.id, address: thief, chain, validFrom: now };
  const otherDesk = deskIdentityId(zDeskCard.shape.desk.parse('us-agency'));
  const otherIncident = stixId('incident', 'dea456d4-c2bd-4482-9baf-c1f9188592cb');
  const ids = [
    indicatorForWallet(input, stamp()),
    indicatorForWallet(input, { ...stamp(), author: otherDesk }),
    indicatorForWallet({ ...input, incident: otherIncident }, stamp()),
    indicatorForWallet({ ...input, address: mule }, stamp()),
  ].map((it) => it.id);
  assert.equal(new Set(ids).size, ids.length);
});

test('wallet and transaction ids are those that other tools publish', () => {
  assert.equal(
    walletId('12FA9138gjJ2ujrTipy95oNWjte5qyRzJi'),
    'cryptocurrency-wallet--bee9a2a2-1dc1-5677-b3c0-4622f023d5a2',
  );
  assert.equal(
    transactionId('3cf8b982a1b82485143333e0a9dfd1dc48ade3b7591a0c3a3fbb74be61be5953'),
    'cryptocurrency-transaction--f2b88ee9-810c-5bdf-a7d9-4105debdfa49',
  );
});

test('a transaction names each side once and every transfer exactly; minting and burning have one side', () => {
  const made = transactionObject({ txid, chain, symbol: 'ETH', time: now, transfers }, 'amber');
  assert.deepEqual(made.input, [{ address_ref: walletId(thief) }]);
  assert.deepEqual(made.output, [{ address_ref: walletId(thief) }, { address_ref: walletId(mule) }]);
  const part = Object.values(made.extensions ?? {})[1] as { transfers: { units: string; from_ref?: StixId }[] };
  assert.deepEqual(
    part.transfers.map((it) => it.units),
    ['7', '5', '2'],
  );
  assert.equal(part.transfers[0]?.from_ref, undefined);
  const nothing = transactionObject({ txid, chain, symbol: 'ETH', time: now, transfers: [] }, 'amber');
  assert.deepEqual([nothing.input, nothing.output], [undefined, undefined]);
});

test('an indicator carries its address in the pattern and its chain in the extension', () => {
  const made = indicatorForWallet({ incident: facts.id, address: thief, chain, validFrom: now }, stamp());
  assert.deepEqual(walletPatternAddresses(made.pattern), [thief]);
  assert.equal(chainOf(made), chain);
  assert.equal(chainOf(relationship('related-to', made.id, facts.id, stamp())), null);
});

test('the facts of an incident survive the wire exactly', () => {
  const text = fc.string({ minLength: 1, maxLength: 100, unit: 'grapheme' }).filter((it) => it.trim() !== '');
  const amount = fc.record({
    asset: fc.record({ id: fc.constant(ether.id), symbol: fc.string({ maxLength: 64 }), decimals: fc.nat(77) }),
    units: fc.bigInt({ min: 0n, max: 10n ** 78n - 1n }),
  });
  const told = {
    detectedAt: fc.constant(now),
    reportedAt: fc.constant(now),
    addresses: fc.array(fc.record({ address: fc.constant(thief), role: fc.constantFrom(...addressRoles) }), {
      minLength: 1,
      maxLength: 5,
    }),
    amounts: fc.array(fc.record({ asset: fc.constant(ether.id), units: fc.constantFrom('0', '7') }), {
      minLength: 1,
      maxLength: 5,
    }),
    drill: fc.constant(true),
    mainId: fc.constant(facts.id as string),
  };
  const always = {
    id: fc.uuid({ version: 4 }).map((it) => stixId('incident', it)),
    title: fc.record({ en: text, ko: text }),
    chain: fc.constant(chain),
    kind: fc.constantFrom(...incidentKinds),
    txids: fc.array(fc.constant(txid), { minLength: 1, maxLength: 100 }),
    occurredAt: fc.option(fc.constant(now)),
    stolen: fc.array(amount, { maxLength: 5 }),
  };
  const incident = fc.record({ ...always, ...told }, { requiredKeys: Object.keys(always) as (keyof typeof always)[] });
  fc.assert(
    fc.property(incident, (it) => {
      const wire = JSON.parse(JSON.stringify(bundle(uuid, [incidentObject(it, stamp())])));
      const { objects, findings } = readObjects(wire);
      assert.deepEqual(findings, []);
      // The generator's records have no prototype, which strict equality would take for a difference.
      assert.deepEqual(objects.map(incidentOf), [structuredClone(it)]);
    }),
  );
});

test('everything that is made in an exercise and has a version says so in its labels', () => {
  const drill = { ...stamp(), drill: true };
  const incident = incidentObject({ ...facts, drill: true }, drill);
  const indicator = indicatorForWallet({ incident: facts.id, address: thief, chain, validFrom: now }, drill);
  for (const object of [incident, indicator, relationship('related-to', indicator.id, incident.id, drill)])
    assert.deepEqual(object.labels, [drillLabel]);
  assert.ok(!everything('amber').some(({ labels }) => labels !== undefined));
});

test('an incident of another tool and an object of another type have no facts of ours', () => {
  const { extensions: _, ...foreign } = incidentObject(facts, stamp());
  assert.equal(incidentOf(foreign as StixObject), null);
  assert.equal(incidentOf(walletObject(thief, chain, 'amber')), null);
});

test('a bundle of nothing is a mistake of the caller', () => {
  assert.throws(() => bundle(uuid, []), /at least one object/);
});

test('people recognise objects by their label', () => {
  const labels = everything('amber').map(labelOf);
  assert.deepEqual(labels.slice(0, 5), ['Police of Korea', 'Hot wallet drained', thief, txid, `Wallet ${thief}`]);
  assert.match(labels[5] ?? '', /^indicator--.* – related-to → incident--/);
  assert.match(labels[6] ?? '', /^indicator--/);
  assert.equal(labels[7], facts.id);
});

test('a label is one bounded line without control or direction characters, whatever a partner wrote', () => {
  assert.equal(labelOf({ type: 'note', id: author, name: 'a\u202Eb\nc\u0000d' }), 'a b c d');
  assert.equal(labelOf({ type: 'note', id: author, name: '\u200B ' }), author);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 1_000 }), (name) => {
      const label = labelOf({ type: 'note', id: author, name });
      assert.ok(label.length > 0 && label.length <= 200);
      assert.doesNotMatch(label, /\p{C}|\p{Zl}|\p{Zp}/u);
    }),
  );
});
