import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLoopback } from './loopback.ts';

test('this machine is known by its addresses and its name, and a name that only begins like one is not', () => {
  for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '::1', '[::1]']) assert.ok(isLoopback(host), host);
  for (const host of ['127.mail.example.org', '127', '0.0.0.0', '::2', 'localhost.example.org', ''])
    assert.ok(!isLoopback(host), host);
});
