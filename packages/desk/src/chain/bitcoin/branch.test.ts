import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { branchOf, rootOfBranch } from './branch.ts';
import { hashBytes, hashText } from './hash.ts';
import { merkleRoot } from './merkle.ts';

const txids = Array.from({ length: 70 }, (_, n) => createHash('sha256').update(`tx ${n}`).digest('hex'));

test('every branch of every block of up to 70 transactions leads to its Merkle root, and no other place does', () => {
  for (let count = 1; count <= txids.length; count += 1) {
    const block = txids.slice(0, count);
    const root = new Uint8Array(32);
    merkleRoot(Buffer.concat(block.map(hashBytes)), count, root);
    for (const [index, txid] of block.entries()) {
      const branch = branchOf(block, index);
      assert.equal(rootOfBranch(txid, branch), hashText(root));
      assert.ok(branch.hashes.length === Math.ceil(Math.log2(count)));
      if (count > 1) assert.notEqual(rootOfBranch(block[index === 0 ? 1 : 0] ?? '', branch), hashText(root));
    }
  }
});

test('block 100,000 of Bitcoin: four transactions and the root that everybody knows', () => {
  const block = [
    '8c14f0db3df150123e6f3dbbf30f8b955a8249b62ac1d1ff16284aefa3d06d87',
    'fff2525b8931402dd09222c50775608f75787bd2b87e56995a7bdd30f79702c4',
    '6359f0868171b1d194cbee1af2f16ea598ae8fad666d9b012c8ed2b79a236ec4',
    'e9a66845e05d5abc0ad04ec80f774a7e585c6e8db975962d069a522137b80c1d',
  ];
  for (const [index, txid] of block.entries())
    assert.equal(
      rootOfBranch(txid, branchOf(block, index)),
      'f3e94742aca4b5ef85488dc37c06c3282295ffec960994b2c0d5ac2a25a95766',
    );
});
