import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { readTimeline } from '../cases/index.ts';
import { canonicalJson } from '../kernel/index.ts';
import { sha256Hex } from '../platform/index.ts';
import { loadPolicies } from '../policy/index.ts';
import { type StixObject, walletId, walletObject } from '../stix/index.ts';
import { findDelivery, listDeliveries, nextWaiting, noteAttempt, retryRefused } from './delivery.store.ts';
import { address, cardOf, chain, openTestDesk, ownIncident, partyOf, type TestDesk } from './desk.fixture.ts';
import { readableBy } from './object.store.ts';
import type { Party } from './party.ts';
import { release, undecidedIncidents } from './release.ts';
import { listRequests } from './request.store.ts';
import { refusalsOf } from './view.ts';

let desk: TestDesk;
before(async () => {
  desk = await openTestDesk('seoul');
});
beforeEach(() => desk.empty());
after(() => desk.close());

const other = cardOf('washington', 'US');
const washington = (): Party => partyOf(other);
const releasing = (
  incident: { readonly id: string; readonly objects: readonly StixObject[] },
  to: readonly Party[] = [washington()],
  objects = incident.objects,
) =>
  desk.records.transaction((tx) =>
    release(tx, desk.context, { incident: incident.id, objects, to, purpose: 'investigation' }),
  );
const outbox = async (partner = 'washington') =>
  (await listDeliveries(desk.records, partner)).filter(({ direction }) => direction === 'out').reverse();
const refusals = () => refusalsOf(desk.records, 'washington');
const sentIds = async (partner = 'washington') =>
  (await outbox(partner)).flatMap(({ objects }) => objects.map(({ id }) => id));

