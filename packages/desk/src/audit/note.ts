import { createHash, createPublicKey, verify } from 'node:crypto';
import type { PublicKey } from '@gongjo/contract';

/**
 * Signed notes, C2SP `signed-note`: a text that ends in a newline, an empty line, and signature lines
 * `— NAME BASE64(key id || signature)`. Whoever does not know a signature's key passes over it, so a reader asks for the
 * signature that it needs.
 */
export interface Note {
  /** With its last newline, without the empty line. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface NoteSignature {
  readonly name: string;
  /** Four bytes, hexadecimal. */
  readonly keyId: string;
  readonly signature: Uint8Array;
}

/** Signature types of the specification: Ed25519 over the text, and a witness's cosignature with its time. */
export const noteTypes = { ed25519: 1, cosignature: 4 } as const;

/** A checkpoint with as many cosignatures as a desk has partners is a few kilobytes. */
export const noteCharsMax = 16_384;
const signaturesMax = 64;

const keyIdBytes = 4;
const dash = '\u2014';

/** `SHA-256(name || 0x0A || type || public key)`, the first four bytes; the type's byte stands before the key. */
export function noteKeyId(name: string, type: number, key: PublicKey): string {
  return createHash('sha256')
    .update(`${name}\n`)
    .update(Uint8Array.of(type))
    .update(Buffer.from(key.x, 'base64url'))
    .digest('hex')
    .slice(0, 2 * keyIdBytes);
}

export function signatureLine({ name, keyId, signature }: NoteSignature): string {
  return `${dash} ${name} ${Buffer.concat([Buffer.from(keyId, 'hex'), signature]).toString('base64')}\n`;
}

export function noteText({ text, signatures }: Note): string {
  return `${text}\n${signatures.map(signatureLine).join('')}`;
}

/** Reads a note; null for what is none. Every note has one form: what is read is written again as the same text. */
export function readNote(note: string): Note | null {
  if (note.length > noteCharsMax || hasControls(note)) return null;
  const at = note.lastIndexOf('\n\n');
  if (at < 1 || !note.endsWith('\n')) return null;
  const lines = note.slice(at + 2, -1).split('\n');
  if (lines.length > signaturesMax) return null;
  const signatures = lines.map(signatureIn);
  const read = { text: note.slice(0, at + 1), signatures: signatures.filter((it) => it !== null) };
  return read.signatures.length === lines.length && noteText(read) === note ? read : null;
}

function signatureIn(line: string): NoteSignature | null {
  const [mark, name, packed, ...rest] = line.split(' ');
  if (mark !== dash || !name || !packed || rest.length > 0 || !isKeyName(name)) return null;
  const bytes = Buffer.from(packed, 'base64');
  if (bytes.length <= keyIdBytes || bytes.toString('base64') !== packed) return null;
  return { name, keyId: bytes.toString('hex', 0, keyIdBytes), signature: bytes.subarray(keyIdBytes) };
}

/** Key names hold neither spaces nor `+`. */
function isKeyName(name: string): boolean {
  return name.length <= 200 && !/[\s+]/u.test(name);
}

/** Whether the text holds a control character other than the newline. */
function hasControls(text: string): boolean {
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    if (code < 0x20 && char !== '\n') return true;
  }
  return false;
}

/** RFC 8032 section 5.1.7, over the bytes of a text. */
export function verifyEd25519({ kty, crv, x }: PublicKey, message: string, signature: Uint8Array): boolean {
  return verify(null, Buffer.from(message), createPublicKey({ key: { kty, crv, x }, format: 'jwk' }), signature);
}

/** The signature of this name by this key, if it stands on the note and holds. */
export function noteSignedBy({ text, signatures }: Note, name: string, key: PublicKey): NoteSignature | null {
  const keyId = noteKeyId(name, noteTypes.ed25519, key);
  const found = signatures.find((it) => it.name === name && it.keyId === keyId);
  return found && verifyEd25519(key, text, found.signature) ? found : null;
}
