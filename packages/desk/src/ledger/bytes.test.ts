import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Address, ChainId } from '@gongjo/contract';
import { addressBytes, addressHex, addressOfHex, hashOfHex, storedHash, storedHashHex } from './bytes.ts';
import { txIdOn } from './canonical.ts';

const bitcoin = 'bip122:000000000019d6689c085ae165831e93' as ChainId;
const ethereum = 'eip155:1' as ChainId;
const genesis = '4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b';

test('hashes are kept as their bytes, those of Bitcoin in the order in which they are hashed', () => {
  assert.equal(storedHash(bitcoin, genesis).toString('hex').slice(0, 8), '3ba3edfd');
  for (const [chain, text] of [
    [bitcoin, genesis],
    [ethereum, `0x${genesis}`],
    ['tron:0x2b6653dc' as ChainId, genesis],
    ['other:1' as ChainId, 'Any Text'],
  ] as const)
    assert.equal(hashOfHex(chain, storedHashHex(chain, text)), text);
});

test('an identifier of a transaction has one form on each chain', () => {
  assert.equal(txIdOn(bitcoin, genesis.toUpperCase()), genesis);
  assert.equal(txIdOn(ethereum, `0X${genesis.toUpperCase()}`), `0x${genesis}`);
  for (const text of ['', genesis.slice(1), `0x${genesis}`, `${genesis}0`]) assert.equal(txIdOn(bitcoin, text), null);
  assert.equal(txIdOn(ethereum, genesis), null);
});

test('what is no address of its chain is not kept', () => {
  const address = '0xdac17f958d2ee523a2206206994597c13d831ec7' as Address;
  assert.equal(addressOfHex(ethereum, addressHex(ethereum, address)), address);
  assert.throws(() => addressBytes(bitcoin, address), RangeError);
});
