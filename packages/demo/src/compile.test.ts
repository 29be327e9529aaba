import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Abi, toFunctionSelector } from 'viem';
import { abi } from './action.ts';
import { type ContractName, compileContracts } from './compile.ts';

test('the contracts compile without a warning and have every function that the script calls', async () => {
  const { code, selectors } = await compileContracts();
  const called: readonly (readonly [ContractName, Abi])[] = [
    ['Token', abi.token],
    ['Pool', abi.pool],
    ['Mixer', abi.mixer],
    ['Exchange', abi.exchange],
    ['FakeToken', abi.counterfeit],
  ];
  for (const [name, functions] of called) {
    assert.ok((code.get(name)?.length ?? 0) > 200, name);
    for (const one of functions) {
      if (one.type !== 'function') continue;
      const selector = toFunctionSelector(one).slice(2);
      assert.ok(selectors.get(name)?.includes(selector), `${name}.${one.name}`);
    }
  }
});

test('compiling twice compiles once', async () => {
  assert.equal(await compileContracts(), await compileContracts());
});
