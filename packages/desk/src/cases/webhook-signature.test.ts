import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { signWebhook, webhookSecret } from './webhook-signature.ts';

/** The receiver of docs/notifications.md: another language, another library. */
const page = readFileSync(path.resolve(import.meta.dirname, '../../../../docs/notifications.md'), 'utf8');
const [, code = ''] = /```python\n([\s\S]*?)```/.exec(page) ?? [];
const receiver = `${code}
import sys
secret, header, now = sys.argv[1], sys.argv[2], float(sys.argv[3])
sys.exit(0 if is_ours(secret, header, sys.stdin.buffer.read(), now) else 1)
`;
const python = { skip: spawnSync('python3', ['-c', '']).status !== 0 && 'there is no python3 to check with' };
const accepts = (secret: string, header: string, body: string, now = 1_764_300_010) =>
  spawnSync('python3', ['-c', receiver, secret, header, String(now)], { input: body }).status === 0;

const key = Buffer.alloc(32, 7);
const body = '{"type":"gongjo.notice","text":"탈취"}';

describe('the signature of a webhook', () => {
  test('is accepted by an independent implementation, and nothing changed is', python, () => {
    const secret = webhookSecret(key, 'kr-police', 'hook');
    const header = signWebhook(secret, body, 1_764_300_000_999);
    assert.match(header, /^t=1764300000,v1=[0-9a-f]{64}$/);
    assert.ok(accepts(secret, header, body));
    assert.ok(!accepts(secret, header, `${body} `));
    assert.ok(!accepts(secret, header, body, 1_764_300_000 + 301), 'an old message, sent again');
    assert.ok(!accepts(secret, header.replace('t=1764300000', 't=1764300001'), body));
    assert.ok(!accepts(webhookSecret(key, 'kr-police', 'other'), header, body));
  });

  test('each contact has a secret of its own, the same at every start', () => {
    const secrets = [
      webhookSecret(key, 'a', 'b'),
      webhookSecret(key, 'a', 'c'),
      webhookSecret(key, 'b', 'b'),
      webhookSecret(Buffer.alloc(32, 8), 'a', 'b'),
    ];
    assert.equal(new Set(secrets).size, 4);
    assert.equal(webhookSecret(key, 'a', 'b'), secrets[0]);
  });
});
