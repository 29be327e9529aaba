import { type PublicKey, zPublicKey } from '@gongjo/contract';
import { exportJWK, generateKeyPair } from 'jose';
import { type DeskKeys, type Keyring, keyIdOf } from '../../platform/index.ts';

/** As often as a seed may change a desk's key; making a key costs more than all that is signed with it. */
export const rotationsMax = 4;

/** A desk's keys as its data folder keeps them: what was made outlives a crash. They are the same ones in every seed. */
export interface SimKeys extends Keyring {
  /** Every key that the desk has had in this seed. */
  readonly had: readonly PublicKey[];
  /** Back to the first key. */
  begin(): void;
}

export async function openSimKeys(): Promise<SimKeys> {
  // Two may ask at once, and one of their keys is never used.
  const stock = await Promise.all(Array.from({ length: 3 * rotationsMax + 1 }, newKeys));
  let made = 1;
  let [current] = stock as [DeskKeys, ...DeskKeys[]];
  return {
    get privateKey() {
      return current.privateKey;
    },
    get publicKey() {
      return current.publicKey;
    },
    get keyId() {
      return current.keyId;
    },
    get had() {
      return stock.slice(0, made).map(({ publicKey }) => publicKey);
    },
    find: (keyId) => stock.slice(0, made).find((it) => it.keyId === keyId) ?? null,
    make: async () => {
      const next = stock[made];
      if (!next) throw new Error('more keys than a seed may make');
      made += 1;
      return next;
    },
    use: async (keyId) => {
      const next = stock.find((it) => it.keyId === keyId);
      if (!next) throw new Error('a key is made before it is used');
      current = next;
    },
    begin: () => {
      [current] = stock as [DeskKeys, ...DeskKeys[]];
      made = 1;
    },
  };
}

async function newKeys(): Promise<DeskKeys> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
  const jwk = zPublicKey.parse(await exportJWK(publicKey));
  return { privateKey, publicKey: jwk, keyId: await keyIdOf(jwk) };
}
