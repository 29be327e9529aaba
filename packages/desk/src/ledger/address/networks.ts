import type { OutputNetwork, VersionBytes } from './bitcoin.ts';

/** Version bytes and prefixes as each node's `chainparams.cpp` states them. */
const bytes = (first: number, ...others: number[]): VersionBytes => [[first], ...others.map((version) => [version])];

/** Bitcoin main; the forks that kept its addresses (Bitcoin SV, old Bitcoin Cash) have no witness programs. */
export const main: OutputNetwork = { p2pkh: bytes(0x00), p2sh: bytes(0x05), hrp: 'bc' };
/** testnet3 and signet write the same addresses. */
export const test: OutputNetwork = { p2pkh: bytes(0x6f), p2sh: bytes(0xc4), hrp: 'tb' };
export const regtest: OutputNetwork = { ...test, hrp: 'bcrt' };
/** Chains of exercises: `drill1…`, so that nobody takes one of their addresses for a real one. */
export const drill: OutputNetwork = { ...test, hrp: 'drill' };
export const withoutWitness: OutputNetwork = { ...main, hrp: null };
/** `3…` was Litecoin's P2SH until 2017; the same script is `M…` now. */
export const litecoin: OutputNetwork = { p2pkh: bytes(0x30), p2sh: bytes(0x32, 0x05), hrp: 'ltc' };
export const dogecoin: OutputNetwork = { p2pkh: bytes(0x1e), p2sh: bytes(0x16), hrp: null };
export const dash: OutputNetwork = { p2pkh: bytes(0x4c), p2sh: bytes(0x10), hrp: null };
/** Transparent addresses only (Zcash protocol specification, 5.6.1.1): two version bytes, `t1…` and `t3…`. */
export const zcash: OutputNetwork = { p2pkh: [[0x1c, 0xb8]], p2sh: [[0x1c, 0xbd]], hrp: null };
export const bitcoinGold: OutputNetwork = { p2pkh: bytes(0x26), p2sh: bytes(0x17), hrp: 'btg' };
export const verge: OutputNetwork = { p2pkh: bytes(0x1e), p2sh: bytes(0x21), hrp: null };
export const digibyte: OutputNetwork = { p2pkh: bytes(0x1e), p2sh: bytes(0x3f, 0x05), hrp: 'dgb' };
