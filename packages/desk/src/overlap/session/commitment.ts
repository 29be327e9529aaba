import { sha256 } from '@noble/hashes/sha2.js';
import { canonicalJson } from '../../kernel/index.ts';
import { bytesOf, hexOf, type RandomBytes, sameBytes } from '../bytes.ts';
import { paddingSecret } from '../list/padding.ts';
import { SEED_BYTES, type Voprf, type VoprfKeys } from '../voprf/voprf.ts';
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

export const newSeed = (random: RandomBytes): Uint8Array => random(SEED_BYTES);

export function epochKeys(voprf: Voprf, seed: Uint8Array, epoch: number): EpochKeys {
  return { ...voprf.keysOf(seed, bytesOf(`gongjo overlap epoch ${epoch}`)), epoch, paddingSecret: paddingSecret(seed) };
}

/** What is compared, by voice or by record, to know that two partners were given the same word. */
export const commitmentDigest = ({ desk, epoch, publicKey }: Commitment): string =>
  hexOf(sha256(bytesOf(canonicalJson({ desk, epoch, key: pack(publicKey) }))));

/**
 * Commitments that contradict each other: one desk, one epoch, two keys. The proof of a batch catches a desk that answers with
 * another key than it committed to; a desk that commits to another key for each partner is caught only where partners put
 * together what they were given, which is what this is for.
 */
export function contradictions(given: readonly Commitment[]): (readonly [Commitment, Commitment])[] {
  const first = new Map<string, Commitment>();
  const found: (readonly [Commitment, Commitment])[] = [];
  for (const commitment of given) {
    const name = `${commitment.epoch} ${commitment.desk}`;
    const known = first.get(name);
    if (known === undefined) first.set(name, commitment);
    else if (!sameBytes(known.publicKey, commitment.publicKey)) found.push([known, commitment]);
  }
  return found;
}
