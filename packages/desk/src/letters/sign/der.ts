/**
 * The few types of DER (ITU-T X.690) that a certificate and a signature need. Written and read whole; nothing here is lenient.
 */

export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body]);
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.from([0x80 | bytes.length, ...bytes]);
}

export const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
/** A SET OF is sorted by its encoded elements (X.690 section 11.6). */
export const setOf = (...parts: readonly Uint8Array[]) => der(0x31, ...[...parts].sort(Buffer.compare));
export const octets = (bytes: Uint8Array) => der(0x04, bytes);
export const bits = (bytes: Uint8Array, unused = 0) => der(0x03, Buffer.from([unused]), bytes);
export const utf8 = (text: string) => der(0x0c, Buffer.from(text, 'utf8'));
export const printable = (text: string) => der(0x13, Buffer.from(text, 'ascii'));
export const nothing = Buffer.from([0x05, 0x00]);
export const yes = Buffer.from([0x01, 0x01, 0xff]);

/** A non-negative INTEGER from its bytes, most significant first. */
export function integer(bytes: Uint8Array): Buffer {
  let at = 0;
  while (at < bytes.length - 1 && bytes[at] === 0) at += 1;
  const plain = bytes.subarray(at);
  return der(0x02, (plain[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), plain]) : plain);
}

/** An object identifier, `1.2.840.113549.1.7.2`. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) groups.unshift((left % 128) | 0x80);
    bytes.push(...groups);
  }
  return der(0x06, Buffer.from(bytes));
}

/** RFC 5280 section 4.1.2.5: UTCTime until 2049, GeneralizedTime from then on. */
export function time(epochMs: number): Buffer {
  const digits = new Date(epochMs).toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return Number(digits.slice(0, 4)) < 2050
    ? der(0x17, Buffer.from(`${digits.slice(2)}Z`, 'ascii'))
    : der(0x18, Buffer.from(`${digits}Z`, 'ascii'));
}

export interface Element {
  readonly tag: number;
  /** With tag and length. */
  readonly whole: Buffer;
  readonly body: Buffer;
}

/** The elements that follow each other in `bytes`. Throws where they are not DER. */
export function elements(bytes: Buffer): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes.readUInt8(at);
    let head = 2;
    let length = bytes.readUInt8(at + 1);
    if (length >= 0x80) {
      const count = length & 0x7f;
      length = bytes.readUIntBE(at + 2, count);
      head += count;
    }
    const end = at + head + length;
    if (end > bytes.length) throw new Error('DER ends too early');
    found.push({ tag, whole: bytes.subarray(at, end), body: bytes.subarray(at + head, end) });
    at = end;
  }
  return found;
}
