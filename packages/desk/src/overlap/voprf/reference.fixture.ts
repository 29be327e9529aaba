import { ristretto255_oprf } from '@noble/curves/ed25519.js';
import type { Voprf } from './voprf.ts';

/**
 * The same functions by another implementation of RFC 9497, written by others in another language without any part in common:
 * slow, and the oracle of the one that runs.
 */
const { voprf } = ristretto255_oprf;

export const reference: Pick<Voprf, 'keysOf' | 'blind' | 'evaluateBlinded' | 'finalize'> = {
  keysOf: (seed, info) => voprf.deriveKeyPair(seed, info),
  blind: (input, uniform) => {
    const { blind, blinded } = voprf.blind(input, (count = 0) => new Uint8Array(uniform.subarray(0, count)));
    return { blind, element: blinded };
  },
  evaluateBlinded: ({ secretKey, publicKey }, elements, uniform) => {
    const random = (count = 0) => new Uint8Array(uniform.subarray(0, count));
    const { evaluated, proof } = voprf.blindEvaluateBatch(secretKey, publicKey, [...elements], random);
    return { elements: evaluated, proof };
  },
  finalize: (questions, { elements, proof }, publicKey) => {
    const items = questions.map(({ input, blind, element }, at) => ({
      input,
      blind,
      blinded: element,
      evaluated: elements[at] ?? new Uint8Array(),
    }));
    try {
      return voprf.finalizeBatch(items, publicKey, proof);
    } catch {
      return null;
    }
  },
};
