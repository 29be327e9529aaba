import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';

interface Question {
  readonly id: unknown;
  readonly method: string;
  readonly params: readonly unknown[];
}

/** A chain's node as a desk reaches it, and what it can be made to do: disappear, stand still, lie. */
export interface NodeProxy {
  readonly url: string;
  /** Connections are broken off. */
  gone: boolean;
  /** Says this of itself instead of what the node says; undefined: the node's answer. */
  lie: (question: Question, answer: unknown) => unknown;
}

export async function nodeProxy(house: AsyncDisposableStack, target: string): Promise<NodeProxy> {
  const server = createServer((request, response) => {
    if (proxy.gone) return void request.socket.destroy();
    void answer(request).then(
      (body) => response.writeHead(200, { 'content-type': 'application/json' }).end(body),
      () => request.socket.destroy(),
    );
  });

  async function answer(request: IncomingMessage): Promise<string> {
    const body = (await request.toArray()).join('');
    const asked = JSON.parse(body) as Question | Question[];
    const reply = await fetch(target, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const answers = (await reply.json()) as { id: unknown; result?: unknown } | { id: unknown; result?: unknown }[];
    const questions = new Map([asked].flat().map((question) => [question.id, question]));
    for (const one of [answers].flat()) {
      const question = questions.get(one.id);
      const said = question && proxy.lie(question, one.result);
      if (said !== undefined) one.result = said;
    }
    return JSON.stringify(answers);
  }

  const proxy: NodeProxy = { url: '', gone: false, lie: () => undefined };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  house.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  assert.ok(typeof address === 'object' && address !== null);
  return Object.assign(proxy, { url: `http://127.0.0.1:${address.port}` });
}
