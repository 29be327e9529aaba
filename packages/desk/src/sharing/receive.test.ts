import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { verifyAudit } from '../audit/index.ts';
import { findIncident, readTimeline } from '../cases/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { loadPolicies } from '../policy/index.ts';
import {
  deskIdentityId,
  gongjoExtension,
  indicatorForWallet,
  relationship,
  type StixObject,
  sighting,
} from '../stix/index.ts';
import { listDeliveries } from './delivery.store.ts';
import {
  address,
  cardOf,
  chain,
  envelopeOf,
  everything,
  incidentId,
  objectsOf,
  openTestDesk,
  ownIncident,
  partyOf,
  type TestDesk,
  txid,
  unsigned,
  uuid,
} from './desk.fixture.ts';
import { findObject, keepObjects, seal } from './object.store.ts';
import { quarantinedObjects } from './quarantine.store.ts';
import { type Incoming, quarantine, type ReceiptFacts, receive } from './receive.ts';
import { release } from './release.ts';

let desk: TestDesk;
before(async () => {
  desk = await openTestDesk('seoul');
});
beforeEach(() => desk.empty());
after(() => desk.close());

const theirs = cardOf('washington', 'US');
const washington = partyOf(theirs);
const ottawa = partyOf({ ...cardOf('ottawa', 'CA'), name: theirs.name });

const incoming = (envelope: string, change: Partial<Incoming> = {}): Incoming => ({
  partner: washington,
  id: uuid(1, 7),
  envelope,
  signature: 'header..signature',
  ...change,
});
const receiving = (it: Incoming) => receive(desk.records, desk.context, it, unsigned);
const receivingObjects = (objects: readonly unknown[], change: Partial<Incoming> = {}) =>
  receiving(incoming(envelopeOf(objects), change));
const hasCode = (code: string) => (thrown: unknown) => thrown instanceof GongjoError && thrown.code === code;
const states = async (partner = 'washington') =>
  (await listDeliveries(desk.records, partner)).map(({ state }) => state).reverse();
const watched = async () =>
  (
    await desk.records.query<{ address: string; incident: string; chain: string }>(
      `select chain, address, incident from watched_addresses where source = 'indicator' order by address`,
    )
  ).map((row) => [row.chain, row.address, row.incident]);

/** As `reliedOn`, without what is kept of single objects as evidence. */
async function relied(): Promise<unknown> {
  const { quarantined_objects: _, ...rest } = (await reliedOn()) as Record<string, unknown>;
  return rest;
}

/** What stands here apart from the delivery itself and the record of it. */
async function reliedOn(): Promise<unknown> {
  const { deliveries: _, audit_entries: __, ...rest } = await everything(desk.records);
  return rest;
}

