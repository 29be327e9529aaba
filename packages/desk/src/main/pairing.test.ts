import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import type { DeskCard, ProblemCode } from '@gongjo/contract';
import { GongjoError } from '../kernel/index.ts';
import { accept } from '../partner/accept.ts';
import { confirmWords, tellConfirmed } from '../partner/confirm.ts';
import type { PartnerContext } from '../partner/inbox.ts';
import { invitationText, parseInvitation } from '../partner/invitation.ts';
import { invite, withdraw } from '../partner/invite.ts';
import { listPairings } from '../partner/pairing.store.ts';
import { findPartner } from '../partner/partner.store.ts';
import { commitmentOf, proofOf } from '../partner/transcript.ts';
import { signVow, vowTypes } from '../partner/vow.ts';
import { doorOf, type Network, openSide, type Side, wireOver } from './pairing.fixture.ts';

const network: Network = new Map();
let seoul: Side;
let washington: Side;
let mallory: Side;
before(async () => {
  [seoul, washington, mallory] = (await Promise.all(
    ['seoul', 'washington', 'mallory'].map((id) => openSide(id, network)),
  )) as [Side, Side, Side];
});
beforeEach(async () => {
  for (const side of [seoul, washington, mallory]) await side.empty();
});
after(() => Promise.all([seoul, washington, mallory].map((side) => side.close())));

const running = new AbortController().signal;
const by = 'operator';
const inviting = async (side = seoul, expiresInMs = 86_400_000) =>
  (await invite(side.context, { name: 'the others', agreement: 'MoU', expiresInMs, by })).invitation;
const accepting = (invitation: string, side = washington) => accept(side.context, { invitation, agreement: 'MoU', by });
const confirming = (side: Side, desk: string, words: string) => confirmWords(side.context, { desk, words, by });
const wordsOfSide = async ({ context }: Side) => (await listPairings(context.records, context.clock))[0]?.words ?? null;
const stateOf = async ({ context }: Side) => (await listPairings(context.records, context.clock))[0]?.state ?? null;
const isPartner = async (side: Side, desk: string) => (await findPartner(side.context.records, desk)) !== null;
const fails = (code: ProblemCode, work: Promise<unknown>, detail = /./) =>
  assert.rejects(work, (thrown) => {
    assert.ok(thrown instanceof GongjoError, String(thrown));
    assert.equal(thrown.code, code, thrown.message);
    assert.match(thrown.problem.text.en, detail);
    return true;
  });

describe('two desks pair by invitation', () => {
  test('both see the same six words, and are partners when both have confirmed', async () => {
    const accepted = await accepting(await inviting());
    const words = await wordsOfSide(seoul);
    assert.ok(words);
    assert.deepEqual(accepted.words, words);
    assert.equal(words.en.split(' ').length, 6);
    assert.equal(words.ko.split(' ').length, 6);
    const half = await confirming(seoul, 'washington', words.en);
    assert.deepEqual([half.state, half.confirmedHere, half.confirmedThere], ['words', true, false]);
    assert.ok(!(await isPartner(seoul, 'washington')) && !(await isPartner(washington, 'seoul')));
    const whole = await confirming(washington, 'seoul', words.ko);
    assert.equal(whole.state, 'paired');
    assert.equal(await stateOf(seoul), 'paired');
    const partner = await findPartner(seoul.context.records, 'washington');
    assert.equal(partner?.agreement, 'MoU');
    assert.equal(partner?.ourKey, seoul.context.keys.keyId);
    assert.deepEqual(partner?.card.key, washington.context.desk.key);
    assert.ok(await isPartner(washington, 'seoul'));
    assert.deepEqual(await seoul.audit(), [
      'partner.invited',
      'partner.invitation-used',
      'partner.words-confirmed',
      'partner.paired',
    ]);
  });

  test('whichever side confirms first, and in either language as it is typed', async () => {
    for (const [first, second] of [
      [seoul, washington],
      [washington, seoul],
    ] as const) {
      for (const side of [seoul, washington]) await side.empty();
      const { words } = await accepting(await inviting());
      assert.ok(words);
      const [otherId, firstId] = [second.context.desk.desk, first.context.desk.desk];
      await confirming(first, otherId, words.en.toUpperCase().replaceAll(' ', ', '));
      await confirming(second, firstId, ` ${words.ko.normalize('NFD')}\n`);
      assert.ok((await isPartner(first, otherId)) && (await isPartner(second, firstId)));
    }
  });

  test('a confirmation that was lost is told again, until it is known', async () => {
    const { words } = await accepting(await inviting());
    assert.ok(words);
    network.delete('seoul.example');
    await confirming(washington, 'seoul', words.en);
    network.set('seoul.example', doorOf(seoul.context));
    network.delete('washington.example');
    await confirming(seoul, 'washington', words.en);
    assert.ok(!(await isPartner(seoul, 'washington')));
    // Washington reaches Seoul, though Seoul does not reach Washington: its answer carries Seoul's own word.
    assert.equal(await tellConfirmed(washington.context, running), true);
    assert.ok((await isPartner(seoul, 'washington')) && (await isPartner(washington, 'seoul')));
    assert.equal(await tellConfirmed(washington.context, running), false);
  });

  test('an answer that was lost is asked for again with the same invitation', async () => {
    const invitation = await inviting();
    const door = doorOf(seoul.context);
    for (const lost of ['begin', 'reveal']) {
      network.set('seoul.example', async (step, message) => {
        const answer = await door(step, message);
        if (step === lost) throw new Error('lost');
        return answer;
      });
      await fails('partner-unreachable', accepting(invitation));
    }
    network.set('seoul.example', door);
    const { words } = await accepting(invitation);
    assert.deepEqual(words, await wordsOfSide(seoul));
    assert.deepEqual((await accepting(invitation)).words, words);
  });
});

