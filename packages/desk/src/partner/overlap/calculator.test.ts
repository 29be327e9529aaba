import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { identifierOf, inputOf, openGroup, valueFrom, voprfOver } from '../../overlap/index.ts';
import { createCalculator } from './calculator.ts';

const calculator = createCalculator(2);
after(() => calculator.close());
const forms = { address: () => null, transaction: () => null };

test('threads give the values that one thread gives, in order, and urgent work is not held up', async () => {
  const voprf = voprfOver(await openGroup());
  const keys = await calculator.run('keys', new Uint8Array(32).fill(5), 1);
  const identifiers = Array.from({ length: 2500 }, (_, at) => {
    const made = identifierOf({ kind: 'domain', text: `n${at}.example` }, forms);
    assert.ok(made !== null);
    return made;
  });
  const order: string[] = [];
  const [values] = await Promise.all([
    calculator.values(keys.secretKey, identifiers).finally(() => order.push('list')),
    calculator.run('keys', new Uint8Array(32), 2).finally(() => order.push('urgent')),
  ]);
  assert.deepEqual(order, ['urgent', 'list']);
  assert.equal(values.length, identifiers.length);
  for (const at of [0, 999, 1000, 2499])
    assert.equal(values[at], valueFrom(voprf.evaluate(keys.secretKey, inputOf(identifiers[at]!))));
});

test('a failure is the caller’s, and the thread goes on', async () => {
  await assert.rejects(calculator.run('keys', new Uint8Array(3), 1), /32 bytes/);
  assert.equal((await calculator.run('keys', new Uint8Array(32), 1)).epoch, 1);
});

test('what waits when it is closed is told so', async () => {
  const other = createCalculator(1);
  const waiting = [1, 2, 3].map((epoch) => other.run('keys', new Uint8Array(32), epoch));
  const ended = Promise.allSettled(waiting);
  await other.close();
  assert.ok((await ended).every(({ status }) => status === 'rejected'));
  await assert.rejects(other.run('keys', new Uint8Array(32), 1), /closed/);
});
