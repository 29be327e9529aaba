import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import type { PublicKey } from '@gongjo/contract';
import fc from 'fast-check';
import { openKeys } from '../platform/index.ts';
import { cosign, cosignedAt, openCheckpoint, originOf, readCheckpoint, signCheckpoint } from './checkpoint.ts';
import { leafHash } from './merkle/hash.ts';
import { noteKeyId, noteSignedBy, noteText, noteTypes, readNote } from './note.ts';

const folders = ['a', 'b'].map((it) => mkdtempSync(path.join(os.tmpdir(), `gongjo-note-${it}-`)));
const [seoul, washington] = await Promise.all([openKeys(folders[0] ?? ''), openKeys(folders[1] ?? '')]);
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

describe('signed-note', () => {
  /** The published example of Go's package golang.org/x/mod/sumdb/note: verifier key `PeterNeumann+c74f20a3+ARpc…`. */
  const key: PublicKey = {
    kty: 'OKP',
    crv: 'Ed25519',
    x: Buffer.from('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'base64').subarray(1).toString('base64url'),
  };
  const example =
    'If you think cryptography is the answer to your problem,\n' +
    "then you don't know what your problem is.\n" +
    '\n' +
    '\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

  test('a key is known by its name, its type and itself', () => {
    assert.equal(noteKeyId('PeterNeumann', noteTypes.ed25519, key), 'c74f20a3');
  });

  test('the published example is signed', () => {
    const note = readNote(example);
    assert.ok(note);
    assert.ok(noteSignedBy(note, 'PeterNeumann', key));
    assert.equal(noteText(note), example);
  });

  test('any other byte in it makes it another note, or none that is signed', () => {
    const bytes = Buffer.from(example);
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const note = readNote(changed.toString('utf8'));
      assert.ok(note === null || noteSignedBy(note, 'PeterNeumann', key) === null, `byte ${at}`);
    }
  });
});

const checkpoint = { origin: originOf('seoul'), size: 42, root: leafHash('x') };

describe('tlog-checkpoint', () => {
  test('is read as it was written', async () => {
    const text = await signCheckpoint(seoul, checkpoint);
    const opened = openCheckpoint('seoul', [washington.publicKey, seoul.publicKey], text);
    assert.ok(opened);
    assert.deepEqual(
      [opened.origin, opened.size, Buffer.from(opened.root).toString('hex')],
      ['gongjo/seoul/audit', 42, Buffer.from(checkpoint.root).toString('hex')],
    );
  });

  test('of another log, or by another key, is none of this desk', async () => {
    const text = await signCheckpoint(seoul, checkpoint);
    assert.equal(openCheckpoint('seoul', [washington.publicKey], text), null);
    assert.equal(openCheckpoint('washington', [seoul.publicKey], text), null);
    const other = await signCheckpoint(seoul, { ...checkpoint, origin: originOf('busan') });
    assert.equal(openCheckpoint('seoul', [seoul.publicKey], other), null);
  });

  test('has one form: leading zeros, signs and slack bits are refused', () => {
    const root = Buffer.from(checkpoint.root).toString('base64');
    assert.ok(readCheckpoint(`o\n42\n${root}\n`));
    assert.ok(readCheckpoint(`o\n42\n${root}\nextension\n`));
    const slack = `${root.slice(0, -2)}${String.fromCharCode(root.charCodeAt(root.length - 2) + 1)}=`;
    for (const text of [
      `o\n042\n${root}\n`,
      `o\n+42\n${root}\n`,
      `o\n-1\n${root}\n`,
      `o\n42\n${slack}\n`,
      `\n42\n${root}\n`,
    ])
      assert.equal(readCheckpoint(text), null, text);
  });

  test('whatever the reader takes is written again as the same text', async () => {
    const text = await signCheckpoint(seoul, checkpoint);
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(3), fc.string({ unit: 'binary', maxLength: 3 }), (at, gone, put) => {
        const changed = text.slice(0, at) + put + text.slice(at + gone);
        const note = readNote(changed);
        assert.ok(note === null || noteText(note) === changed);
        assert.ok(changed === text || openCheckpoint('seoul', [seoul.publicKey], changed) === null);
      }),
      { numRuns: 300 },
    );
  });
});

describe('tlog-cosignature', () => {
  test('says who saw it and when, and nothing else can be read from it', async () => {
    const text = await signCheckpoint(seoul, checkpoint);
    const note = readNote(text);
    assert.ok(note);
    const timeS = 1_767_225_600;
    const signature = await cosign(washington, 'washington', note, timeS);
    const both = readNote(noteText({ ...note, signatures: [...note.signatures, signature] }));
    assert.ok(both);
    assert.equal(cosignedAt(both, 'washington', washington.publicKey), timeS);
    assert.equal(cosignedAt(both, 'washington', seoul.publicKey), null);
    assert.equal(cosignedAt(both, 'busan', washington.publicKey), null);
    assert.ok(openCheckpoint('seoul', [seoul.publicKey], noteText(both)));
    // Another time, or another text, is not what was cosigned.
    const later = Buffer.from(signature.signature);
    later[7] = (later[7] ?? 0) ^ 1;
    assert.equal(
      cosignedAt({ ...note, signatures: [{ ...signature, signature: later }] }, 'washington', washington.publicKey),
      null,
    );
    assert.equal(
      cosignedAt({ ...both, text: both.text.replace('42', '43') }, 'washington', washington.publicKey),
      null,
    );
  });

  test('its key is not that of the same desk as a log', () => {
    const name = 'gongjo/seoul/witness';
    assert.notEqual(
      noteKeyId(name, noteTypes.ed25519, seoul.publicKey),
      noteKeyId(name, noteTypes.cosignature, seoul.publicKey),
    );
  });
});
