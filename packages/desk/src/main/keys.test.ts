import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { ProblemCode } from '@gongjo/contract';
import { canonicalJson, GongjoError } from '../kernel/index.ts';
import { accept } from '../partner/accept.ts';
import { confirmWords } from '../partner/confirm.ts';
import { sendNext } from '../partner/courier.client.ts';
import { authenticate, collectionsFor } from '../partner/inbox.ts';
import { invite } from '../partner/invite.ts';
import { vouch } from '../partner/key-change.ts';
import { ownKeys } from '../partner/own-key.store.ts';
import { addPartner } from '../partner/pair.ts';
import { findPartner, partnerNamed } from '../partner/partner.store.ts';
import { partnerKeys } from '../partner/partner-key.store.ts';
import { revokePartnerKey, tellRevoked } from '../partner/revoke.ts';
import { revokeOwnKey, rotateKey, settleKeys } from '../partner/rotate.ts';
import { signDelivery, signToken } from '../partner/seal.ts';
import { inboxPath, respond, taxiiError } from '../partner/taxii/index.ts';
import { claimedKey, signVow, vowTypes } from '../partner/vow.ts';
import type { Wire } from '../partner/wire.client.ts';
import { fingerprintOf, keyIdOf } from '../platform/index.ts';
import { nextWaiting, putInOutbox } from '../sharing/index.ts';
import { doorOf, type Network, openSide, type Side, wireOver } from './pairing.fixture.ts';

const network: Network = new Map();
let seoul: Side;
let washington: Side;
let lost: 'nothing' | 'answer' = 'nothing';
before(async () => {
  seoul = await openSide('seoul', network);
  washington = await openSide('washington', network);
});
beforeEach(async () => {
  lost = 'nothing';
  for (const side of [seoul, washington]) await side.empty();
  for (const [self, other] of [
    [seoul, washington],
    [washington, seoul],
  ] as const) {
    await settleKeys(self.context);
    const { desk } = other.context;
    const fingerprint = await fingerprintOf(desk.key);
    await self.context.records.transaction((tx) =>
      addPartner(tx, self.clock, self.context.desk, { card: { ...desk }, fingerprint, agreement: 'MoU', by }),
    );
  }
});
after(() => Promise.all([seoul, washington].map((side) => side.close())));

const by = 'operator';
const running = new AbortController().signal;
const other = (side: Side) => (side === seoul ? washington : seoul);
const partnerAt = (side: Side) => partnerNamed(side.context.records, other(side).context.desk.desk);
const codeOf = (code: ProblemCode) => (thrown: unknown) => thrown instanceof GongjoError && thrown.code === code;
const identity = {
  type: 'identity',
  spec_version: '2.1',
  created: '2025-11-27T00:00:00.000Z',
  modified: '2025-11-27T00:00:00.000Z',
  name: 'Nobody',
  object_marking_refs: ['marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb'],
};

/** The other desk's inbox, reached without a network; pairing messages go by the fixture's. */
const wire: Wire = async (request) => {
  if (request.url.pathname !== inboxPath) return wireOver(network)(request);
  const { context } = request.url.hostname.startsWith('seoul') ? seoul : washington;
  const answer = await (async () => {
    const partner = await authenticate(context, request.headers.authorization);
    const { body, headers } = request;
    return respond(
      {
        ...{ method: 'POST', path: inboxPath, query: new URLSearchParams(), accept: '*/*', body },
        contentType: headers['content-type'] ?? '',
        signature: headers['gongjo-signature'] ?? null,
      },
      collectionsFor(context, partner, () => undefined),
    );
  })().catch(taxiiError);
  if (lost === 'answer') throw new Error('the answer was lost');
  return { status: answer.status, retryAfterS: null, text: answer.body };
};

let objects = 0;
async function put(side: Side): Promise<string> {
  objects += 1;
  const id = `identity--00000000-0000-4000-8000-${String(objects).padStart(12, '0')}`;
  const body = canonicalJson({ ...identity, id });
  const { context } = side;
  const nothing = { incident: null, notice: null, objects: [], reasons: [] };
  return context.records.transaction((tx) =>
    putInOutbox(tx, context, { id: other(side).context.desk.desk }, { ...nothing, bodies: [body] }),
  );
}
const carry = async (side: Side) => sendNext({ ...side.context, wire }, await partnerAt(side), running);
async function drain(side: Side): Promise<number> {
  let sent = 0;
  while ((await carry(side)).state === 'more') sent += 1;
  return sent;
}
const signedBy = async (side: Side) =>
  (
    await side.context.records.query<{ signature: string; kind: string }>(
      `select signature, kind from deliveries where direction = 'out' order by seq`,
    )
  ).map(({ signature, kind }) => [kind, claimedKey(signature)]);
