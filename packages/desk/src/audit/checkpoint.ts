import type { PublicKey } from '@gongjo/contract';
import type { DeskKeys } from '../platform/index.ts';
import { type Hash, hashBytes } from './merkle/hash.ts';
import {
  type Note,
  type NoteSignature,
  noteKeyId,
  noteSignedBy,
  noteText,
  noteTypes,
  readNote,
  verifyEd25519,
} from './note.ts';

/**
 * Checkpoints, C2SP `tlog-checkpoint`: a signed note that says which log, how many entries, and the Merkle root of them. A
 * desk that has signed one cannot take back or change any entry below its size without contradicting it.
 * Cosignatures, C2SP `tlog-cosignature` (`cosignature/v1`, Ed25519): a witness signs the same text with the time at which it
 * saw that the checkpoint continues what it had seen before.
 */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
}

/** The log's name, which is also its signing key's. */
export const originOf = (desk: string): string => `gongjo/${desk}/audit`;
/** What a desk signs as when it witnesses another's log. */
export const witnessName = (desk: string): string => `gongjo/${desk}/witness`;

function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
}

/** Null for what is no checkpoint. Lines after the third are another log's extensions: allowed, and signed with the rest. */
export function readCheckpoint(text: string): Checkpoint | null {
  const [origin, count, packed] = text.split('\n');
  if (!origin || !count || !packed || !/^(0|[1-9]\d{0,14})$/.test(count)) return null;
  const root = Buffer.from(packed, 'base64');
  if (root.length !== hashBytes || root.toString('base64') !== packed) return null;
  return { origin, size: Number(count), root };
}

/** Signs a checkpoint as the log of its origin. */
export async function signCheckpoint(keys: DeskKeys, checkpoint: Checkpoint): Promise<string> {
  const text = checkpointText(checkpoint);
  const { origin: name } = checkpoint;
  const keyId = noteKeyId(name, noteTypes.ed25519, keys.publicKey);
  return noteText({ text, signatures: [{ name, keyId, signature: await sign(keys, text) }] });
}

export interface SignedCheckpoint extends Checkpoint {
  readonly note: Note;
}

/** A checkpoint that one of these keys signed as the log of this desk; null where none did. */
export function openCheckpoint(desk: string, keys: readonly PublicKey[], text: string): SignedCheckpoint | null {
  const note = readNote(text);
  const checkpoint = note && readCheckpoint(note.text);
  const origin = originOf(desk);
  if (!note || checkpoint?.origin !== origin) return null;
  return keys.some((key) => noteSignedBy(note, origin, key)) ? { ...checkpoint, note } : null;
}

/** `u64 timestamp || Ed25519 signature`, over the time and the whole text of the checkpoint. */
const timeBytes = 8;
const cosigned = (timeS: number, text: string) => `cosignature/v1\ntime ${timeS}\n${text}`;

export async function cosign(keys: DeskKeys, desk: string, { text }: Note, timeS: number): Promise<NoteSignature> {
  const time = Buffer.alloc(timeBytes);
  time.writeBigUInt64BE(BigInt(timeS));
  const name = witnessName(desk);
  return {
    name,
    keyId: noteKeyId(name, noteTypes.cosignature, keys.publicKey),
    signature: Buffer.concat([time, await sign(keys, cosigned(timeS, text))]),
  };
}

/** When this witness saw the checkpoint, in seconds since 1970; null where no signature of it holds. */
export function cosignedAt({ text, signatures }: Note, desk: string, key: PublicKey): number | null {
  const name = witnessName(desk);
  const keyId = noteKeyId(name, noteTypes.cosignature, key);
  for (const it of signatures) {
    if (it.name !== name || it.keyId !== keyId || it.signature.length !== timeBytes + 64) continue;
    const bytes = Buffer.from(it.signature);
    const timeS = Number(bytes.readBigUInt64BE(0));
    if (Number.isSafeInteger(timeS) && verifyEd25519(key, cosigned(timeS, text), bytes.subarray(timeBytes)))
      return timeS;
  }
  return null;
}

async function sign({ privateKey }: DeskKeys, text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign('Ed25519', privateKey, Buffer.from(text)));
}
