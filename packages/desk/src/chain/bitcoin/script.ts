import { type OutputType, outputTypes } from '@gongjo/contract';
import { ripemd160 } from '@noble/hashes/legacy';
import { sha256 } from './hash.ts';

/** The longest stored address: its kind and a witness program of 40 bytes. */
export const STORED_ADDRESS_BYTES_MAX = 41;

const KIND_KEY_HASH = 0x00;
const KIND_SCRIPT_HASH = 0x01;
const KIND_WITNESS = 0x10;
const KIND_WHOLE_SCRIPT = 0xff;

const OP_PUSHDATA1 = 0x4c;
const OP_PUSHDATA2 = 0x4d;
const OP_PUSHDATA4 = 0x4e;
const OP_1 = 0x51;
const OP_16 = 0x60;
const OP_RETURN = 0x6a;
const OP_DUP = 0x76;
const OP_EQUAL = 0x87;
const OP_EQUALVERIFY = 0x88;
const OP_HASH160 = 0xa9;
const OP_CHECKSIG = 0xac;
const OP_CHECKMULTISIG = 0xae;

/** `MAX_PUBKEYS_PER_MULTISIG` of Bitcoin Core. */
const MULTISIG_KEYS_MAX = 20;

const code = (type: OutputType) => outputTypes.indexOf(type) << 8;
const P2PK = code('p2pk');
const P2PKH = code('p2pkh');
const P2SH = code('p2sh');
const P2WPKH = code('p2wpkh');
const P2WSH = code('p2wsh');
const P2TR = code('p2tr');
const WITNESS_UNKNOWN = code('witness-unknown');
const MULTISIG = code('multisig');
const NO_ADDRESS = code('op-return');
const NONSTANDARD = code('nonstandard');

/** What `classifyScript` found, in one number, so that nothing is allocated for an output. */
export type ScriptClass = number;

/** The index into `outputTypes`. */
export const scriptType = (found: ScriptClass): number => found >> 8;

/** How many bytes of the stored address were written; none for `op-return`. */
export const storedLength = (found: ScriptClass): number => found & 0xff;

/**
 * Tells what an output's script demands, by the templates of Bitcoin Core (`Solver` in `src/script/solver.cpp`), and writes
 * the stored address into `into` (at least `STORED_ADDRESS_BYTES_MAX` bytes): one byte kind, then the payload. The
 * script is bytes `at`…`end`. Differs from Core in one thing: everything that begins with OP_RETURN is `op-return`, because
 * nobody can ever spend it, whatever follows.
 */
export function classifyScript(bytes: Uint8Array, at: number, end: number, into: Uint8Array): ScriptClass {
  const length = end - at;
  const first = length > 0 ? (bytes[at] as number) : -1;
  if (isPayToKeyHash(bytes, at, length)) return P2PKH | store(into, KIND_KEY_HASH, bytes, at + 3, 20);
  if (length === 23 && first === OP_HASH160 && bytes[at + 1] === 20 && bytes[end - 1] === OP_EQUAL) {
    return P2SH | store(into, KIND_SCRIPT_HASH, bytes, at + 2, 20);
  }
  if (isWitnessProgram(bytes, at, length)) {
    const version = first === 0 ? 0 : first - OP_1 + 1;
    const type = witnessType(version, length - 2);
    if (type !== NONSTANDARD) return type | store(into, KIND_WITNESS + version, bytes, at + 2, length - 2);
  }
  if (first === OP_RETURN) return NO_ADDRESS;
  if (isPayToKey(bytes, at, length)) {
    // The owner is the one of the key's P2PKH address, so it is stored as that.
    return P2PK | store(into, KIND_KEY_HASH, ripemd160(sha256(bytes.subarray(at + 1, end - 1))), 0, 20);
  }
  const type = isMultisig(bytes, at, end) ? MULTISIG : NONSTANDARD;
  return type | store(into, KIND_WHOLE_SCRIPT, sha256(bytes.subarray(at, end)), 0, 32);
}

function store(into: Uint8Array, kind: number, payload: Uint8Array, from: number, length: number): number {
  into[0] = kind;
  for (let index = 0; index < length; index += 1) into[1 + index] = payload[from + index] as number;
  return 1 + length;
}

