import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type PublicKey, zPublicKey } from '@gongjo/contract';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose';
import { z } from 'zod';
import { detailOf, fingerprintOfId, GongjoError, invariant } from '../kernel/index.ts';
import { writeWhole } from './whole-file.store.ts';

/** An Ed25519 key pair (RFC 8032). The private half never leaves this module except as a handle for signing. */
export interface DeskKeys {
  readonly privateKey: CryptoKey;
  readonly publicKey: PublicKey;
  /** RFC 7638 thumbprint of the public key. */
  readonly keyId: string;
}

/** The desk's keys: the one it signs with now, and those before it, which partners may still know it by. */
export interface Keyring extends DeskKeys {
  find(keyId: string): DeskKeys | null;
  /** Makes a key and keeps it; it signs nothing before `use`. */
  make(): Promise<DeskKeys>;
  /** From now on this is the key that the desk signs with. */
  use(keyId: string): Promise<void>;
}

/** The key in use, as a JWK. */
const currentName = 'desk-key.jwk';
/** Every key that was ever made, the one in use among them, as a JWK set (RFC 7517 section 5). Absent before the first change. */
const allName = 'desk-keys.jwks';

const zPrivateKey = z.object({ ...zPublicKey.shape, d: z.string().regex(/^[\w-]{43}$/) });
type PrivateJwk = z.infer<typeof zPrivateKey>;
const zKeySet = z.object({ keys: z.array(zPrivateKey) });

/** Reads the keys of a data folder, or makes the first (files of mode 0600, written whole or not at all). */
export async function openKeys(folder: string): Promise<Keyring> {
  const currentFile = path.join(folder, currentName);
  const allFile = path.join(folder, allName);
  if (!existsSync(currentFile)) writeWhole(currentFile, JSON.stringify(await newJwk()));
  const known = new Map<string, DeskKeys & { readonly jwk: PrivateJwk }>();
  let current: DeskKeys;
  let part = currentName;
  try {
    const jwk = zPrivateKey.parse(JSON.parse(readFileSync(currentFile, 'utf8')));
    current = await remember(jwk);
    part = allName;
    if (existsSync(allFile))
      for (const each of zKeySet.parse(JSON.parse(readFileSync(allFile, 'utf8'))).keys) await remember(each);
  } catch (thrown) {
    throw new GongjoError('data-folder-corrupt', { folder, part, detail: detailOf(thrown) }, thrown);
  }

  async function remember(jwk: PrivateJwk): Promise<DeskKeys> {
    const keys = await keysOf(jwk);
    known.set(keys.keyId, { ...keys, jwk });
    return keys;
  }
  let written: Promise<unknown> = Promise.resolve();
  /** The files are written by one at a time. */
  function inOrder<T>(work: () => Promise<T>): Promise<T> {
    const done = written.then(work, work);
    written = done;
    return done;
  }
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
    find: (keyId) => known.get(keyId) ?? null,
    make: () =>
      inOrder(async () => {
        const made = await remember(await newJwk());
        writeWhole(allFile, JSON.stringify({ keys: [...known.values()].map(({ jwk }) => jwk) }));
        return made;
      }),
    use: (keyId) =>
      inOrder(async () => {
        const next = known.get(keyId);
        invariant(next, 'a key is made before it is used');
        writeWhole(currentFile, JSON.stringify(next.jwk));
        current = next;
      }),
  };
}

async function newJwk(): Promise<PrivateJwk> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  return zPrivateKey.parse(await exportJWK(privateKey));
}

async function keysOf(jwk: PrivateJwk): Promise<DeskKeys> {
  const publicKey = { kty: jwk.kty, crv: jwk.crv, x: jwk.x };
  const privateKey = (await importJWK(jwk, 'EdDSA')) as CryptoKey;
  return { privateKey, publicKey, keyId: await keyIdOf(publicKey) };
}

/** RFC 7638 thumbprint (SHA-256, base64url). */
export function keyIdOf(key: PublicKey): Promise<string> {
  return calculateJwkThumbprint(key, 'sha256');
}

/** The thumbprint as people compare it: hexadecimal in groups of four. */
export async function fingerprintOf(key: PublicKey): Promise<string> {
  return fingerprintOfId(await keyIdOf(key));
}
