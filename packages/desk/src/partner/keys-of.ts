import type { PublicKey } from '@gongjo/contract';
import { GongjoError } from '../kernel/index.ts';
import { type Clock, type Db, type DeskKeys, type Keyring, keyIdOf } from '../platform/index.ts';
import { ownKeys } from './own-key.store.ts';
import type { Partner } from './partner.store.ts';
import { type KnownKey, knownKey, partnerKeys } from './partner-key.store.ts';

/** The key that a partner knows this desk by, which is the one before where the letter about the new one is on its way. */
export function signerFor(keys: Keyring, { ourKey }: Partner): DeskKeys {
  return (ourKey === null ? null : keys.find(ourKey)) ?? keys;
}

/**
 * The partner's key under this identifier: its present one, also where none is named, or one that it had. Throws
 * `signature-invalid` for a key that was never compared.
 */
export async function keyNamed(db: Db, clock: Clock, { card }: Partner, kid: string | null): Promise<KnownKey> {
  const current = await keyIdOf(card.key);
  const named = kid ?? current;
  const known = await knownKey(db, clock, card.desk, named);
  if (known && (known.standing === 'revoked' || named !== current)) return known;
  if (named === current) return { key: card.key, standing: 'believed' };
  throw new GongjoError('signature-invalid', { desk: card.desk, detail: 'it names a key that was never compared' });
}

/** The same, if what it signs is still taken. Throws `key-revoked`, or `signature-invalid` where it was replaced long ago. */
export async function believedKey(db: Db, clock: Clock, partner: Partner, kid: string | null): Promise<PublicKey> {
  const { desk } = partner.card;
  const { key, standing } = await keyNamed(db, clock, partner, kid);
  if (standing === 'revoked') throw new GongjoError('key-revoked', { desk, kid: kid ?? (await keyIdOf(key)) });
  if (standing === 'retired')
    throw new GongjoError('signature-invalid', { desk, detail: 'it names a key that was replaced long ago' });
  return key;
}

/** Every key of a partner whose signatures are still taken. */
export async function believedKeys(db: Db, clock: Clock, { card }: Partner): Promise<PublicKey[]> {
  const known = await Promise.all(
    (await partnerKeys(db, card.desk)).map(({ kid }) => knownKey(db, clock, card.desk, kid)),
  );
  const current = await knownKey(db, clock, card.desk, await keyIdOf(card.key));
  return [
    ...(current === null || current.standing === 'believed' ? [card.key] : []),
    ...known.flatMap((it) => (it?.standing === 'believed' && it.key.x !== card.key.x ? [it.key] : [])),
  ];
}

/** Every key that this desk has signed with. */
export async function everyOwnKey(db: Db, keys: Keyring): Promise<PublicKey[]> {
  const known = (await ownKeys(db)).flatMap(({ kid }) => keys.find(kid)?.publicKey ?? []);
  return [keys.publicKey, ...known.filter(({ x }) => x !== keys.publicKey.x)];
}
