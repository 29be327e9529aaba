/**
 * What VOPRF needs of ristretto255 (RFC 9496): elements and scalars in their encodings, 32 bytes each. An implementation
 * throws where an encoding is wrong or a result is the identity, as RFC 9497 section 2.1 asks.
 */
export interface Group {
  /** The element derivation function of RFC 9496 section 4.3.4 on 64 uniform bytes. */
  elementOf(uniform: Uint8Array): Uint8Array;
  /** DeserializeElement of RFC 9497 section 2.1: a canonical encoding that is not the identity. */
  isElement(bytes: Uint8Array): boolean;
  add(a: Uint8Array, b: Uint8Array): Uint8Array;
  /** scalar · element; the time does not depend on the scalar. */
  multiply(scalar: Uint8Array, element: Uint8Array): Uint8Array;
  /** scalar · generator. */
  multiplyGenerator(scalar: Uint8Array): Uint8Array;
  /** 64 bytes, little-endian, modulo the order of the group. */
  scalarOf(uniform: Uint8Array): Uint8Array;
  /** DeserializeScalar: 32 bytes, little-endian, below the order of the group. */
  isScalar(bytes: Uint8Array): boolean;
  scalarProduct(a: Uint8Array, b: Uint8Array): Uint8Array;
  scalarDifference(a: Uint8Array, b: Uint8Array): Uint8Array;
  scalarInverse(a: Uint8Array): Uint8Array;
}

export const ELEMENT_BYTES = 32;
export const SCALAR_BYTES = 32;
export const UNIFORM_BYTES = 64;
