import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { deobfuscate } from './obfuscation.ts';

test('every byte is combined with the key byte at its offset in the file, wherever the piece begins', () => {
  const bytes = fc.uint8Array({ maxLength: 100 });
  const key = fc.uint8Array({ minLength: 8, maxLength: 8 });
  fc.assert(
    fc.property(bytes, key, fc.nat(2 ** 40), fc.nat(9), (plain, secret, fileOffset, memoryOffset) => {
      const memory = new Uint8Array(memoryOffset + plain.length + 9).fill(0xee);
      const piece = memory.subarray(memoryOffset, memoryOffset + plain.length);
      piece.set(plain);
      deobfuscate(piece, fileOffset, secret);
      assert.deepEqual(
        [...piece],
        [...plain].map((byte, at) => byte ^ (secret[(fileOffset + at) % 8] as number)),
      );
      assert.ok(memory.subarray(memoryOffset + plain.length).every((byte) => byte === 0xee));
    }),
  );
});
