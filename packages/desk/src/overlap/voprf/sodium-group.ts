import { concat, sameBytes } from '../bytes.ts';
import { ELEMENT_BYTES, type Group, SCALAR_BYTES } from './group.ts';

const identity = new Uint8Array(ELEMENT_BYTES);
const zeros = new Uint8Array(SCALAR_BYTES);

/**
 * ristretto255 by libsodium in WebAssembly. It is loaded when first asked for, because a desk that compares nothing should not
 * carry it. Each thread loads its own.
 */
export async function openGroup(): Promise<Group> {
  const { default: sodium } = await import('libsodium-wrappers-sumo');
  await sodium.ready;
  const scalarOf = (uniform: Uint8Array) => sodium.crypto_core_ristretto255_scalar_reduce(uniform);
  return {
    elementOf: (uniform) => sodium.crypto_core_ristretto255_from_hash(uniform),
    isElement: (bytes) =>
      bytes.length === ELEMENT_BYTES &&
      !sameBytes(bytes, identity) &&
      sodium.crypto_core_ristretto255_is_valid_point(bytes),
    add: (a, b) => sodium.crypto_core_ristretto255_add(a, b),
    multiply: (scalar, element) => sodium.crypto_scalarmult_ristretto255(scalar, element),
    multiplyGenerator: (scalar) => sodium.crypto_scalarmult_ristretto255_base(scalar),
    scalarOf,
    isScalar: (bytes) => bytes.length === SCALAR_BYTES && sameBytes(scalarOf(concat(bytes, zeros)), bytes),
    scalarProduct: (a, b) => sodium.crypto_core_ristretto255_scalar_mul(a, b),
    scalarDifference: (a, b) => sodium.crypto_core_ristretto255_scalar_sub(a, b),
    scalarInverse: (a) => sodium.crypto_core_ristretto255_scalar_invert(a),
  };
}
