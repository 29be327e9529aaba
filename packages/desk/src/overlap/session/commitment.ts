import { sha256 } from '@noble/hashes/sha2.js';
import { canonicalJson, hexOf } from '../../kernel/index.ts';
import { bytesOf } from '../bytes.ts';
import { paddingSecret } from '../list/padding.ts';
import type { Voprf, VoprfKeys } from '../voprf/voprf.ts';
import { pack } from './packed.ts';

/** A desk's word that in this epoch it answers everybody with one key. */
export interface Commitment {
  readonly desk: string;
  readonly epoch: number;
  readonly publicKey: Uint8Array;
}

/** What a desk keeps of an epoch. Only the seed needs keeping. */
export interface EpochKeys extends VoprfKeys {
  readonly epoch: number;
  readonly paddingSecret: Uint8Array;
}

export function epochKeys(voprf: Voprf, seed: Uint8Array, epoch: number): EpochKeys {
  return { ...voprf.keysOf(seed, bytesOf(`gongjo overlap epoch ${epoch}`)), epoch, paddingSecret: paddingSecret(seed) };
}

/** What is compared, by voice or by record, to know that two partners were given the same word. */
export const commitmentDigest = ({ desk, epoch, publicKey }: Commitment): string =>
  hexOf(sha256(bytesOf(canonicalJson({ desk, epoch, key: pack(publicKey) }))));
