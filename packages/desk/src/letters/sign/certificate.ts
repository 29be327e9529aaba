import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import {
  bits,
  der,
  elements,
  integer,
  nothing,
  octets,
  oid,
  printable,
  sequence,
  setOf,
  time,
  utf8,
  yes,
} from './der.ts';

/** X.509 certificates (RFC 5280) as far as letters need them. */

const sha256WithRsa = sequence(oid('1.2.840.113549.1.1.11'), nothing);

/** As strong as is expected until well after the certificate's end (NIST SP 800-57: 128 bits). */
const rsaBits = 3072;
const validMs = 5 * 365 * 86_400_000;

export interface Subject {
  readonly name: string;
  readonly country: string;
}

/**
 * A certificate that nobody but its holder vouches for: it shows that a letter was not changed, and that two letters come from
 * one desk. For signing documents (RFC 9336) and nothing else.
 */
export function selfSigned(
  subject: Subject,
  serial: Uint8Array,
  nowMs: number,
): { key: KeyObject; certificate: Buffer } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: rsaBits });
  const publicInfo = publicKey.export({ type: 'spki', format: 'der' });
  const name = nameOf(subject);
  const keyId = createHash('sha1').update(publicInfo).digest();
  const toBeSigned = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    sha256WithRsa,
    name,
    sequence(time(nowMs - 60_000), time(nowMs + validMs)),
    name,
    publicInfo,
    der(
      0xa3,
      sequence(
        extension('2.5.29.19', sequence(), true),
        // digitalSignature and nonRepudiation (section 4.2.1.3).
        extension('2.5.29.15', bits(Buffer.from([0xc0]), 6), true),
        extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.36'))),
        extension('2.5.29.14', octets(keyId)),
      ),
    ),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  return { key: privateKey, certificate: sequence(toBeSigned, sha256WithRsa, bits(signature)) };
}

function nameOf({ name, country }: Subject): Buffer {
  const part = (id: string, value: Buffer) => setOf(sequence(oid(id), value));
  return sequence(
    part('2.5.4.6', printable(country)),
    part('2.5.4.10', utf8(name.slice(0, 64))),
    part('2.5.4.3', utf8(name.slice(0, 64))),
  );
}

const extension = (id: string, value: Buffer, isCritical = false) =>
  sequence(oid(id), ...(isCritical ? [yes] : []), octets(value));

/** By whom a certificate was issued, under which number, as DER: how a signature names it. */
export function issuedAs(certificate: Buffer): { readonly issuer: Buffer; readonly serial: Buffer } {
  const [whole] = elements(certificate);
  const [toBeSigned] = whole ? elements(whole.body) : [];
  const parts = toBeSigned ? elements(toBeSigned.body) : [];
  // The version may be left out.
  const [serial, , issuer] = parts[0]?.tag === 0xa0 ? parts.slice(1) : parts;
  if (!serial || !issuer) throw new Error('no certificate');
  return { issuer: issuer.whole, serial: serial.whole };
}