describe('release', () => {
  test('puts every permitted object in the outbox, with the reasons, and says so', async () => {
    const incident = await ownIncident(desk, 1);
    assert.deepEqual(await releasing(incident), new Set(['washington']));
    const [delivery, ...more] = await outbox();
    assert.deepEqual(more, []);
    assert.equal(delivery?.state, 'waiting');
    assert.deepEqual(
      delivery?.objects.map(({ id }) => id),
      incident.objects.map(({ id }) => id),
    );
    assert.deepEqual(delivery?.reasons.map(({ policy }) => policy).sort(), ['release-partner', 'release-public']);
    const timeline = await readTimeline(desk.records, incident.id);
    assert.deepEqual(
      timeline.map(({ kind, count }) => [kind, count]),
      [['released', incident.objects.length]],
    );
  });

  test('what is sent is canonical JSON, and each object’s hash is of its bytes in there', async () => {
    const incident = await ownIncident(desk, 1);
    await releasing(incident);
    const waiting = await nextWaiting(desk.records, 'washington');
    const parsed = JSON.parse(waiting?.envelope ?? '') as { objects: StixObject[] };
    assert.equal(waiting?.envelope, canonicalJson(parsed));
    assert.equal(waiting?.envelopeSha256, sha256Hex(waiting?.envelope ?? ''));
    assert.deepEqual(
      parsed.objects.map((object) => sha256Hex(canonicalJson(object))),
      waiting?.objects.map(({ sha256 }) => sha256),
    );
  });

  test('decides once: the same objects again send nothing, new ones alone are sent', async () => {
    const incident = await ownIncident(desk, 1, { addresses: [1] });
    await releasing(incident);
    assert.deepEqual(await releasing(incident), new Set());
    const grown = await ownIncident(desk, 1, { addresses: [1, 2] });
    assert.deepEqual(await releasing(grown), new Set(['washington']));
    const ids = await sentIds();
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(new Set(ids), new Set(grown.objects.map(({ id }) => id)));
  });

  test('an object named twice in one release is decided once', async () => {
    const incident = await ownIncident(desk, 1);
    await releasing(incident, [washington()], [...incident.objects, ...incident.objects]);
    assert.deepEqual(
      await sentIds(),
      incident.objects.map(({ id }) => id),
    );
  });

  test('a second partner gets what the first one got, byte for byte, however the objects have grown', async () => {
    const incident = await ownIncident(desk, 1);
    await releasing(incident);
    desk.clock.at += 60_000;
    const rebuilt = await ownIncident(desk, 1);
    await releasing(rebuilt, [washington(), { ...washington(), id: 'ottawa' }]);
    const [first] = await outbox('washington');
    const [second] = await outbox('ottawa');
    assert.notDeepEqual(rebuilt.objects, incident.objects);
    assert.deepEqual(second?.objects, first?.objects);
  });

  for (const [tlp, persons] of [
    ['red', 2],
    ['amber+strict', 1],
  ] as const) {
    test(`TLP:${tlp.toUpperCase()} does not leave by itself; ${persons} person(s) are asked`, async () => {
      const incident = await ownIncident(desk, 1, { tlp });
      await releasing(incident);
      assert.deepEqual(
        (await outbox()).flatMap(({ objects }) => objects.map(({ type }) => type)),
        ['identity'],
      );
      const kept = await refusals();
      assert.equal(kept.length, incident.objects.length - 1);
      assert.ok(kept.every(({ reasons }) => reasons.length > 0));
      const [request, ...more] = await listRequests(desk.records, desk.clock, 'open');
      assert.deepEqual(
        [request?.kind, request?.persons, request?.objectCount],
        ['person', persons, incident.objects.length - 1],
      );
      assert.deepEqual(more, []);
      const { objects } = await readableBy(desk.records, 'washington', 0, null, 100);
      assert.deepEqual(
        objects.map(({ body }) => (JSON.parse(body) as StixObject).type),
        ['identity'],
      );
    });
  }

  for (const [name, change] of [
    ['unmarked', (object: StixObject) => ({ ...object, object_marking_refs: undefined })],
    [
      'marked twice',
      (object: StixObject) => ({
        ...object,
        object_marking_refs: [
          'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487',
          'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421',
        ],
      }),
    ],
    [
      'marked with a statement only',
      (object: StixObject) => ({
        ...object,
        object_marking_refs: ['marking-definition--11111111-2222-4333-8444-555555555555'],
      }),
    ],
  ] as const) {
    test(`an object that is ${name} never leaves`, async () => {
      const incident = await ownIncident(desk, 1);
      const objects = incident.objects.map((object) => JSON.parse(JSON.stringify(change(object))) as StixObject);
      assert.deepEqual(await releasing(incident, [washington()], objects), new Set());
      assert.deepEqual(await outbox(), []);
      assert.equal((await refusals()).length, objects.length);
    });
  }

  test('without an agreement nothing leaves', async () => {
    for (const agreement of [null, '', '  ']) {
      const incident = await ownIncident(desk, 1);
      assert.deepEqual(await releasing(incident, [{ ...washington(), agreement }]), new Set());
    }
    assert.deepEqual(await outbox(), []);
    assert.ok((await refusals()).every(({ reasons }) => reasons.length > 0));
  });

  test('a policy set with a fault lets nothing leave', async () => {
    const { policies } = loadPolicies('permit (principal, action, resource);');
    const incident = await ownIncident(desk, 1);
    const answer = await desk.records.transaction((tx) =>
      release(
        tx,
        { ...desk.context, policies },
        { incident: incident.id, objects: incident.objects, to: [washington()], purpose: 'investigation' },
      ),
    );
    assert.deepEqual(answer, new Set());
  });

  test('what was refused is decided again when the agreement is there, and only then', async () => {
    const incident = await ownIncident(desk, 1);
    const none = { ...washington(), agreement: null };
    await releasing(incident, [none]);
    const [first] = await refusals();
    desk.clock.at += 60_000;
    await releasing(incident, [none]);
    assert.deepEqual((await refusals())[0], first);
    assert.deepEqual(await undecidedIncidents(desk.records, desk.context, [incident.id], [none]), new Set());
    assert.deepEqual(
      await undecidedIncidents(desk.records, desk.context, [incident.id], [washington()]),
      new Set([incident.id]),
    );
    await releasing(incident);
    assert.deepEqual(
      await sentIds(),
      incident.objects.map(({ id }) => id),
    );
    assert.deepEqual(await refusals(), []);
    assert.deepEqual(await undecidedIncidents(desk.records, desk.context, [incident.id], [washington()]), new Set());
  });

  test('what was released stays released when the agreement ends, and nothing more follows', async () => {
    const incident = await ownIncident(desk, 1, { addresses: [1] });
    await releasing(incident);
    const grown = await ownIncident(desk, 1, { addresses: [1, 2] });
    assert.deepEqual(await releasing(grown, [{ ...washington(), agreement: null }]), new Set());
    assert.deepEqual(
      await sentIds(),
      incident.objects.map(({ id }) => id),
    );
  });

  test('an address that a RED incident named first stays RED when another incident names it', async () => {
    const red = await ownIncident(desk, 1, { tlp: 'red', addresses: [1] });
    await releasing(red, []);
    const amber = await ownIncident(desk, 2, { tlp: 'amber', addresses: [1] });
    await releasing(amber);
    assert.ok(!(await sentIds()).includes(walletId(address(1))));
    const { objects } = await readableBy(desk.records, 'washington', 0, null, 100);
    assert.ok(!objects.some(({ body }) => body.includes('marking-definition--e828b379')));
  });

  test('a large release is split into deliveries that a partner takes, in order', async () => {
    const incident = await ownIncident(desk, 1, { addresses: [] });
    const wallets = Array.from({ length: 1_203 }, (_, i) => walletObject(address(i), chain, 'amber'));
    await releasing(incident, [washington()], wallets);
    const deliveries = await outbox();
    assert.deepEqual(
      deliveries.map(({ objects }) => objects.length),
      [500, 500, 203],
    );
    assert.deepEqual(
      deliveries.flatMap(({ objects }) => objects.map(({ id }) => id)),
      wallets.map(({ id }) => id),
    );
  });

  test('large objects are split by their size', async () => {
    const incident = await ownIncident(desk, 1, { addresses: [] });
    const large = Array.from({ length: 7 }, (_, i) => ({
      ...walletObject(address(i), chain, 'amber'),
      x_note: 'x'.repeat(700_000),
    }));
    await releasing(incident, [washington()], large as StixObject[]);
    assert.deepEqual(
      (await outbox()).map(({ objects }) => objects.length),
      [2, 2, 2, 1],
    );
  });

  test('a transaction that fails leaves neither decisions nor deliveries', async () => {
    const incident = await ownIncident(desk, 1);
    const failing = desk.records.transaction(async (tx) => {
      await release(tx, desk.context, {
        incident: incident.id,
        objects: incident.objects,
        to: [washington()],
        purpose: 'investigation',
      });
      throw new Error('crash');
    });
    await assert.rejects(failing, /crash/);
    assert.deepEqual(await outbox(), []);
    assert.deepEqual(await releasing(incident), new Set(['washington']));
    assert.deepEqual(
      await sentIds(),
      incident.objects.map(({ id }) => id),
    );
  });
});

