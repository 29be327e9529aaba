import assert from 'node:assert/strict';
import type { PublicKey } from '@gongjo/contract';
import type { SimDesk } from './desk.fixture.ts';
import { signed, thumbprint } from './plain.fixture.ts';

/** Every delivery is signed with the key that the partner knew: another one from the letter on that tells of it, never before. */
export async function lettersAreFollowed(from: SimDesk, to: SimDesk): Promise<void> {
  const sent = await from.records.query<{ id: string; envelope: string; signature: string }>(
    `select id, envelope, signature from deliveries where partner = $1 and direction = 'out' order by seq`,
    [to.card.desk],
  );
  let known = thumbprint(from.keys.had[0] as PublicKey);
  for (const { id, envelope, signature } of sent) {
    const { kid } = JSON.parse(Buffer.from(signature.split('.')[0] ?? '', 'base64url').toString('utf8'));
    assert.equal(kid, known, `the key of delivery ${id} from ${from.card.desk} to ${to.card.desk}`);
    const { gongjo } = JSON.parse(envelope) as { gongjo?: { kind: string; byOld: string; byNew: string } };
    if (gongjo?.kind !== 'key') continue;
    const [old, next] = [signed(from, gongjo.byOld), signed(from, gongjo.byNew)];
    assert.equal(old.payload, next.payload, 'both keys say the same');
    const change = JSON.parse(next.payload) as { desk: string; old: string; key: PublicKey };
    assert.deepEqual([change.desk, change.old, old.header.kid], [from.card.desk, known, known]);
    known = thumbprint(change.key);
    assert.equal(next.header.kid, known, 'the new key vouches for itself');
  }
}

/** In the end both sides, and the desk itself, mean the same key. */
export async function keysAgree(desk: SimDesk, partner: SimDesk): Promise<void> {
  const [own] = await desk.records.query<{ kid: string }>('select kid from own_keys where until is null');
  const [there] = await partner.records.query<{ card: { key: PublicKey } }>(
    'select card from partners where desk = $1',
    [desk.card.desk],
  );
  const [here] = await desk.records.query<{ our_key: string }>('select our_key from partners where desk = $1', [
    partner.card.desk,
  ]);
  const kid = thumbprint(desk.card.key);
  assert.deepEqual(
    { records: own?.kid, partner: there && thumbprint(there.card.key), towards: here?.our_key },
    { records: kid, partner: kid, towards: kid },
    `the key of ${desk.card.desk}, also as ${partner.card.desk} knows it`,
  );
}
