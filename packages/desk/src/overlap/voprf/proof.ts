import { sha512 } from '@noble/hashes/sha2.js';
import { bytesOf, concat, prefixed, sameBytes, twoBytes } from '../bytes.ts';
import { expander, inContext } from './expand.ts';
import { type Group, SCALAR_BYTES } from './group.ts';

/**
 * The proof that all elements of a batch were multiplied by the scalar of one public key, without showing the scalar (RFC 9497
 * section 2.2). One proof of 64 bytes for the whole batch.
 */
export const PROOF_BYTES = 2 * SCALAR_BYTES;

const hashToScalar = expander(inContext('HashToScalar-'));
const seedDomain = inContext('Seed-');
const composite = bytesOf('Composite');
const challenge = bytesOf('Challenge');

interface Statement {
  readonly publicKey: Uint8Array;
  readonly blinded: readonly Uint8Array[];
  readonly evaluated: readonly Uint8Array[];
}

/** The weights d of ComputeComposites: they depend on all that is claimed before, so that no one can be chosen afterwards. */
function* weights(group: Group, { publicKey, blinded, evaluated }: Statement): Generator<Uint8Array> {
  const seed = sha512(concat(prefixed(publicKey), prefixed(seedDomain)));
  const head = prefixed(seed);
  for (const [index, element] of blinded.entries()) {
    const answer = evaluated[index];
    if (answer === undefined) throw new RangeError('a batch has an answer for each of its elements');
    const transcript = concat(head, twoBytes(index), prefixed(element), prefixed(answer), composite);
    yield group.scalarOf(hashToScalar(transcript));
  }
}

function weighted(group: Group, elements: readonly Uint8Array[], by: readonly Uint8Array[]): Uint8Array {
  let sum: Uint8Array | null = null;
  for (const [index, element] of elements.entries()) {
    const weight = by[index];
    if (weight === undefined) throw new RangeError('every element has a weight');
    const product = group.multiply(weight, element);
    sum = sum === null ? product : group.add(sum, product);
  }
  if (sum === null) throw new RangeError('a batch has at least one element');
  return sum;
}

function challengeOf(group: Group, publicKey: Uint8Array, ...elements: readonly Uint8Array[]): Uint8Array {
  const transcript = concat(prefixed(publicKey), ...elements.map(prefixed), challenge);
  return group.scalarOf(hashToScalar(transcript));
}

/** GenerateProof with ComputeCompositesFast. `nonce` is a uniform scalar that is used once. */
export function prove(group: Group, secretKey: Uint8Array, statement: Statement, nonce: Uint8Array): Uint8Array {
  const m = weighted(group, statement.blinded, [...weights(group, statement)]);
  const z = group.multiply(secretKey, m);
  const t2 = group.multiplyGenerator(nonce);
  const t3 = group.multiply(nonce, m);
  const c = challengeOf(group, statement.publicKey, m, z, t2, t3);
  return concat(c, group.scalarDifference(nonce, group.scalarProduct(c, secretKey)));
}

/** VerifyProof. All elements have been checked; the proof comes as it was received. */
export function proves(group: Group, statement: Statement, proof: Uint8Array): boolean {
  if (proof.length !== PROOF_BYTES) return false;
  const c = proof.subarray(0, SCALAR_BYTES);
  const s = proof.subarray(SCALAR_BYTES);
  if (!group.isScalar(c) || !group.isScalar(s)) return false;
  const by = [...weights(group, statement)];
  try {
    const m = weighted(group, statement.blinded, by);
    const z = weighted(group, statement.evaluated, by);
    const t2 = group.add(group.multiplyGenerator(s), group.multiply(c, statement.publicKey));
    const t3 = group.add(group.multiply(s, m), group.multiply(c, z));
    return sameBytes(challengeOf(group, statement.publicKey, m, z, t2, t3), c);
  } catch {
    // A product that is the identity: no honest proof has one, except with a chance of 2^-252.
    return false;
  }
}