describe('the outbox', () => {
  test('goes out in the order of the decisions; what the partner refused is passed over until it is retried', async () => {
    const deliveries: string[] = [];
    for (const n of [1, 2, 3]) {
      await releasing(await ownIncident(desk, n, { addresses: [n] }));
      deliveries.push((await outbox()).at(-1)?.id ?? '');
    }
    const [first = '', second = ''] = deliveries;
    const next = async () => (await nextWaiting(desk.records, 'washington'))?.id;
    assert.equal(await next(), first);
    await desk.records.transaction((tx) => noteAttempt(tx, 'washington', first, { problem: null, refused: false }));
    assert.equal(await next(), first);
    await desk.records.transaction((tx) => noteAttempt(tx, 'washington', first, { problem: null, refused: true }));
    assert.equal(await next(), second);
    assert.equal((await findDelivery(desk.records, 'washington', 'out', first))?.state, 'refused-by-partner');
    assert.equal(await desk.records.transaction((tx) => retryRefused(tx, 'washington')), 1);
    assert.equal(await next(), first);
    assert.equal((await findDelivery(desk.records, 'washington', 'out', first))?.attempts, 2);
  });

  test('waits for each partner by itself', async () => {
    await releasing(await ownIncident(desk, 1));
    assert.equal(await nextWaiting(desk.records, 'ottawa'), null);
  });
});

describe('what a partner may read', () => {
  const page = (after: number, limit: number, partner = 'washington') =>
    readableBy(desk.records, partner, after, null, limit);

  test('is what was released to it, by a cursor that loses and repeats nothing while objects are added', async () => {
    await releasing(await ownIncident(desk, 1, { addresses: [1, 2] }));
    const read: string[] = [];
    let cursor = 0;
    for (let round = 0; ; round += 1) {
      const { objects, more } = await page(cursor, 3);
      read.push(...objects.map(({ body }) => (JSON.parse(body) as StixObject).id));
      cursor = objects.at(-1)?.seq ?? cursor;
      if (round === 1) await releasing(await ownIncident(desk, 2, { addresses: [2, 3, 4] }));
      if (!more) break;
    }
    assert.deepEqual(read, await sentIds());
  });

  test('comes after its cursor also when an old object is released late', async () => {
    const incident = await ownIncident(desk, 1, { addresses: [1] });
    const none = { ...washington(), agreement: null };
    await releasing(incident, [none]);
    await releasing(await ownIncident(desk, 2, { addresses: [2] }));
    const seen = (await page(0, 100)).objects;
    await releasing(incident);
    const later = (await page(seen.at(-1)?.seq ?? 0, 100)).objects;
    const ids = [...seen, ...later].map(({ body }) => (JSON.parse(body) as StixObject).id);
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.some((id) => id === incident.id));
  });

  test('is nothing for another desk', async () => {
    await releasing(await ownIncident(desk, 1));
    assert.deepEqual(await page(0, 100, 'ottawa'), { objects: [], more: false });
  });

  test('can be asked for by the time of its release', async () => {
    await releasing(await ownIncident(desk, 1, { addresses: [1] }));
    const earlier = new Date(desk.clock.at).toISOString();
    desk.clock.at += 1000;
    await releasing(await ownIncident(desk, 2, { addresses: [2] }));
    const { objects } = await readableBy(desk.records, 'washington', 0, earlier, 100);
    assert.ok(objects.length > 0);
    assert.ok(objects.every(({ addedAt }) => addedAt === new Date(desk.clock.at).toISOString()));
  });
});
