import { bech32, bech32m } from '@scure/base';
import { base58CheckDecode, base58CheckEncode } from './base58.ts';
import { type AddressCodec, notStored } from './codec.ts';

/**
 * The first byte of a stored address of a chain of outputs; the payload follows. A witness program of version v is
 * `witness + v`. `script` is every script without an address of its own, by the SHA-256 of the whole script.
 */
export const addressKinds = { p2pkh: 0x00, p2sh: 0x01, p2sh32: 0x02, witness: 0x10, script: 0xff } as const;
const hash160Bytes = 20;
const scriptHashBytes = 32;
/** BIP 141: versions 0–16, programs of 2–40 bytes, version 0 of 20 (P2WPKH) or 32 (P2WSH). */
const witnessVersionMax = 16;
const witnessBytesMin = 2;
const witnessBytesMax = 40;

export type VersionBytes = readonly [readonly number[], ...(readonly number[])[]];

/** How one network of the family writes its addresses. */
export interface OutputNetwork {
  /** Version bytes of Base58Check. The first is written; others were once in use and are read. */
  readonly p2pkh: VersionBytes;
  readonly p2sh: VersionBytes;
  /** The human-readable part of BIP 173; null where the chain has no witness programs. */
  readonly hrp: string | null;
}

/** Text of every script without an address: the hash as Electrum servers write it, its bytes reversed. */
const scriptHashPattern = /^scripthash:[0-9a-f]{64}$/;
const scriptHashPrefix = 'scripthash:';

/** BIP 13 (P2SH), BIP 173 (version 0), BIP 350 (later versions). */
export function outputCodec(network: OutputNetwork): AddressCodec {
  return {
    stored: (text) => storedScriptHash(text) ?? storedWitness(network, text) ?? storedBase58(network, text),
    text: (stored) => {
      const kind = stored[0];
      const payload = stored.subarray(1);
      if (kind === addressKinds.p2pkh && payload.length === hash160Bytes)
        return base58CheckEncode(joined(network.p2pkh[0], payload));
      if (kind === addressKinds.p2sh && payload.length === hash160Bytes)
        return base58CheckEncode(joined(network.p2sh[0], payload));
      return scriptHashText(stored) ?? witnessText(network, stored) ?? fail(stored);
    },
    formerTexts: (stored) => base58Texts(network, stored).slice(1),
  };
}

export function storedScriptHash(text: string): Uint8Array | null {
  if (!scriptHashPattern.test(text)) return null;
  return joined([addressKinds.script], Buffer.from(text.slice(scriptHashPrefix.length), 'hex').reverse());
}

export function scriptHashText(stored: Uint8Array): string | null {
  if (stored[0] !== addressKinds.script || stored.length !== 1 + scriptHashBytes) return null;
  return scriptHashPrefix + Buffer.from(stored.subarray(1)).reverse().toString('hex');
}

export function storedBase58(network: OutputNetwork, text: string): Uint8Array | null {
  const payload = base58CheckDecode(text);
  if (payload === null) return null;
  for (const [kind, versions] of [
    [addressKinds.p2pkh, network.p2pkh],
    [addressKinds.p2sh, network.p2sh],
  ] as const) {
    for (const version of versions) {
      if (payload.length === version.length + hash160Bytes && version.every((byte, index) => payload[index] === byte))
        return joined([kind], payload.subarray(version.length));
    }
  }
  return null;
}

/** An address in Base58Check under each version that the network reads, the one that it writes first. */
export function base58Texts(network: OutputNetwork, stored: Uint8Array): string[] {
  const versions: Readonly<Record<number, VersionBytes>> = {
    [addressKinds.p2pkh]: network.p2pkh,
    [addressKinds.p2sh]: network.p2sh,
  };
  const payload = stored.subarray(1);
  if (payload.length !== hash160Bytes) return [];
  return (versions[stored[0] ?? -1] ?? []).map((version) => base58CheckEncode(joined(version, payload)));
}

function storedWitness({ hrp }: OutputNetwork, text: string): Uint8Array | null {
  if (hrp === null || text.length <= hrp.length || text.slice(0, hrp.length).toLowerCase() !== hrp) return null;
  for (const coder of [bech32, bech32m]) {
    const decoded = coder.decodeUnsafe(text);
    if (!decoded || decoded.prefix !== hrp) continue;
    const [version, ...words] = decoded.words;
    if (version === undefined || version > witnessVersionMax || (version === 0) !== (coder === bech32)) return null;
    const program = coder.fromWordsUnsafe(words);
    if (!program || !isWitnessProgram(version, program.length)) return null;
    return joined([addressKinds.witness + version], program);
  }
  return null;
}

function witnessText({ hrp }: OutputNetwork, stored: Uint8Array): string | null {
  const version = (stored[0] ?? 0) - addressKinds.witness;
  if (hrp === null || version < 0 || !isWitnessProgram(version, stored.length - 1)) return null;
  const coder = version === 0 ? bech32 : bech32m;
  return coder.encode(hrp, [version, ...coder.toWords(stored.subarray(1))]);
}

function isWitnessProgram(version: number, bytes: number): boolean {
  if (version > witnessVersionMax || bytes < witnessBytesMin || bytes > witnessBytesMax) return false;
  return version > 0 || bytes === hash160Bytes || bytes === scriptHashBytes;
}

export function joined(head: readonly number[], tail: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(head.length + tail.length);
  bytes.set(head);
  bytes.set(tail, head.length);
  return bytes;
}

function fail(stored: Uint8Array): never {
  throw notStored('Bitcoin', stored);
}