describe('receive', () => {
  test('admits a bundle: objects as they came, the incident followed, its indicators watched, a receipt', async () => {
    const objects = objectsOf(theirs, 1, { addresses: [1, 2] });
    const { receipt, objectCount, repeated } = await receivingObjects(objects);
    assert.equal(objectCount, objects.length);
    assert.equal(repeated, false);
    const facts = JSON.parse(receipt) as ReceiptFacts;
    assert.deepEqual(
      facts.objects,
      objects.map((object) => {
        const { id, modified, tlp, sha256 } = seal(object);
        return { id, modified, tlp, sha256 };
      }),
    );
    assert.deepEqual([facts.delivery, facts.from, facts.by], [uuid(1, 7), 'washington', 'seoul']);
    const incident = await findIncident(desk.records, incidentId(1));
    assert.deepEqual(incident?.origin, { desk: 'washington', name: theirs.name });
    assert.deepEqual(incident?.txids, [txid(1)]);
    assert.deepEqual(await watched(), [
      [chain, address(1), incidentId(1)],
      [chain, address(2), incidentId(1)],
    ]);
    for (const object of objects) assert.deepEqual(await findObject(desk.records, 'washington', object.id), object);
    assert.deepEqual(await states(), ['admitted']);
    assert.equal((await verifyAudit(desk.records)).brokenAt, null);
  });

  test('keeps properties that nobody here knows', async () => {
    const objects = objectsOf(theirs, 1).map((object) => ({ ...object, x_vendor: { deep: [1, 'two', null] } }));
    await receivingObjects(objects);
    const [first] = objects;
    assert.deepEqual(await findObject(desk.records, 'washington', first?.id ?? ''), first);
  });

  test('the same delivery again gets the same receipt and changes nothing', async () => {
    const objects = objectsOf(theirs, 1);
    const first = await receivingObjects(objects);
    const untouched = await everything(desk.records);
    desk.clock.at += 60_000;
    const second = await receivingObjects(objects);
    assert.deepEqual(second, { ...first, repeated: true });
    assert.deepEqual(await everything(desk.records), untouched);
  });

  test('the same identifier with other content is a conflict and changes nothing', async () => {
    await receivingObjects(objectsOf(theirs, 1));
    const untouched = await everything(desk.records);
    await assert.rejects(receivingObjects(objectsOf(theirs, 2)), hasCode('delivery-conflict'));
    assert.deepEqual(await everything(desk.records), untouched);
  });

  test('the same identifier from another partner is another delivery', async () => {
    await receivingObjects(objectsOf(theirs, 1));
    await receivingObjects(objectsOf(cardOf('ottawa', 'CA'), 2), { partner: ottawa });
    assert.deepEqual([await states(), await states('ottawa')], [['admitted'], ['admitted']]);
  });

  test('a later version of an object stands beside the earlier one, and is the one that counts', async () => {
    const objects = objectsOf(theirs, 1);
    await receivingObjects(objects);
    const later = objects
      .filter(({ type }) => type === 'indicator')
      .map((object) => ({ ...object, name: 'renamed', modified: '2026-02-01T00:00:00.000Z' }));
    await receivingObjects(later, { id: uuid(2, 7) });
    assert.equal((await findObject(desk.records, 'washington', later[0]?.id ?? ''))?.name, 'renamed');
    const rows = await desk.records.query('select 1 from shared_objects where id = $1', [later[0]?.id]);
    assert.equal(rows.length, 2);
  });

  test('two partners may send the same object; neither changes the other’s', async () => {
    const wallet = objectsOf(theirs, 1)[2] as StixObject;
    await receivingObjects([wallet]);
    await receivingObjects([{ ...wallet, x_note: 'ottawa' }], { partner: ottawa });
    assert.deepEqual(await findObject(desk.records, 'washington', wallet.id), wallet);
  });
});

