import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fill } from '@gongjo/contract';
import forge from 'node-forge';
import { detailOf, GongjoError } from '../kernel/index.ts';
import { sha256Hex, writeWhole } from '../platform/index.ts';
import { type Subject, selfSigned } from './sign/certificate.ts';
import type { Signer } from './sign/cms.ts';
import { letterTexts } from './texts.ts';

/** The key and certificate that the desk makes where the agency gives none. */
const ownName = 'letter-signing.pem';

/**
 * Who signs letters: the agency's PKCS#12 file, else a key that the desk makes and vouches for itself, and makes again when
 * its certificate has ended. Throws `letter-certificate-invalid`, also where the agency's does not hold at this hour.
 */
export function openSigner(
  folder: string,
  given: { readonly certificate?: string | undefined; readonly passwordFile?: string | undefined },
  subject: Subject,
  parts: { readonly nowMs: number; readonly serial: () => Uint8Array },
): Signer {
  if (given.certificate !== undefined) {
    const signer = readPkcs12(given.certificate, given.passwordFile);
    const { isValid, validFrom, validTo } = certificateFacts(signer, parts.nowMs);
    if (isValid) return signer;
    const said = (text: string) => fill(text, { from: validFrom, until: validTo });
    const { en, ko } = letterTexts.validity;
    const detail = { en: said(en), ko: said(ko) };
    throw new GongjoError('letter-certificate-invalid', { file: given.certificate, detail });
  }
  const file = path.join(folder, ownName);
  const kept = existsSync(file) ? readOwn(folder, file) : null;
  // One that does not hold yet – a clock was set back – is the one that addressees know.
  if (kept && !certificateFacts(kept, parts.nowMs).hasEnded) return kept;
  const { key, certificate } = selfSigned(subject, parts.serial(), parts.nowMs);
  writeWhole(file, `${key.export({ type: 'pkcs8', format: 'pem' })}${new X509Certificate(certificate).toString()}`);
  return readOwn(folder, file);
}

function readOwn(folder: string, file: string): Signer {
  try {
    const text = readFileSync(file, 'utf8');
    const certificate = Buffer.from(new X509Certificate(text.slice(text.indexOf('-----BEGIN CERTIFICATE'))).raw);
    return { key: createPrivateKey(text), certificate, chain: [], isSelfSigned: true };
  } catch (thrown) {
    throw new GongjoError('data-folder-corrupt', { folder, part: ownName, detail: detailOf(thrown) }, thrown);
  }
}

/** RFC 7292. The library only opens the file; what is in it is used through Node's own cryptography. */
function readPkcs12(file: string, passwordFile: string | undefined): Signer {
  try {
    const password = passwordFile === undefined ? '' : readFileSync(passwordFile, 'utf8').trimEnd();
    const { asn1, pkcs12 } = forge;
    const opened = pkcs12.pkcs12FromAsn1(asn1.fromDer(readFileSync(file).toString('binary')), false, password);
    const { keyBag, pkcs8ShroudedKeyBag, certBag } = forge.pki.oids as Readonly<Record<string, string>>;
    const bagsOf = (id = '') => opened.getBags({ bagType: id })[id] ?? [];
    const keys = [...bagsOf(pkcs8ShroudedKeyBag), ...bagsOf(keyBag)].map((bag) => {
      const info = bag.key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(bag.key)) : bag.asn1;
      return createPrivateKey({ key: derOf(info), format: 'der', type: 'pkcs8' });
    });
    const certificates = bagsOf(certBag).map((bag) =>
      derOf(bag.cert ? forge.pki.certificateToAsn1(bag.cert) : bag.asn1),
    );
    const [key] = keys;
    if (keys.length !== 1 || !key) throw new Error(`it holds ${keys.length} private keys`);
    return signerOf(key, certificates);
  } catch (thrown) {
    throw new GongjoError('letter-certificate-invalid', { file, detail: detailOf(thrown) }, thrown);
  }
}

function derOf(asn1: forge.asn1.Asn1): Buffer {
  return Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'binary');
}

function signerOf(key: KeyObject, certificates: readonly Buffer[]): Signer {
  if (key.asymmetricKeyType !== 'rsa' && key.asymmetricKeyType !== 'ec')
    throw new Error(`a key of the kind ${key.asymmetricKeyType} cannot sign letters; RSA and ECDSA can`);
  const certificate = certificates.find((it) => new X509Certificate(it).checkPrivateKey(key));
  if (!certificate) throw new Error('no certificate in it belongs to its key');
  return {
    key,
    certificate,
    chain: certificates.filter((it) => it !== certificate),
    isSelfSigned: new X509Certificate(certificate).checkIssued(new X509Certificate(certificate)),
  };
}

/** How people compare a certificate: the name that it was issued to, its fingerprint, and whether it holds at this hour. */
export function certificateFacts({ certificate }: Signer, nowMs: number) {
  const read = new X509Certificate(certificate);
  const name = /^CN=(.+)$/m.exec(read.subject)?.[1] ?? read.subject.replaceAll('\n', ', ');
  const hasEnded = nowMs >= Date.parse(read.validTo);
  const isValid = Date.parse(read.validFrom) <= nowMs && !hasEnded;
  const { validFrom, validTo } = read;
  return { name, sha256: sha256Hex(certificate), validFrom, validTo, isValid, hasEnded };
}
