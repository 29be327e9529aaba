import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { GongjoError } from '../../kernel/index.ts';
import { httpTransport } from './http.client.ts';
import { BATCH_CALLS_MAX, isTooLarge, type RpcCall, rpcClient } from './rpc.client.ts';

/** An HTTP server on a free port, for the length of the test; answers its URL. */
async function serving(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A node that answers every call with its own parameters. */
const echo: RequestListener = async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  response.end(echoed(Buffer.concat(chunks).toString()));
};

function echoed(body: string): string {
  const questions = JSON.parse(body) as { id: number; params: unknown } | { id: number; params: unknown }[];
  const answer = ({ id, params }: { id: number; params: unknown }) => ({ jsonrpc: '2.0', id, result: params });
  return JSON.stringify(Array.isArray(questions) ? questions.map(answer).reverse() : answer(questions));
}

const calls = (count: number): RpcCall[] =>
  Array.from({ length: count }, (_, index) => ({ method: 'eth_test', params: [index] }));

async function refused(act: Promise<unknown>, code: string, message: RegExp): Promise<GongjoError> {
  const error = await act.then(
    () => assert.fail('no error'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof GongjoError, String(error));
  assert.equal(error.code, code);
  assert.match(error.message, message);
  return error;
}

test('answers are matched by id, whatever their order, over as many batches as it takes', async () => {
  const sizes: number[] = [];
  const rpc = rpcClient({
    url: 'http://node.test',
    transport: async (body) => {
      const questions: unknown = JSON.parse(body);
      sizes.push(Array.isArray(questions) ? questions.length : 1);
      return echoed(body);
    },
  });
  const count = 2 * BATCH_CALLS_MAX + 1;
  const answers = await rpc.batch(calls(count));
  assert.deepEqual(
    answers.map((answer) => answer.ok && answer.result),
    calls(count).map(({ params }) => params),
  );
  assert.deepEqual(sizes, [BATCH_CALLS_MAX, BATCH_CALLS_MAX, 1]);
  assert.deepEqual(await rpc.batch([]), []);
});

test('over HTTP', async (t) => {
  const rpc = rpcClient({ url: await serving(t, echo) });
  assert.deepEqual(await rpc.call('eth_test', ['공조']), ['공조']);
  assert.equal((await rpc.batch(calls(3))).length, 3);
});

test('an error of the node is an answer, and refuses a call that must have a result', async () => {
  const error = { code: -32601, message: 'no such method\u0000' };
  const transport = async (body: string) => JSON.stringify({ jsonrpc: '2.0', id: JSON.parse(body).id, error });
  const rpc = rpcClient({ url: 'http://node.test', transport });
  assert.deepEqual(await rpc.batch(calls(1)), [{ ok: false, ...error, message: 'no such method' }]);
  await refused(rpc.call('eth_test', []), 'node-answer-invalid', /eth_test .*error -32601: no such method/);
});

test('a batch that is refused as a whole is refused call by call', async () => {
  const error = { code: -32600, message: 'batch too large' };
  const rpc = rpcClient({
    url: 'http://node.test',
    transport: async () => JSON.stringify({ jsonrpc: '2.0', id: null, error }),
  });
  assert.deepEqual(await rpc.batch(calls(2)), [
    { ok: false, ...error },
    { ok: false, ...error },
  ]);
});

test('answers that do not fit the calls are refused', async () => {
  const answer = (id: unknown) => ({ jsonrpc: '2.0', id, result: null });
  const cases: [unknown, RegExp][] = [
    [[answer(1)], /1 answers to 2 calls/],
    [[answer(1), answer(1)], /2 answers to 2 calls/],
    [[answer(1), answer(3)], /an id that was not asked/],
    [[answer(1), answer(2), answer(3)], /3 answers to 2 calls/],
    [[answer('1'), answer('2')], /not JSON-RPC/],
    [{ hello: 'world' }, /not JSON-RPC/],
    [null, /not JSON-RPC/],
    ['text', /not JSON-RPC/],
  ];
  for (const [said, message] of cases) {
    const rpc = rpcClient({ url: 'http://node.test', transport: async () => JSON.stringify(said) });
    await refused(rpc.batch(calls(2)), 'node-answer-invalid', message);
  }
});

test('an HTML page is not a node', async (t) => {
  const url = await serving(t, (_request, response) => response.end('<!doctype html><title>Welcome</title>'));
  await refused(rpcClient({ url }).call('eth_chainId', []), 'node-answer-invalid', /eth_chainId .*not JSON-RPC/);
});

test('nobody listening: unreachable, with the reason', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  await refused(rpcClient({ url: `http://127.0.0.1:${port}` }).call('x', []), 'node-unreachable', /ECONNREFUSED/);
});

