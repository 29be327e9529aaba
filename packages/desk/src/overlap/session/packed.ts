import { base64urlnopad } from '@scure/base';
import { z } from 'zod';
import { concat } from '../bytes.ts';

/** Bytes in messages: base64url without padding (RFC 4648 section 5). */
export const pack = (...parts: readonly Uint8Array[]): string => base64urlnopad.encode(concat(...parts));

export const unpack = (text: string): Uint8Array => base64urlnopad.decode(text);

/** The parts of a row of equally long ones. */
export function unpackAll(text: string, bytesEach: number): Uint8Array[] {
  const bytes = unpack(text);
  return Array.from({ length: bytes.length / bytesEach }, (_, at) => bytes.slice(at * bytesEach, (at + 1) * bytesEach));
}

const textLength = (bytes: number): number => Math.ceil((bytes * 4) / 3);
const letters = /^[A-Za-z0-9_-]*$/;

/** Text of a row of parts: bounded before it is decoded, decoded strictly, a whole number of parts. */
export const zPacked = (bytesEach: number, partsMin: number, partsMax: number) =>
  z
    .string()
    .max(textLength(bytesEach * partsMax))
    .regex(letters)
    .refine((text) => {
      try {
        const parts = unpack(text).length / bytesEach;
        return Number.isInteger(parts) && parts >= partsMin && parts <= partsMax;
      } catch {
        return false;
      }
    }, `not ${partsMin} to ${partsMax} parts of ${bytesEach} bytes`);
