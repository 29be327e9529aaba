import { type DeskId, type PublicKey, zInstant, zPublicKey } from '@gongjo/contract';
import { z } from 'zod';
import { canonicalJson, GongjoError } from '../kernel/index.ts';
import { type DeskKeys, keyIdOf } from '../platform/index.ts';
import { claimedVow, signVow, verifyVow, vowTypes } from './vow.ts';

/**
 * A change of a desk's key, as a chain that anybody can verify later: the old key vouches for the new one, so that nobody
 * else can bring a key; and the new one vouches that it follows the old one, so that nobody can claim a key that is not
 * theirs. Both sign the same words.
 */
const zChange = z.strictObject({
  change: z.literal('rotated'),
  desk: z.string().max(32),
  old: z.string().max(64),
  key: zPublicKey,
  at: zInstant,
});
export type KeyChange = z.infer<typeof zChange>;

export const zKeyLetter = z.strictObject({
  kind: z.literal('key'),
  byOld: z.string().max(4000),
  byNew: z.string().max(4000),
});
export type KeyLetter = z.infer<typeof zKeyLetter>;

/** The words by which a desk takes back its own key; only who has the key can say them. */
export const zRevocation = z.strictObject({
  change: z.literal('revoked'),
  desk: z.string().max(32),
  kid: z.string().max(64),
  at: zInstant,
  reason: z.string().max(500),
});

export async function vouch(old: DeskKeys, next: DeskKeys, desk: DeskId, at: string): Promise<KeyLetter> {
  const change: KeyChange = { change: 'rotated', desk, old: old.keyId, key: next.publicKey, at };
  return {
    kind: 'key',
    byOld: await signVow(old, vowTypes.key, change),
    byNew: await signVow(next, vowTypes.key, change),
  };
}

/** The new key, if the current one and it vouch for each other. Throws `key-chain-broken`. */
export async function verifyChange(current: PublicKey, desk: DeskId, letter: unknown): Promise<KeyChange> {
  const broken = (detail: string) => new GongjoError('key-chain-broken', { desk, detail });
  const given = zKeyLetter.safeParse(letter);
  if (!given.success) throw broken('the letter is not one about a key');
  const { byOld, byNew } = given.data;
  try {
    const change = await verifyVow(current, desk, vowTypes.key, zChange, byOld);
    const echoed = await verifyVow(change.key, desk, vowTypes.key, zChange, byNew);
    if (canonicalJson(change) !== canonicalJson(echoed)) throw broken('the two keys say different things');
    if (change.desk !== desk || change.old !== (await keyIdOf(current))) throw broken('it is about another key');
    return change;
  } catch (thrown) {
    if (thrown instanceof GongjoError && thrown.code === 'signature-invalid') throw broken(thrown.problem.text.en);
    throw thrown;
  }
}

/** The identifier of the key that a letter of our own is about; null where it is none. */
export async function keyOfLetter(letter: unknown): Promise<string | null> {
  const parsed = zKeyLetter.safeParse(letter);
  const change = parsed.success ? claimedVow(zChange, parsed.data.byOld) : null;
  return change && keyIdOf(change.key);
}
