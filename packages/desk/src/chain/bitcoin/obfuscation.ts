/** What Bitcoin Core (from 28.0) writes into `xor.dat`; eight zeros mean that the files are in clear. */
export const OBFUSCATION_KEY_BYTES = 8;

/**
 * Takes Bitcoin Core's obfuscation off, in place: every byte of a file is combined (XOR) with the key's byte at its offset in
 * the file, modulo eight. `fileOffset` is where `bytes` begin.
 */
export function deobfuscate(bytes: Uint8Array, fileOffset: number, key: Uint8Array): void {
  if (key.every((byte) => byte === 0)) return;
  const turned = new Uint8Array(OBFUSCATION_KEY_BYTES);
  for (let index = 0; index < OBFUSCATION_KEY_BYTES; index += 1) {
    turned[index] = key[(fileOffset + index) % OBFUSCATION_KEY_BYTES] as number;
  }
  // Words are several times faster than bytes, where memory is aligned to them.
  let done = 0;
  if (bytes.byteOffset % 4 === 0) {
    const [even, odd] = new Uint32Array(turned.buffer) as unknown as [number, number];
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2);
    for (let word = 0; word < words.length; word += 1) words[word] = (words[word] as number) ^ (word & 1 ? odd : even);
    done = words.length * 4;
  }
  for (let at = done; at < bytes.length; at += 1) {
    bytes[at] = (bytes[at] as number) ^ (turned[at % OBFUSCATION_KEY_BYTES] as number);
  }
}
