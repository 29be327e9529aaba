import { sha512 } from '@noble/hashes/sha2.js';
import { bytesOf, concat, prefixed } from '../bytes.ts';
import { expander, inContext } from './expand.ts';
import type { Group } from './group.ts';
import { prove, proves } from './proof.ts';

/**
 * RFC 9497, the verifiable mode with ristretto255-SHA512. The holder of a key answers questions that it cannot read; who asks
 * learns the function's value for what it asked, and that it was made with the key that was committed to, and nothing about
 * any other value.
 *
 * What can go wrong: without the check of the proof, whoever answers may use another key for each who asks. With few possible
 * inputs, who may ask without limit learns all values; therefore there are quotas.
 */
export interface Voprf {
  /** DeriveKeyPair (section 3.2.1). The seed has 32 bytes. */
  keysOf(seed: Uint8Array, info: Uint8Array): VoprfKeys;
  /** Blind (section 3.3.2). `uniform`: 64 unguessable bytes, used once. */
  blind(input: Uint8Array, uniform: Uint8Array): Blinded;
  /** BlindEvaluate (section 3.3.2) of a batch, with one proof. Null where an element is none. `uniform`: 64 bytes, used once. */
  evaluateBlinded(keys: VoprfKeys, elements: readonly Uint8Array[], uniform: Uint8Array): Evaluated | null;
  /** Finalize (section 3.3.2) of a batch: 64 bytes for each question. Null where an element or the proof is wrong. */
  finalize(questions: readonly Asked[], answer: Evaluated, publicKey: Uint8Array): Uint8Array[] | null;
  /** Evaluate (section 3.3.1): what the holder of the key knows without a question. */
  evaluate(secretKey: Uint8Array, input: Uint8Array): Uint8Array;
  isElement(bytes: Uint8Array): boolean;
}

export interface VoprfKeys {
  readonly secretKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

export interface Blinded {
  /** The secret scalar. */
  readonly blind: Uint8Array;
  readonly element: Uint8Array;
}

export interface Asked extends Blinded {
  readonly input: Uint8Array;
}

export interface Evaluated {
  readonly elements: readonly Uint8Array[];
  readonly proof: Uint8Array;
}

export const SEED_BYTES = 32;
export const OUTPUT_BYTES = 64;
/** RFC 9497 writes an element's place in a batch in two bytes. */
export const BATCH_MAX = 0xffff;
const counterMax = 255;

const hashToGroup = expander(inContext('HashToGroup-'));
const deriveKey = expander(inContext('DeriveKeyPair'));
const end = bytesOf('Finalize');

const outputOf = (input: Uint8Array, element: Uint8Array): Uint8Array =>
  sha512(concat(prefixed(input), prefixed(element), end));

export function voprfOver(group: Group): Voprf {
  const isZero = (scalar: Uint8Array) => scalar.every((byte) => byte === 0);
  const scalarFrom = (uniform: Uint8Array) => {
    const scalar = group.scalarOf(uniform);
    if (isZero(scalar)) throw new RangeError('the random scalar is zero');
    return scalar;
  };
  const batchIsSound = (elements: readonly Uint8Array[]) =>
    elements.length > 0 && elements.length <= BATCH_MAX && elements.every(group.isElement);

  return {
    keysOf: (seed, info) => {
      if (seed.length !== SEED_BYTES) throw new RangeError(`a seed has ${SEED_BYTES} bytes`);
      for (let counter = 0; counter <= counterMax; counter += 1) {
        const secretKey = group.scalarOf(deriveKey(concat(seed, prefixed(info), Uint8Array.of(counter))));
        if (!isZero(secretKey)) return { secretKey, publicKey: group.multiplyGenerator(secretKey) };
      }
      throw new RangeError('no key comes from this seed');
    },
    blind: (input, uniform) => {
      const blind = scalarFrom(uniform);
      return { blind, element: group.multiply(blind, group.elementOf(hashToGroup(input))) };
    },
    evaluateBlinded: (keys, elements, uniform) => {
      if (!batchIsSound(elements)) return null;
      const evaluated = elements.map((element) => group.multiply(keys.secretKey, element));
      const statement = { publicKey: keys.publicKey, blinded: elements, evaluated };
      return { elements: evaluated, proof: prove(group, keys.secretKey, statement, scalarFrom(uniform)) };
    },
    finalize: (questions, { elements, proof }, publicKey) => {
      const blinded = questions.map(({ element }) => element);
      if (elements.length !== questions.length || !batchIsSound(elements) || !group.isElement(publicKey)) return null;
      if (!proves(group, { publicKey, blinded, evaluated: elements }, proof)) return null;
      return questions.flatMap(({ input, blind }, index) => {
        const element = elements[index];
        return element === undefined ? [] : [outputOf(input, group.multiply(group.scalarInverse(blind), element))];
      });
    },
    evaluate: (secretKey, input) => outputOf(input, group.multiply(secretKey, group.elementOf(hashToGroup(input)))),
    isElement: group.isElement,
  };
}