const problemsAt = async (side: Side) =>
  (
    await side.context.records.query<{ code: string }>(
      `select problem->>'code' as code from deliveries where direction = 'out' and problem is not null order by seq`,
    )
  ).map(({ code }) => code);

describe('a new key', () => {
  test('is told in order: what waits before the letter goes out under the old key, what follows under the new one', async () => {
    const first = seoul.context.keys.keyId;
    await put(seoul);
    await rotateKey(seoul.context, by);
    await put(seoul);
    const second = seoul.context.keys.keyId;
    assert.notEqual(second, first);
    assert.equal(await drain(seoul), 3);
    assert.deepEqual(await signedBy(seoul), [
      ['objects', first],
      ['key', first],
      ['objects', second],
    ]);
    const partner = await partnerAt(washington);
    assert.deepEqual(partner.card.key, seoul.context.keys.publicKey);
    assert.equal(partner.fingerprint, await fingerprintOf(seoul.context.keys.publicKey));
    assert.deepEqual(
      (await partnerKeys(washington.context.records, 'seoul')).map(({ kid, state }) => [kid, state]).sort(),
      [
        [second, 'current'],
        [first, 'previous'],
      ].sort(),
    );
    assert.ok((await washington.audit()).includes('partner.key-changed'));
    assert.equal((await partnerAt(seoul)).ourKey, second);
    await put(washington);
    assert.equal(await drain(washington), 1);
  });

  test('twice in a row is a chain of two', async () => {
    await rotateKey(seoul.context, by);
    await rotateKey(seoul.context, by);
    assert.equal(await drain(seoul), 2);
    assert.deepEqual((await partnerAt(washington)).card.key, seoul.context.keys.publicKey);
  });

  test('arrives though the answer to its letter was lost', async () => {
    await rotateKey(seoul.context, by);
    lost = 'answer';
    assert.equal((await carry(seoul)).state, 'down');
    // Washington has changed over; Seoul does not know and repeats it under the old key.
    assert.deepEqual((await partnerAt(washington)).card.key, seoul.context.keys.publicKey);
    lost = 'nothing';
    await put(seoul);
    assert.equal(await drain(seoul), 2);
    assert.deepEqual(await problemsAt(seoul), []);
  });

  test('both sides at once', async () => {
    await rotateKey(seoul.context, by);
    await rotateKey(washington.context, by);
    await put(seoul);
    await put(washington);
    assert.deepEqual(
      [await carry(seoul), await carry(washington)].map(({ state }) => state),
      ['more', 'more'],
    );
    assert.deepEqual([await drain(seoul), await drain(washington)], [1, 1]);
  });

  test('the one before is believed for a week, and then no more', async () => {
    const { privateKey, publicKey, keyId } = seoul.context.keys;
    const old = { privateKey, publicKey, keyId };
    await rotateKey(seoul.context, by);
    await drain(seoul);
    const asks = async () =>
      authenticate(
        washington.context,
        `Bearer ${await signToken(old, washington.clock, seoul.context.desk.desk, washington.context.desk.desk)}`,
      );
    washington.clock.at += 7 * 86_400_000;
    await asks();
    washington.clock.at += 1;
    await assert.rejects(asks(), codeOf('partner-token-invalid'));
  });

  test('that nobody vouches for is not taken', async () => {
    const { keys, desk, clock, records } = seoul.context;
    const stranger = await seoul.context.keys.make();
    const at = new Date(clock.now()).toISOString();
    const good = await vouch(keys, stranger, desk.desk, at);
    const other = await vouch(stranger, keys, desk.desk, at);
    const change = { change: 'rotated', desk: desk.desk, old: keys.keyId, key: stranger.publicKey, at };
    for (const letter of [
      { ...good, byOld: other.byNew },
      { ...good, byNew: other.byOld },
      { ...good, byNew: await signVow(keys, vowTypes.key, change) },
      { ...good, byOld: await signVow(keys, vowTypes.pairing, change) },
      { ...good, byNew: await signVow(stranger, vowTypes.key, { ...change, desk: 'busan' }) },
      await vouch(keys, stranger, 'busan' as typeof desk.desk, at),
      { kind: 'key', byOld: 'x', byNew: 'y' },
    ]) {
      await records.transaction((tx) =>
        putInOutbox(
          tx,
          seoul.context,
          { id: 'washington' },
          { incident: null, bodies: [], objects: [], reasons: [], notice: letter },
        ),
      );
      await carry(seoul);
    }
    assert.deepEqual((await partnerAt(washington)).card.key, keys.publicKey);
    const refused = await washington.context.records.query<{ code: string }>(
      `select problem->>'code' as code from deliveries where state = 'quarantined'`,
    );
    assert.deepEqual(
      refused.map(({ code }) => code),
      Array(7).fill('key-chain-broken'),
    );
  });

  test('asked for by two at once is made once, and the chain goes on from it', async () => {
    const first = seoul.context.keys.keyId;
    const asked = await Promise.allSettled([rotateKey(seoul.context, by), rotateKey(seoul.context, by)]);
    const refused = asked.filter((it) => it.status === 'rejected');
    assert.ok(refused.length === 1 && codeOf('key-changing')(refused[0]?.reason));
    await drain(seoul);
    const second = seoul.context.keys.keyId;
    assert.notEqual(second, first);
    assert.equal(await keyIdOf((await partnerAt(washington)).card.key), second);
    await rotateKey(seoul.context, by);
    await drain(seoul);
    assert.equal(await keyIdOf((await partnerAt(washington)).card.key), seoul.context.keys.keyId);
    assert.deepEqual(await problemsAt(seoul), []);
  });

  for (const [when, recorded] of [
    ['before it is recorded', false],
    ['after it is recorded', true],
  ] as const)
    test(`killed ${when}: the desk starts with one key, and its partner can follow`, async () => {
      const { context } = seoul;
      const before = context.keys.keyId;
      const { records } = context;
      const killed = new Error('killed');
      const dying: typeof context = {
        ...context,
        keys: {
          ...context.keys,
          find: context.keys.find,
          make: context.keys.make,
          use: async () => {
            throw killed;
          },
        },
        records: recorded
          ? records
          : {
              ...records,
              transaction: (work) =>
                records.transaction(async (tx) => {
                  await work(tx);
                  throw killed;
                }),
            },
      };
      await assert.rejects(rotateKey(dying, by), /killed/);
      const keys = await seoul.readKeys();
      assert.equal(keys.keyId, before);
      const again = { ...context, keys };
      await settleKeys(again);
      assert.equal(keys.keyId !== before, recorded);
      assert.equal((await seoul.readKeys()).keyId, keys.keyId);
      assert.equal((await ownKeys(records)).filter(({ state }) => state === 'current').length, 1);
      await put(seoul);
      const carryOn = async () => sendNext({ ...again, wire }, await partnerAt(seoul), running);
      while ((await carryOn()).state === 'more');
      assert.equal(await nextWaiting(records, 'washington'), null);
      assert.equal(await keyIdOf((await partnerAt(washington)).card.key), keys.keyId);
      // What follows runs with the key that the files hold now.
      await context.keys.make();
      if (recorded) {
        const fresh = await seoul.readKeys();
        const desk = {
          ...context.desk,
          get key() {
            return fresh.publicKey;
          },
        };
        Object.assign(seoul, { context: { ...context, keys: fresh, desk } });
        network.set('seoul.example', doorOf(seoul.context));
      }
    });
});