describe('what fails is kept in quarantine and changes nothing else', () => {
  const objects = objectsOf(theirs, 1);
  const marked = (refs: readonly string[] | undefined) =>
    objects.map((object) => JSON.parse(JSON.stringify({ ...object, object_marking_refs: refs })) as unknown);
  const red = 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1';
  const amber = 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421';
  const incidentWith = (change: object) =>
    objects.map((object) =>
      object.type === 'incident'
        ? {
            ...object,
            extensions: {
              [gongjoExtension]: {
                ...(object.extensions as Record<string, object>)[gongjoExtension],
                ...change,
              },
            },
          }
        : object,
    );

  for (const [name, code, envelope] of [
    ['not JSON', 'bundle-invalid', '{"objects":['],
    ['not an envelope', 'bundle-invalid', '[]'],
    ['an envelope of nothing', 'bundle-invalid', '{}'],
    ['a bundle of STIX 2.0', 'bundle-invalid', JSON.stringify({ type: 'bundle', spec_version: '2.0', objects })],
    ['a kind of delivery that nobody knows', 'bundle-invalid', JSON.stringify({ gongjo: { kind: 'order' }, objects })],
    ['deep nesting', 'bundle-invalid', `{"objects":[${'['.repeat(2_000)}${']'.repeat(2_000)}]}`],
    ['a recall without a reason', 'bundle-invalid', JSON.stringify({ gongjo: { kind: 'recall', objects: [] } })],
    [
      'more objects than one delivery may hold',
      'bundle-invalid',
      envelopeOf(Array.from({ length: 1001 }, () => objects[0])),
    ],
    [
      'more incidents than one delivery may hold',
      'bundle-invalid',
      envelopeOf(Array.from({ length: 101 }, (_, n) => ({ ...objects[1], id: incidentId(n + 100) }))),
    ],
  ] as const) {
    test(name, async () => {
      await receivingObjects(objectsOf(theirs, 9, { addresses: [9] }), { id: uuid(9, 7) });
      const untouched = await reliedOn();
      await assert.rejects(receiving(incoming(envelope)), hasCode(code));
      assert.deepEqual(await reliedOn(), untouched);
      assert.deepEqual(await states(), ['admitted', 'quarantined']);
      const [kept] = await desk.records.query<{ envelope: string; problem: { code: string } }>(
        `select envelope, problem from deliveries where state = 'quarantined'`,
      );
      assert.equal(kept?.envelope, envelope);
      assert.equal(kept?.problem.code, code);
    });
  }

  /** The incident alone is bad in these; everything else of the bundle is admitted. */
  const bad = (change: object) => ({ ...objects[1], ...change });
  for (const [name, code, object] of [
    ['an object without a type', 'bundle-invalid', { id: 'x' }],
    ['no object', 'bundle-invalid', 7],
    ['STIX 2.0', 'bundle-invalid', bad({ spec_version: '2.0' })],
    ['an unmarked object', 'object-unmarked', JSON.parse(JSON.stringify(bad({ object_marking_refs: undefined })))],
    ['two markings', 'marking-conflict', bad({ object_marking_refs: [red, amber] })],
    ['TLP:RED', 'policy-refused', bad({ object_marking_refs: [red] })],
    [
      'a marking that lies',
      'marking-false',
      {
        type: 'marking-definition',
        spec_version: '2.1',
        id: red,
        created: '2022-10-01T00:00:00.000Z',
        name: 'TLP:CLEAR',
        extensions: {
          'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d': {
            extension_type: 'property-extension',
            tlp_2_0: 'clear',
          },
        },
      },
    ],
    ['a NUL in a title', 'bundle-invalid', bad({ name: 'a\u0000b' })],
    ['half a surrogate pair in a title', 'bundle-invalid', bad({ name: '\ud800' })],
    ['a transaction that is none', 'bundle-invalid', incidentWith({ txids: ['0x12zz'] })[1]],
    ['deep nesting', 'bundle-invalid', bad({ x_deep: JSON.parse('['.repeat(200) + ']'.repeat(200)) })],
    [
      'a key that reaches a prototype',
      'bundle-invalid',
      JSON.parse(
        JSON.stringify(objects[1]).replace('"type":"incident"', '"__proto__":{"admin":true},"type":"incident"'),
      ),
    ],
  ] as const) {
    test(`of a bundle with ${name}, that object is refused and the rest admitted`, async () => {
      const mixed = objects.map((it, index) => (index === 1 ? object : it));
      // JSON.stringify and not canonical JSON: the latter refuses to write some of these.
      const { receipt, objectCount, refused } = await receiving(incoming(JSON.stringify({ objects: mixed })));
      assert.equal(objectCount, objects.length - 1);
      assert.deepEqual(
        refused.map((it) => [it.index, it.code]),
        [[1, code]],
      );
      assert.deepEqual((JSON.parse(receipt) as ReceiptFacts).refused, refused);
      assert.equal(await findIncident(desk.records, incidentId(1)), null);
      assert.deepEqual(await watched(), []);
      const [kept, ...more] = await quarantinedObjects(desk.records, 'washington');
      assert.deepEqual([kept?.index, kept?.problem.code, kept?.delivery], [1, code, uuid(1, 7)]);
      assert.deepEqual(more, []);
      assert.ok(await findObject(desk.records, 'washington', objects[2]?.id ?? ''));
      assert.deepEqual(await states(), ['admitted']);
    });
  }

  test('a bundle of which nothing can be admitted has a receipt that says so', async () => {
    const untouched = await relied();
    const { objectCount, refused } = await receivingObjects(marked([red]));
    assert.deepEqual([objectCount, refused.length], [0, objects.length]);
    assert.deepEqual(await relied(), untouched);
  });

  test('the same version of an object with other content', async () => {
    await receivingObjects(objects);
    const untouched = await relied();
    const changed = objects.map((object) => (object.type === 'indicator' ? { ...object, name: 'changed' } : object));
    const { refused } = await receivingObjects(changed, { id: uuid(2, 7) });
    assert.ok(refused.length > 0 && refused.every(({ code }) => code === 'object-conflict'));
    assert.deepEqual(await relied(), untouched);
  });

  test('one version twice in a bundle with other content: the first stands', async () => {
    const [, incident] = objects;
    const { refused } = await receivingObjects([incident, { ...incident, name: 'another' }]);
    assert.deepEqual(
      refused.map(({ index, code }) => [index, code]),
      [[1, 'object-conflict']],
    );
    assert.deepEqual(await findObject(desk.records, 'washington', incident?.id ?? ''), incident);
  });

  test('a fuller copy of a version takes the place of a poorer one, and never the other way round', async () => {
    const full = { ...objects[1], description: 'what happened' } as StixObject;
    const { description: _, ...poor } = full;
    await receivingObjects([poor]);
    await receivingObjects([full], { id: uuid(2, 7) });
    assert.deepEqual(await findObject(desk.records, 'washington', full.id), full);
    assert.deepEqual((await receivingObjects([poor], { id: uuid(3, 7) })).refused, []);
    assert.deepEqual(await findObject(desk.records, 'washington', full.id), full);
  });

  test('what was passed on in two versions is revoked in the words of both', async () => {
    const first = { ...objects[1], name: 'as it was first' } as StixObject;
    const gone = { ...first, modified: '2026-02-01T00:00:00.000Z', revoked: true };
    await receivingObjects([objects[0], first]);
    assert.deepEqual((await receivingObjects([{ ...gone, name: 'as it was last' }], { id: uuid(2, 7) })).refused, []);
    assert.deepEqual((await receivingObjects([gone], { id: uuid(3, 7) })).refused, []);
    const { refused } = await receivingObjects([{ ...gone, revoked: false }], { id: uuid(4, 7) });
    assert.deepEqual(
      refused.map(({ code }) => code),
      ['object-conflict'],
    );
  });

  test('everything, while the policy set has a fault', async () => {
    const context = { ...desk.context, policies: loadPolicies('permit (principal, action, resource);').policies };
    await assert.rejects(
      receive(desk.records, context, incoming(envelopeOf(objects)), unsigned),
      hasCode('policy-refused'),
    );
    assert.deepEqual(await states(), ['quarantined']);
  });

  test('a corrected bundle is admitted under the same identifier', async () => {
    await assert.rejects(receivingObjects([]), hasCode('bundle-invalid'));
    await receivingObjects(objects);
    assert.deepEqual(await states(), ['quarantined', 'admitted']);
  });

  test('the same failing bundle again is kept once', async () => {
    for (const _ of [1, 2, 3]) await assert.rejects(receivingObjects([]), hasCode('bundle-invalid'));
    assert.deepEqual(await states(), ['quarantined']);
  });

  test('a receipt that cannot be signed leaves nothing', async () => {
    const untouched = await everything(desk.records);
    const failing = receive(desk.records, desk.context, incoming(envelopeOf(objects)), async () => {
      throw new Error('the key is gone');
    });
    await assert.rejects(failing, /the key is gone/);
    assert.deepEqual(await everything(desk.records), untouched);
  });
});

