import { existsSync, readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import path from 'node:path';
import { type PublicKey, zPublicKey } from '@gongjo/contract';
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose';
import { detailOf, GongjoError } from '../kernel/index.ts';

/** The desk's Ed25519 key pair (RFC 8032). The private half never leaves this module except as a handle for signing. */
export interface DeskKeys {
  readonly privateKey: CryptoKey;
  readonly publicKey: PublicKey;
  /** RFC 7638 thumbprint of the public key. */
  readonly keyId: string;
}

const fileName = 'desk-key.jwk';

/** Reads the key pair of a data folder, or makes one (mode 0600, written whole or not at all). */
export async function openKeys(folder: string): Promise<DeskKeys> {
  const file = path.join(folder, fileName);
  if (!existsSync(file)) {
    const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    const handle = await open(`${file}.new`, 'w', 0o600);
    await handle.writeFile(JSON.stringify(await exportJWK(privateKey)));
    await handle.sync();
    await handle.close();
    await rename(`${file}.new`, file);
  }
  try {
    const jwk = JSON.parse(readFileSync(file, 'utf8')) as { kty: string; crv: string; x: string; d: string };
    const publicKey = zPublicKey.parse({ kty: jwk.kty, crv: jwk.crv, x: jwk.x });
    const privateKey = (await importJWK(jwk, 'EdDSA')) as CryptoKey;
    return { privateKey, publicKey, keyId: await keyIdOf(publicKey) };
  } catch (thrown) {
    throw new GongjoError('data-folder-corrupt', { folder, part: fileName, detail: detailOf(thrown) }, thrown);
  }
}

/** RFC 7638 thumbprint (SHA-256, base64url). */
export function keyIdOf(key: PublicKey): Promise<string> {
  return calculateJwkThumbprint(key, 'sha256');
}

/** The thumbprint as people compare it: hexadecimal in groups of four. */
export async function fingerprintOf(key: PublicKey): Promise<string> {
  const hex = Buffer.from(await keyIdOf(key), 'base64url').toString('hex');
  return hex.replace(/(.{4})(?=.)/g, '$1 ');
}
