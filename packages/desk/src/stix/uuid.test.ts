import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { uuid5 } from './uuid.ts';

const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';

test('RFC 9562 appendix A.4: www.example.com in the DNS namespace', () => {
  assert.equal(uuid5(dns, 'www.example.com'), '2ed6657d-e927-568b-95e1-2665a8aea6a2');
});

test('version and variant are set, and the rest is the SHA-1 of another implementation', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.string({ unit: 'grapheme' }), (namespace, name) => {
      const hex = createHash('sha1')
        .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
        .update(name)
        .digest('hex');
      const made = uuid5(namespace, name);
      assert.match(made, /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      const free = (digits: string) => digits.slice(0, 12) + digits.slice(13, 16) + digits.slice(17, 32);
      assert.equal(free(made.replaceAll('-', '')), free(hex));
    }),
  );
});

test('a namespace that is not a lower-case UUID is refused by name', () => {
  for (const namespace of ['', dns.toUpperCase(), `${dns}0`]) {
    assert.throws(() => uuid5(namespace, 'x'), { name: 'TypeError', message: /namespace/ });
  }
});
