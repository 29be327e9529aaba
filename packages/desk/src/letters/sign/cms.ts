import { createHash, type KeyObject, sign } from 'node:crypto';
import { issuedAs } from './certificate.ts';
import { der, integer, nothing, octets, oid, sequence, setOf } from './der.ts';

/** Who signs: a private key with its certificate, and those that lead to an authority. */
export interface Signer {
  readonly key: KeyObject;
  /** DER. */
  readonly certificate: Buffer;
  readonly chain: readonly Buffer[];
  /** Nobody vouches for it. */
  readonly isSelfSigned: boolean;
}

const sha256 = sequence(oid('2.16.840.1.101.3.4.2.1'));
const data = oid('1.2.840.113549.1.7.1');

/**
 * A detached CMS signature (RFC 5652) as PAdES baseline demands it (ETSI EN 319 142-1 section 6, CAdES of EN 319 122-1): SHA-256,
 * content type, message digest and `signing-certificate-v2` (RFC 5035) signed; no signing time, which the PDF says itself.
 */
export function detachedSignature(content: Uint8Array, { key, certificate, chain }: Signer): Buffer {
  const { issuer, serial } = issuedAs(certificate);
  const certificateHash = createHash('sha256').update(certificate).digest();
  const issuerSerial = sequence(sequence(der(0xa4, issuer)), serial);
  const attributes = [
    attribute('1.2.840.113549.1.9.3', data),
    attribute('1.2.840.113549.1.9.4', octets(createHash('sha256').update(content).digest())),
    // The hash algorithm is left out where it is SHA-256.
    attribute('1.2.840.113549.1.9.16.2.47', sequence(sequence(sequence(octets(certificateHash), issuerSerial)))),
  ];
  const signed = setOf(...attributes);
  const signature = sign('sha256', signed, key);
  const info = sequence(
    integer(Buffer.from([1])),
    sequence(issuer, serial),
    sha256,
    // Under an implicit tag the same elements stand that are signed as a set (RFC 5652 section 5.4).
    Buffer.concat([Buffer.from([0xa0]), signed.subarray(1)]),
    algorithmOf(key),
    octets(signature),
  );
  return sequence(
    oid('1.2.840.113549.1.7.2'),
    der(
      0xa0,
      sequence(integer(Buffer.from([1])), setOf(sha256), sequence(data), der(0xa0, certificate, ...chain), setOf(info)),
    ),
  );
}

/** More than the signature itself, its attributes and names take, beside the certificates. */
const besidesCertificatesBytes = 4096;
export function signatureBytesMax({ certificate, chain }: Signer): number {
  return [certificate, ...chain].reduce((sum, { length }) => sum + length, besidesCertificatesBytes);
}

const attribute = (id: string, value: Buffer) => sequence(oid(id), setOf(value));

function algorithmOf({ asymmetricKeyType }: KeyObject): Buffer {
  if (asymmetricKeyType === 'rsa') return sequence(oid('1.2.840.113549.1.1.11'), nothing);
  if (asymmetricKeyType === 'ec') return sequence(oid('1.2.840.10045.4.3.2'));
  throw new Error(`a key of the kind ${asymmetricKeyType} cannot sign letters; RSA and ECDSA can`);
}