describe('wrong words', () => {
  test('burn the pairing on both sides, for good, and are on record', async () => {
    const { words } = await accepting(await inviting());
    assert.ok(words);
    const wrong = words.en.replace(/^\w+/, (it) => (it === 'zoo' ? 'abandon' : 'zoo'));
    await fails('pairing-words-wrong', confirming(washington, 'seoul', wrong));
    assert.deepEqual([await stateOf(washington), await stateOf(seoul)], ['burnt', 'burnt']);
    await fails('pairing-words-wrong', confirming(washington, 'seoul', words.en));
    await fails('pairing-ended', confirming(seoul, 'washington', words.en));
    assert.ok(!(await isPartner(seoul, 'washington')) && !(await isPartner(washington, 'seoul')));
    assert.ok((await washington.audit()).includes('partner.words-wrong'));
    assert.ok((await seoul.audit()).includes('partner.pairing-burnt'));
  });

  test('too few, too many, in another order or no words at all are wrong', async () => {
    for (const spoil of [
      (words: string) => words.split(' ').slice(1).join(' '),
      (words: string) => `${words} zoo`,
      (words: string) => words.split(' ').reverse().join(' '),
      () => '…',
    ]) {
      for (const side of [seoul, washington]) await side.empty();
      const { words } = await accepting(await inviting());
      await fails('pairing-words-wrong', confirming(seoul, 'washington', spoil(words?.en ?? '')));
    }
  });
});

