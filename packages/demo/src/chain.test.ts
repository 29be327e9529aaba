import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { withChain } from './chain.fixture.ts';
import { startChain } from './chain.ts';
import { host } from './port.ts';
import { DemoError } from './problem.ts';

test('a chain mines only when told, at the time told, and ends when stopped', async () => {
  const url = await withChain(async (chain, genesisTimeS) => {
    const block = await chain.mine(genesisTimeS + 77);
    assert.deepEqual(block, { ...block, height: 1, timeS: genesisTimeS + 77, transactions: [] });
    assert.ok(block.baseFee > 0n);
    return chain.url;
  });
  await assert.rejects(fetch(url, { method: 'POST' }), TypeError);
});

test('a port that is taken is named in the error', async () => {
  const squatter = createServer().listen(0, host);
  await once(squatter, 'listening');
  const address = squatter.address();
  assert.ok(typeof address === 'object' && address !== null);
  try {
    await assert.rejects(startChain({ port: address.port, genesisTimeS: 1 }), (thrown) => {
      assert.ok(thrown instanceof DemoError);
      assert.match(thrown.text.en, new RegExp(`Port ${address.port} on 127.0.0.1 is already in use`));
      assert.match(thrown.text.ko, new RegExp(`${address.port}번 포트`));
      return true;
    });
  } finally {
    squatter.close();
  }
});
