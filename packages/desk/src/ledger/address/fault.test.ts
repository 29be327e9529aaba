import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ChainId } from '@gongjo/contract';
import { addressFault } from './fault.ts';

const bitcoin = 'bip122:000000000019d6689c085ae165831e93' as ChainId;
const ethereum = 'eip155:1' as ChainId;

test('why a text is no address is told as far as it shows', () => {
  for (const [chain, text, reason] of [
    [bitcoin, '1a1zp1ep5qgefi2dmptftl5slmv7divfna', 'address-case'],
    [bitcoin, '1A1ZP1EP5QGEFI2DMPTFTL5SLMV7DIVFNA', 'address-case'],
    [bitcoin, '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb', 'address-checksum'],
    [bitcoin, 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5', 'address-checksum'],
    [bitcoin, 'tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7', 'address-chain'],
    [bitcoin, 'TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq', 'address-chain'],
    [bitcoin, '0xdac17f958d2ee523a2206206994597c13d831ec7', 'address-chain'],
    [bitcoin, '5be5543ff73456ab9f2d207887e2af87322c651ea1a873c5b25b7ffae456c320', 'address-form'],
    [bitcoin, 'my wallet', 'address-form'],
    [bitcoin, '', 'address-form'],
    [ethereum, '0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed', 'address-checksum'],
    [ethereum, '0x5aaeb6053f3e94c9b9a09f33669435e7ef1bea', 'address-form'],
    [ethereum, '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa', 'address-chain'],
  ] as const)
    assert.equal(addressFault(chain, text), reason, text);
});