test('what is no HTTP URL is refused without repeating it', async () => {
  for (const url of ['', 'localhost', 'ftp://me:secret@host', 'http//me:secret@host', 'file:///etc/passwd']) {
    assert.throws(
      () => rpcClient({ url }),
      (error) => error instanceof GongjoError && error.code === 'node-unreachable' && !error.message.includes('secret'),
    );
  }
});

test('credentials travel as a header and are never shown', async (t) => {
  const seen: (string | undefined)[] = [];
  const plain = await serving(t, (request, response) => {
    seen.push(request.headers.authorization, request.url);
    const error = { code: -1, message: `bad key 5ecret-key for user agent-7:p%40ss-word, p@ss-word` };
    response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, error }));
  });
  const url = `${plain.replace('http://', 'http://agent-7:p%40ss-word@')}/v3/5ecret-key?token=t0ken-value`;
  const rpc = rpcClient({ url });
  assert.equal(rpc.url, plain);
  const error = await refused(rpc.call('eth_chainId', []), 'node-answer-invalid', /bad key … for user …:…, …/);
  assert.doesNotMatch(JSON.stringify(error.problem), /5ecret|p%40ss|p@ss|t0ken|agent-7/);
  assert.deepEqual(seen, [
    `Basic ${Buffer.from('agent-7:p@ss-word').toString('base64')}`,
    '/v3/5ecret-key?token=t0ken-value',
  ]);
});

test('a redirect is not followed', async (t) => {
  let asked = 0;
  const target = await serving(t, (_request, response) => {
    asked += 1;
    response.end('{}');
  });
  const url = await serving(t, (_request, response) => response.writeHead(307, { location: target }).end());
  await refused(rpcClient({ url }).call('x', []), 'node-unreachable', /HTTP status 307/);
  assert.equal(asked, 0);
});

test('a broken connection and a busy node are tried once more', async (t) => {
  let asked = 0;
  const url = await serving(t, (request, response) => {
    asked += 1;
    if (asked === 1) request.socket.destroy();
    else if (asked === 3) response.writeHead(503).end();
    else void echo(request, response);
  });
  const rpc = rpcClient({ url });
  assert.deepEqual(await rpc.call('x', [1]), [1]);
  assert.equal(asked, 2);
  assert.deepEqual(await rpc.call('x', [2]), [2]);
  assert.equal(asked, 4);
});

test('a node that stays broken is tried twice, not more', async (t) => {
  let asked = 0;
  const url = await serving(t, (_request, response) => {
    asked += 1;
    response.writeHead(401).end('no');
  });
  await refused(rpcClient({ url }).call('x', []), 'node-unreachable', /HTTP status 401/);
  assert.equal(asked, 2);
});

test('a node that hangs, before or within its answer, is given up in time', async (t) => {
  let asked = 0;
  const url = await serving(t, (_request, response) => {
    asked += 1;
    if (asked === 2) response.write('[');
  });
  const rpc = rpcClient({ url, transport: httpTransport({ url: new URL(url), timeoutMs: 100 }) });
  await refused(rpc.call('x', []), 'node-unreachable', /within 100 ms/);
  await refused(rpc.call('x', []), 'node-unreachable', /within 100 ms/);
  assert.equal(asked, 2);
});

test('an answer without end is cut off where the bound is', async (t) => {
  let sent = 0;
  const closed = Promise.withResolvers<void>();
  const url = await serving(t, (_request, response) => {
    const piece = Buffer.alloc(64 * 1024, 'a');
    const more = () => {
      while (!response.destroyed && response.write(piece)) sent += piece.length;
    };
    response.on('drain', more).on('close', () => closed.resolve());
    more();
  });
  const bytesMax = 1024 * 1024;
  const rpc = rpcClient({ url, transport: httpTransport({ url: new URL(url), bytesMax }) });
  const error = await refused(rpc.call('x', []), 'node-answer-invalid', /larger than 1048576 bytes/);
  assert.ok(isTooLarge(error));
  await closed.promise;
  assert.ok(sent < 64 * bytesMax, `${sent} bytes were sent`);
});

test('the caller can give up', async (t) => {
  const url = await serving(t, () => {});
  const abort = new AbortController();
  const asking = rpcClient({ url }).call('x', [], abort.signal);
  setTimeout(() => abort.abort(new Error('enough')), 20);
  await assert.rejects(asking, /enough/);
});