describe('a revoked key', () => {
  test('of a partner: nothing that it signs is taken, and nothing goes there', async () => {
    const { keyId } = seoul.context.keys;
    await washington.context.records.transaction((tx) =>
      revokePartnerKey(tx, washington.context, { desk: 'seoul', kid: keyId, reason: 'stolen laptop', by }),
    );
    await put(seoul);
    await put(washington);
    assert.equal((await carry(seoul)).state, 'down');
    assert.equal((await carry(washington)).state, 'idle');
    const { link } = await partnerAt(seoul);
    assert.match(link.problem?.text.en ?? '', /has been revoked/);
    assert.deepEqual(await washington.context.records.query(`select 1 from deliveries where direction = 'in'`), []);
    // The same card again does not bring it back.
    await assert.rejects(
      washington.context.records.transaction(async (tx) =>
        addPartner(tx, washington.clock, washington.context.desk, {
          ...{ card: { ...seoul.context.desk }, agreement: null, by },
          fingerprint: await fingerprintOf(seoul.context.desk.key),
        }),
      ),
      codeOf('key-revoked'),
    );
  });

  test('of a delivery, under a token of a good key: refused', async () => {
    const { privateKey, publicKey, keyId } = seoul.context.keys;
    const old = { privateKey, publicKey, keyId };
    await rotateKey(seoul.context, by);
    await drain(seoul);
    await washington.context.records.transaction((tx) =>
      revokePartnerKey(tx, washington.context, { desk: 'seoul', kid: keyId, reason: 'lost', by }),
    );
    const envelope = canonicalJson({ objects: [{ ...identity, id: `identity--${crypto.randomUUID()}` }] });
    const [from, to] = [seoul.context.desk.desk, washington.context.desk.desk];
    const signature = await signDelivery(old, from, to, crypto.randomUUID(), envelope);
    const deliver = async () => {
      const seen = collectionsFor(washington.context, await partnerAt(washington), () => undefined);
      return (await seen.find('inbox'))?.add(envelope, signature);
    };
    await assert.rejects(deliver(), codeOf('key-revoked'));
    assert.deepEqual(
      await washington.context.records.query('select 1 from shared_objects where origin = $1', [from]),
      [],
    );
    // The key in use still stands.
    assert.equal((await partnerAt(washington)).state, 'active');
  });

  test('of our own: partners are told, both sides stop, and words bring them back with what waited', async () => {
    const old = seoul.context.keys.keyId;
    await put(seoul);
    lost = 'answer';
    await carry(seoul);
    lost = 'nothing';
    await revokeOwnKey(seoul.context, { kid: null, reason: 'stolen', by });
    assert.notEqual(seoul.context.keys.keyId, old);
    assert.deepEqual([(await partnerAt(seoul)).state, (await carry(seoul)).state], ['suspended', 'idle']);
    network.delete('washington.example');
    assert.equal(await tellRevoked(seoul.context, running), false);
    network.set('washington.example', doorOf(washington.context));
    assert.equal(await tellRevoked(seoul.context, running), true);
    assert.equal(await tellRevoked(seoul.context, running), false);
    assert.equal((await partnerAt(washington)).state, 'suspended');
    assert.equal((await partnerKeys(washington.context.records, 'seoul'))[0]?.reason, 'stolen');
    const { invitation } = await invite(seoul.context, { name: null, agreement: null, expiresInMs: 60_000, by });
    const { words } = await accept(washington.context, { invitation, agreement: null, by });
    await confirmWords(seoul.context, { desk: 'washington', words: words?.en ?? '', by });
    await confirmWords(washington.context, { desk: 'seoul', words: words?.ko ?? '', by });
    const partner = await findPartner(seoul.context.records, 'washington');
    assert.deepEqual([partner?.state, partner?.agreement], ['active', 'MoU']);
    await put(seoul);
    assert.equal(await drain(seoul), 2);
    assert.deepEqual(
      (await signedBy(seoul)).map(([, kid]) => kid),
      [seoul.context.keys.keyId, seoul.context.keys.keyId],
    );
    // The first one had arrived before: it is there once.
    const [held] = await washington.context.records.query<{ count: number }>(
      `select count(*)::integer as count from deliveries where direction = 'in' and state = 'admitted'`,
    );
    assert.equal(held?.count, 2);
  });

  test('nobody else can say that it is revoked', async () => {
    const { desk, keys } = seoul.context;
    const payload = { change: 'revoked', desk: desk.desk, kid: keys.keyId, at: new Date(0).toISOString(), reason: 'x' };
    const door = doorOf(washington.context);
    for (const message of [
      await signVow(washington.context.keys, vowTypes.key, payload),
      await signVow(keys, vowTypes.pairing, payload),
      await signVow(keys, vowTypes.key, { ...payload, desk: 'busan' }),
      await signVow(keys, vowTypes.key, { ...payload, kid: 'x' }),
      'a.b.c',
    ])
      await assert.rejects(door('revoke', message), codeOf('invitation-invalid'));
    assert.equal((await partnerAt(washington)).state, 'active');
  });
});