describe('an invitation', () => {
  test('is one line that survives a mail program, and nothing else is one', async () => {
    const text = await inviting();
    assert.match(text, /^gongjo1\.[\w-]+$/);
    const now = seoul.clock.now();
    const read = parseInvitation(text, now);
    assert.equal(invitationText(read), text);
    assert.deepEqual(parseInvitation(text.replace(/(.{60})/g, '$1\r\n  '), now), read);
    for (const [broken, why] of [
      ['', /does not begin/],
      [text.slice(0, -20), /not whole|not one/],
      [text.replace('gongjo1.', 'gongjo2.'), /does not begin/],
      [`gongjo1.${Buffer.from('{}').toString('base64url')}`, /not one of this version/],
      [`gongjo1.${'A'.repeat(30_000)}`, /too long/],
    ] as const)
      await fails('invitation-invalid', (async () => parseInvitation(broken, now))(), why);
  });

  test('expires, before it is used and before it is confirmed', async () => {
    const invitation = await inviting(seoul, 60_000);
    for (const side of [seoul, washington]) side.clock.at += 60_000;
    await fails('invitation-invalid', accepting(invitation), /expired/);
    washington.clock.at -= 60_000;
    // The clock of the accepter is late: the inviter decides.
    await fails('pairing-ended', accepting(invitation), /invitation-invalid/);
    await Promise.all([seoul.empty(), washington.empty()]);
    const { words } = await accepting(await inviting(seoul, 60_000));
    for (const side of [seoul, washington]) side.clock.at += 60_000;
    assert.equal(await stateOf(seoul), 'expired');
    await fails('pairing-ended', confirming(seoul, 'washington', words?.en ?? ''), /expired/);
  });

  test('is used up by the first desk that comes with it', async () => {
    const invitation = await inviting();
    await accepting(invitation);
    await fails('pairing-ended', accepting(invitation, mallory), /invitation-invalid/);
    assert.deepEqual(await wordsOfSide(seoul), await wordsOfSide(washington));
    assert.equal(await isPartner(seoul, 'mallory'), false);
  });

  test('used by two at once becomes one pairing', async () => {
    const invitation = await inviting();
    const both = await Promise.allSettled([accepting(invitation), accepting(invitation, mallory)]);
    assert.deepEqual(both.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  });

  test('can be taken back', async () => {
    const { invitation, pairing } = await invite(seoul.context, {
      ...{ name: null, agreement: null, expiresInMs: 60_000, by },
    });
    await withdraw(seoul.context, pairing.id, by);
    await fails('pairing-ended', accepting(invitation), /invitation-invalid/);
    await fails('pairing-unknown', withdraw(seoul.context, 'nobody', by));
  });

  test('of one’s own, or to a place that is not safe, is refused before anything is sent', async () => {
    const invitation = await inviting();
    await fails('partner-is-self', accepting(invitation, seoul));
    const read = parseInvitation(invitation, seoul.clock.now());
    const plain = invitationText({ ...read, card: { ...read.card, url: 'http://seoul.example' } });
    await fails('partner-url-insecure', accepting(plain));
    assert.deepEqual(await listPairings(washington.context.records, washington.clock), []);
  });

  test('a partner with another key is not replaced by one', async () => {
    const { words } = await accepting(await inviting());
    await confirming(seoul, 'washington', words?.en ?? '');
    await confirming(washington, 'seoul', words?.en ?? '');
    const card: DeskCard = {
      ...mallory.context.desk,
      desk: washington.context.desk.desk,
      key: mallory.context.keys.publicKey,
    };
    const posing = { ...mallory.context, desk: card };
    await fails(
      'pairing-ended',
      accept(posing, { invitation: await inviting(), agreement: null, by }),
      /partner-exists/,
    );
    assert.deepEqual((await findPartner(seoul.context.records, 'washington'))?.card.key, washington.context.desk.key);
  });
});

describe('a stranger at the door', () => {
  const message = async (context: PartnerContext, id: string, secret: string, step: 'begin' | 'confirm') => {
    const card = { ...context.desk };
    const commitment = commitmentOf(id, card, 'A'.repeat(43));
    return signVow(context.keys, vowTypes.pairing, {
      ...{ step, invitation: id, iss: card.desk, aud: 'seoul', card, commitment },
      proof: proofOf(secret, { invitation: id, card, commitment }),
    });
  };

  test('learns the same whatever is wrong: nothing', async () => {
    const { id, secret } = parseInvitation(await inviting(), seoul.clock.now());
    const door = doorOf(seoul.context);
    const other = '0b9e3c1e-6a53-4b8e-9d59-8f1f7c0f6a10';
    const said = new Set<string>();
    for (const [step, text] of [
      ['begin', await message(mallory.context, id, 'B'.repeat(43), 'begin')],
      ['begin', await message(mallory.context, other, secret, 'begin')],
      ['begin', (await message(mallory.context, id, secret, 'begin')).replace(/.{10}$/, 'AAAAAAAAAA')],
      ['confirm', await message(mallory.context, id, secret, 'confirm')],
      ['reveal', await message(mallory.context, id, secret, 'begin')],
      ['begin', 'a.b.c'],
      ['burn', ''],
    ] as const)
      await door(step, text).then(
        () => assert.fail(step),
        (thrown: GongjoError) => said.add(`${thrown.code} ${thrown.message}`),
      );
    assert.equal(said.size, 1, [...said].join('\n'));
    assert.equal(await stateOf(seoul), 'invited');
  });

  test('cannot confirm, reveal or burn a pairing of others', async () => {
    const invitation = await inviting();
    await accepting(invitation);
    const { id } = parseInvitation(invitation, seoul.clock.now());
    const door = doorOf(seoul.context);
    for (const step of ['confirm', 'burn', 'reveal'])
      for (const keys of [mallory.context.keys, seoul.context.keys]) {
        const vow = { step, invitation: id, iss: 'washington', aud: 'seoul', transcript: 'a'.repeat(64) };
        await fails('invitation-invalid', door(step, await signVow(keys, vowTypes.pairing, vow)));
      }
    assert.equal(await stateOf(seoul), 'words');
  });

  test('a confirmation is not taken back to whoever said it', async () => {
    const { words } = await accepting(await inviting());
    const overheard: string[] = [];
    const door = doorOf(seoul.context);
    network.set('seoul.example', (step, message) => {
      overheard.push(message);
      return door(step, message);
    });
    await confirming(washington, 'seoul', words?.en ?? '');
    const [said = ''] = overheard;
    await fails('invitation-invalid', doorOf(washington.context)('confirm', said));
    assert.equal(await isPartner(washington, 'seoul'), false);
  });
});

describe('somebody in the middle', () => {
  /**
   * Mallory has read the invitation and changed the card in it to its own under Seoul's name, and poses to Seoul as
   * Washington: two complete pairings, each of them valid.
   */
  const attack = async () => {
    const real = parseInvitation(await inviting(), seoul.clock.now());
    const poses = (desk: DeskCard, at: string): PartnerContext => ({
      ...mallory.context,
      desk: { ...desk, url: `https://${at}`, key: mallory.context.keys.publicKey },
    });
    const asSeoul = poses(seoul.context.desk, 'mallory.example');
    const asWashington = poses(washington.context.desk, 'mallory.example');
    const toSeoul = await accept(
      { ...asWashington, wire: wireOver(network) },
      { invitation: invitationText(real), agreement: null, by },
    );
    await mallory.context.records.query('truncate pairings');
    const forged = parseInvitation(
      (await invite(asSeoul, { name: null, agreement: null, expiresInMs: 60_000, by })).invitation,
      mallory.clock.now(),
    );
    network.set('mallory.example', doorOf(asSeoul));
    const toWashington = await accepting(invitationText(forged));
    return { toSeoul, toWashington };
  };

  test('who swaps the keys always leaves the two with different words', async () => {
    const seen = new Set<string>();
    for (let round = 0; round < 6; round += 1) {
      for (const side of [seoul, washington, mallory]) await side.empty();
      const { toSeoul, toWashington } = await attack();
      assert.deepEqual(toSeoul.words, await wordsOfSide(seoul));
      assert.ok(toWashington.words && toSeoul.words);
      assert.notEqual(toWashington.words.en, toSeoul.words.en);
      seen.add(toWashington.words.en).add(toSeoul.words.en);
    }
    assert.equal(seen.size, 12, 'no words come twice');
  });

  test('and what the officers hear from each other burns both pairings', async () => {
    await attack();
    const heardInSeoul = (await wordsOfSide(washington))?.en ?? '';
    await fails('pairing-words-wrong', confirming(seoul, 'washington', heardInSeoul));
    assert.equal(await isPartner(seoul, 'washington'), false);
  });

  test('who reveals another nonce than was committed to ends the pairing', async () => {
    const invitation = await inviting();
    const door = doorOf(seoul.context);
    network.set('seoul.example', async (step, message) => {
      if (step !== 'reveal') return door(step, message);
      const { id } = parseInvitation(invitation, seoul.clock.now());
      const vow = { step, invitation: id, iss: 'washington', aud: 'seoul', nonce: 'B'.repeat(43) };
      return door(step, await signVow(washington.context.keys, vowTypes.pairing, vow));
    });
    await fails('pairing-ended', accepting(invitation));
    assert.equal(await stateOf(seoul), 'burnt');
  });
});
