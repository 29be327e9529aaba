import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type IdentifierKind, identifierKinds } from '@gongjo/contract';
import fc from 'fast-check';
import { identifierOf, inputOf } from './identifier.ts';
import type { ChainForms } from './kinds.ts';

/** A stand-in for the ledger, whose own tests show what it knows of every chain. */
const forms: ChainForms = {
  address: (_, text) => (/^(0x[0-9a-f]{40}|bc1[0-9a-z]{39})$/i.test(text) ? text.toLowerCase() : null),
  transaction: (_, text) => (/^[0-9a-f]{64}$/i.test(text) ? text.toLowerCase() : null),
};
const bitcoin = 'bip122:000000000019d6689c085ae165831e93';

/** `[within|]written → canonical`, or `null`. */
const check = (kind: IdentifierKind, cases: readonly (readonly [string, string | null, string?])[]) => {
  for (const [text, expected, within] of cases) {
    const made = identifierOf({ kind, text, ...(within === undefined ? {} : { within }) }, forms);
    assert.equal(made?.text ?? null, expected, `${kind} ${within ?? ''} ${text}`);
  }
};

test('addresses: case, checksum forms and bech32 of a chain are one; chains of the EVM share theirs', () => {
  const vitalik = '0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045';
  const one = `eip155:${vitalik.toLowerCase()}`;
  check('address', [
    [vitalik, one, 'eip155:1'],
    [vitalik.toLowerCase(), one, 'eip155:56'],
    [` ${vitalik} `, one, 'eip155:8453'],
    ['0xd8dA6BF26964aF9D7eEd9e03E53415D37aA9604', null, 'eip155:1'],
    ['BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4', `${bitcoin}:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4`, bitcoin],
    [vitalik, null, 'not a chain'],
    [vitalik, null],
  ]);
  check('transaction', [
    ['AB'.repeat(32), `${bitcoin}:${'ab'.repeat(32)}`, bitcoin],
    ['ab'.repeat(31), null, bitcoin],
  ]);
});

test('ISO 13616: IBANs with their check digits', () => {
  check('iban', [
    ['GB82 WEST 1234 5698 7654 32', 'GB82WEST12345698765432'],
    ['de89 3704 0044 0532 0130 00', 'DE89370400440532013000'],
    ['FR14-2004-1010-0505-0001-3M02-606', 'FR1420041010050500013M02606'],
    ['NO9386011117947', 'NO9386011117947'],
    ['GB82 WEST 1234 5698 7654 33', null],
    ['GB82', null],
    ['', null],
  ]);
});

test('Korean accounts: bank code and digits', () => {
  check('account', [
    ['110-123-456789', '088:110123456789', '088'],
    ['110 123 456789', '088:110123456789', '88'],
    ['１１０－１２３－４５６７８９', '088:110123456789', '088'],
    ['110-123-456789', null, 'SHBK'],
    ['1234567', null, '088'],
    ['110-123-45678X', null, '088'],
    ['110-123-456789', null],
  ]);
});

test('E.164: numbers with a country code, and national ones where the country is said', () => {
  check('phone', [
    ['+82 10-1234-5678', '+821012345678'],
    ['+82 (0)10-1234-5678', '+821012345678'],
    ['+82 010 1234 5678', '+821012345678'],
    ['010-1234-5678', '+821012345678', 'KR'],
    ['02-123-4567', '+8221234567', 'KR'],
    ['(212) 555-0100', '+12125550100', 'US'],
    ['1-212-555-0100', '+12125550100', 'US'],
    ['+1 212 555 0100', '+12125550100'],
    ['+44 (0)20 7946 0018', '+442079460018'],
    ['010-1234-5678', null],
    ['010-1234-5678', null, 'JP'],
    ['+0 123 456 789', null],
    ['+1234567890123456', null],
    ['+82 10-CALL-ME', null],
  ]);
});

test('UTS 46: domains', () => {
  check('domain', [
    ['Example.COM.', 'example.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.example', 'xn--bcher-kva.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['faß.de', 'xn--fa-hia.de'],
    ['한국.kr', 'xn--3e0b707e.kr'],
    ['example。com', 'example.com'],
    ['192.0.2.1', null],
    ['0x7f.1', null],
    ['localhost', null],
    ['https://example.com', null],
    ['a..b', null],
    ['user@example.com', null],
    ['example.com/path', null],
    ['', null],
  ]);
});

test('e-mail: the mailbox that is reached', () => {
  check('email', [
    ['Kim.Officer@Example.COM', 'kim.officer@example.com'],
    ['K.I.M+abc@GoogleMail.com', 'kim@gmail.com'],
    ['kim+abc@example.com', 'kim+abc@example.com'],
    ['a@bücher.example', 'a@xn--bcher-kva.example'],
    ['"a b"@example.com', null],
    ['@example.com', null],
    ['+x@gmail.com', null],
    ['a@localhost', null],
    [`${'a'.repeat(65)}@example.com`, null],
  ]);
});

test('user names at services', () => {
  check('user', [
    ['@Hodler', 'hodler@telegram', 't.me'],
    ['hodler', 'hodler@telegram', 'Telegram'],
    ['홍길동', '홍길동@kakaotalk', 'kakao'],
    ['a b', null, 'telegram'],
    ['hodler', null],
  ]);
});

test('normalising twice changes nothing, and no text makes it throw', () => {
  const within = fc.constantFrom(undefined, bitcoin, 'eip155:1', '088', 'KR', 'US', 'telegram', 'tron:0x2b6653dc');
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 600 }),
    fc.emailAddress(),
    fc.domain(),
    fc.stringMatching(/^\+?[0-9() -]{5,20}$/),
  );
  fc.assert(
    fc.property(fc.constantFrom(...identifierKinds), text, within, (kind, written, inside) => {
      const made = identifierOf({ kind, text: written, ...(inside === undefined ? {} : { within: inside }) }, forms);
      if (made === null || !['iban', 'phone', 'email', 'domain'].includes(kind)) return;
      assert.equal(identifierOf({ kind, text: made.text }, forms)?.text, made.text);
      assert.ok(!made.text.includes('\0'));
    }),
    { numRuns: 3000 },
  );
});

test('kinds are domains of their own: one text under two kinds is two inputs', () => {
  const [address, entity] = (['address', 'entity'] as const).map((kind) =>
    identifierOf({ kind, text: `0x${'1'.repeat(40)}`, within: 'eip155:1' }, forms),
  );
  assert.ok(address != null && entity != null);
  assert.equal(address.text, entity.text);
  assert.notDeepEqual(inputOf(address), inputOf(entity));
});