describe('quarantine is bounded', () => {
  const problem = new GongjoError('bundle-invalid', { path: '', detail: '' }).problem;
  const fill = async (n: number, chars: number) => {
    for (let i = 0; i < n; i += 1)
      await quarantine(desk.records, desk.context, incoming(`${i} ${'x'.repeat(chars)}`), problem);
  };
  const kept = async () =>
    (
      await desk.records.query<{ n: string }>(
        `select split_part(envelope, ' ', 1) as n from deliveries where state = 'quarantined' order by seq`,
      )
    ).map(({ n }) => Number(n));

  test('in number: the newest are kept, and what was admitted stays', async () => {
    await receivingObjects(objectsOf(theirs, 1));
    await fill(55, 1);
    assert.deepEqual(
      await kept(),
      Array.from({ length: 50 }, (_, i) => i + 5),
    );
    assert.equal((await states()).filter((state) => state === 'admitted').length, 1);
  });

  test('in bytes', async () => {
    await fill(10, 8 * 1024 * 1024);
    assert.deepEqual(await kept(), [3, 4, 5, 6, 7, 8, 9]);
  });
});

describe('a partner cannot reach beyond what is its own', () => {
  test('an incident with the identifier of ours is refused and changes nothing of ours', async () => {
    const { id } = await ownIncident(desk, 1);
    const told = await findIncident(desk.records, id);
    const { refused } = await receivingObjects(objectsOf(theirs, 1));
    assert.deepEqual(
      refused.map((it) => [it.id, it.code]),
      [[id, 'object-conflict']],
    );
    assert.deepEqual(await findIncident(desk.records, id), told);
    assert.deepEqual(await watched(), []);
  });

  test('our revoked object may come back in the words of each version that others had, and in no others', async () => {
    const { id, objects } = await ownIncident(desk, 1);
    const first = objects.find(({ type }) => type === 'incident') as StixObject;
    const second = { ...first, modified: '2026-02-01T00:00:00.000Z', name: 'more is known' };
    const last = { ...second, modified: '2026-02-02T00:00:00.000Z', revoked: true };
    await desk.records.transaction((tx) =>
      keepObjects(tx, desk.clock, { origin: 'seoul', incident: id }, [first, second, last].map(seal)),
    );
    const { modified, revoked } = last;
    const refusedOf = async (object: StixObject, n: number) =>
      (await receivingObjects([object], { id: uuid(n, 7) })).refused.map(({ code }) => code);
    assert.deepEqual(await refusedOf(last, 2), []);
    assert.deepEqual(await refusedOf({ ...first, modified, revoked }, 3), []);
    assert.deepEqual(await refusedOf({ ...first, modified, revoked, name: 'forged' }, 4), ['object-conflict']);
    assert.deepEqual(await refusedOf({ ...first, modified, name: 'not revoked' }, 5), ['object-conflict']);
    assert.deepEqual(await refusedOf({ ...first, modified: second.modified, revoked }, 6), ['object-conflict']);
  });

  test('an incident with the identifier of another partner’s is refused', async () => {
    await receivingObjects(objectsOf(theirs, 1));
    const { refused } = await receivingObjects(objectsOf(cardOf('ottawa', 'CA'), 1), { partner: ottawa });
    assert.deepEqual(
      refused.map(({ id, code }) => [id, code]),
      [[incidentId(1), 'object-conflict']],
    );
    assert.equal((await findIncident(desk.records, incidentId(1)))?.origin?.desk, 'washington');
  });

  test('an incident that another partner passed on before is its author’s once that desk tells of it', async () => {
    const passedOn = objectsOf(theirs, 1, { addresses: [] });
    const both = [1, 2].map((n) => [chain, address(n), incidentId(1)]);
    assert.deepEqual((await receivingObjects(passedOn, { partner: ottawa })).refused, []);
    assert.equal((await findIncident(desk.records, incidentId(1)))?.origin?.desk, 'ottawa');
    const { refused } = await receivingObjects(objectsOf(theirs, 1), { id: uuid(2, 7) });
    assert.deepEqual(refused, []);
    assert.equal((await findIncident(desk.records, incidentId(1)))?.origin?.desk, 'washington');
    assert.deepEqual(await watched(), both);
    // What is passed on afterwards changes nothing.
    assert.deepEqual((await receivingObjects(passedOn, { partner: ottawa, id: uuid(3, 7) })).refused, []);
    assert.equal((await findIncident(desk.records, incidentId(1)))?.origin?.desk, 'washington');
    assert.deepEqual(await watched(), both);
  });

  const author = deskIdentityId(theirs.desk);
  const stamp = { now: '2026-01-01T00:00:00.000Z', author, tlp: 'amber' } as const;
  const indicatorFor = (incident: ReturnType<typeof incidentId>, n: number) => {
    const made = indicatorForWallet({ incident, address: address(n), chain, validFrom: stamp.now }, stamp);
    return [made, relationship('related-to', made.id, incident, stamp)];
  };

  test('its indicators are not watched for an incident of ours, or of another partner', async () => {
    await ownIncident(desk, 1);
    await receivingObjects(objectsOf(cardOf('ottawa', 'CA'), 2, { addresses: [] }), { partner: ottawa });
    await receivingObjects([...indicatorFor(incidentId(1), 66), ...indicatorFor(incidentId(2), 67)], {
      id: uuid(2, 7),
    });
    assert.deepEqual(await watched(), []);
  });

  test('its relationship does not make another partner’s indicator its own', async () => {
    const [indicator] = indicatorFor(incidentId(1), 66);
    await receivingObjects([indicator], { partner: ottawa });
    const objects = objectsOf(theirs, 1, { addresses: [] });
    const link = relationship('related-to', (indicator as StixObject).id as never, incidentId(1), stamp);
    await receivingObjects([...objects, link], { id: uuid(2, 7) });
    assert.deepEqual(await watched(), []);
  });

  test('indicators may come after their incident, in another bundle', async () => {
    await receivingObjects(objectsOf(theirs, 1, { addresses: [] }));
    await receivingObjects(indicatorFor(incidentId(1), 5), { id: uuid(2, 7) });
    assert.deepEqual(await watched(), [[chain, address(5), incidentId(1)]]);
  });

  test('an address in mixed case is watched as the ledger writes it; what is no address is not watched', async () => {
    const mixed = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed';
    const mistyped = mixed.replace('Ab', 'ab').replace('0x5a', '0x5A');
    const made = (text: string) =>
      indicatorForWallet({ incident: incidentId(1), address: text as never, chain, validFrom: stamp.now }, stamp);
    const indicators = [mixed, mistyped, '', 'everything', `${mixed}00`].map(made);
    const links = indicators.map(({ id }) => relationship('related-to', id, incidentId(1), stamp));
    await receivingObjects([...objectsOf(theirs, 1, { addresses: [] }), ...indicators, ...links]);
    assert.deepEqual(await watched(), [[chain, mixed.toLowerCase(), incidentId(1)]]);
  });

  test('a revoked indicator is not watched', async () => {
    const [indicator, link] = indicatorFor(incidentId(1), 5);
    await receivingObjects([...objectsOf(theirs, 1, { addresses: [] }), { ...indicator, revoked: true }, link]);
    assert.deepEqual(await watched(), []);
  });

  describe('sightings', () => {
    const sightingOf = (ref: string, key = 'k') =>
      sighting(
        { indicator: ref as never, key, where: [author], count: 1, firstSeen: stamp.now, lastSeen: stamp.now },
        stamp,
      );
    const timeline = async (id: string) =>
      (await readTimeline(desk.records, id)).filter(({ kind }) => kind === 'sighted');
    const releasedIncident = async () => {
      const incident = await ownIncident(desk, 1, { addresses: [1] });
      await desk.records.transaction((tx) =>
        release(tx, desk.context, { ...incident, incident: incident.id, to: [washington], purpose: 'investigation' }),
      );
      return incident;
    };

    test('of an indicator that we released is told, with its address and by whom, once', async () => {
      const { id, objects } = await releasedIncident();
      const indicator = objects.find(({ type }) => type === 'indicator') as StixObject;
      await receivingObjects([sightingOf(indicator.id)]);
      await receivingObjects([sightingOf(indicator.id)], { id: uuid(2, 7) });
      assert.deepEqual(
        (await timeline(id)).map(({ address: at, who }) => [at, who]),
        [[address(1), theirs.name]],
      );
    });

    test('of our incident is told', async () => {
      const { id } = await releasedIncident();
      await receivingObjects([sightingOf(id)]);
      assert.equal((await timeline(id)).length, 1);
    });

    test('of what we never released to that partner, or never made, is not told', async () => {
      const { id, objects } = await releasedIncident();
      await receivingObjects([sightingOf(id)], { partner: ottawa });
      const kept = await ownIncident(desk, 2, { addresses: [2] });
      await desk.records.transaction((tx) =>
        keepObjects(tx, desk.clock, { origin: 'seoul', incident: kept.id }, kept.objects.slice(1).map(seal)),
      );
      await receivingObjects(
        [sightingOf(kept.id), sightingOf(`indicator--${uuid(5)}`), sightingOf(`incident--${uuid(6)}`)],
        { id: uuid(3, 7) },
      );
      assert.deepEqual([await timeline(id), await timeline(kept.id)], [[], []]);
      assert.ok(objects.length > 0);
    });

    test('of one partner do not take the place of another’s', async () => {
      const incident = await releasedIncident();
      await desk.records.transaction((tx) =>
        release(tx, desk.context, { ...incident, incident: incident.id, to: [ottawa], purpose: 'investigation' }),
      );
      const seen = sightingOf(incident.id);
      await receivingObjects([seen]);
      await receivingObjects([seen], { partner: { ...ottawa, name: { en: 'Ottawa', ko: 'Ottawa' } } });
      assert.deepEqual(
        (await timeline(incident.id)).map(({ who }) => who?.en),
        ['washington', 'Ottawa'],
      );
    });

    test('cannot bury a timeline', async () => {
      const { id } = await releasedIncident();
      const many = (from: number) => Array.from({ length: 300 }, (_, i) => sightingOf(id, `${from + i}`));
      await receivingObjects(many(0));
      await receivingObjects(many(300), { id: uuid(2, 7) });
      assert.equal((await timeline(id)).length, 500);
    });
  });
});