function isPayToKeyHash(bytes: Uint8Array, at: number, length: number): boolean {
  return (
    length === 25 &&
    bytes[at] === OP_DUP &&
    bytes[at + 1] === OP_HASH160 &&
    bytes[at + 2] === 20 &&
    bytes[at + 23] === OP_EQUALVERIFY &&
    bytes[at + 24] === OP_CHECKSIG
  );
}

/** BIP 141: a version opcode and one push of 2–40 bytes, nothing else. */
function isWitnessProgram(bytes: Uint8Array, at: number, length: number): boolean {
  if (length < 4 || length > 42 || bytes[at + 1] !== length - 2) return false;
  const first = bytes[at] as number;
  return first === 0 || (first >= OP_1 && first <= OP_16);
}

function witnessType(version: number, programBytes: number): number {
  if (version === 0) return programBytes === 20 ? P2WPKH : programBytes === 32 ? P2WSH : NONSTANDARD;
  return version === 1 && programBytes === 32 ? P2TR : WITNESS_UNKNOWN;
}

function isPayToKey(bytes: Uint8Array, at: number, length: number): boolean {
  return (
    (length === 35 || length === 67) &&
    bytes[at] === length - 2 &&
    bytes[at + length - 1] === OP_CHECKSIG &&
    isKey(bytes, at + 1, length - 2)
  );
}

/** `CPubKey::ValidSize` of Bitcoin Core: the length that the first byte announces (06 and 07 are the hybrid form). */
function isKey(bytes: Uint8Array, at: number, length: number): boolean {
  const first = bytes[at] as number;
  if (length === 33) return first === 2 || first === 3;
  return length === 65 && (first === 4 || first === 6 || first === 7);
}

/** `MatchMultisig` of Bitcoin Core: m, n keys in any push, n, OP_CHECKMULTISIG, with 1 ≤ m ≤ n ≤ 20. */
function isMultisig(bytes: Uint8Array, at: number, end: number): boolean {
  if (end - at < 3 || bytes[end - 1] !== OP_CHECKMULTISIG) return false;
  const required = smallNumber(bytes, at, end);
  if (required < 1) return false;
  let next = at + numberWidth(required);
  let keys = 0;
  while (keys <= MULTISIG_KEYS_MAX) {
    const length = pushLength(bytes, next, end);
    const dataAt = next + pushWidth(bytes, next);
    if (length < 0 || length > end - dataAt || !isKey(bytes, dataAt, length)) break;
    next = dataAt + length;
    keys += 1;
  }
  return smallNumber(bytes, next, end) === keys && keys >= required && next + numberWidth(keys) + 1 === end;
}

/** 1–16 as an opcode, 17–20 as a push of one byte; −1 for anything else. */
function smallNumber(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end) return -1;
  const first = bytes[at] as number;
  if (first >= OP_1 && first <= OP_16) return first - OP_1 + 1;
  if (first !== 1 || at + 1 >= end) return -1;
  const value = bytes[at + 1] as number;
  return value > 16 && value <= MULTISIG_KEYS_MAX ? value : -1;
}

const numberWidth = (value: number) => (value > 16 ? 2 : 1);

/** How many bytes the opcode pushes; −1 where it is no push, or where the script ends within its length. */
function pushLength(bytes: Uint8Array, at: number, end: number): number {
  if (at + pushWidth(bytes, at) > end) return -1;
  const opcode = bytes[at] as number;
  if (opcode < OP_PUSHDATA1) return opcode;
  if (opcode === OP_PUSHDATA1) return bytes[at + 1] as number;
  const low = (bytes[at + 1] as number) | ((bytes[at + 2] as number) << 8);
  if (opcode === OP_PUSHDATA2) return low;
  if (opcode !== OP_PUSHDATA4) return -1;
  // No key is longer than 65 bytes, so a length that needs the upper half is none of a key.
  return bytes[at + 3] === 0 && bytes[at + 4] === 0 ? low : -1;
}

/** Opcode and length. */
function pushWidth(bytes: Uint8Array, at: number): number {
  const opcode = bytes[at] as number;
  return opcode === OP_PUSHDATA1 ? 2 : opcode === OP_PUSHDATA2 ? 3 : opcode === OP_PUSHDATA4 ? 5 : 1;
}
