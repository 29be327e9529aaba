import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { blockHash } from './serial.fixture.ts';

interface Question {
  readonly id: unknown;
  readonly method: string;
  readonly params: readonly unknown[];
}

/**
 * Answers like Bitcoin Core before version 28: JSON-RPC 1.0 over HTTP with Basic authentication, `result` and `error` in
 * every answer, HTTP status 500 for the error of a single call, 200 for a batch whatever is in it.
 */
export interface CoreNode {
  readonly url: string;
  readonly host: string;
  /** The main chain; a test rewrites it. */
  blocks: Uint8Array[];
  chain: string;
  /** Blocks that the node has but not on its main chain. */
  readonly others: Uint8Array[];
  readonly asked: string[];
  /** The numbers of calls in the batches. */
  readonly batches: number[];
  /** Called before each answer; may change the node, or give another result. */
  onAsk: (question: Question) => { readonly result?: unknown; readonly error?: unknown } | undefined;
  /** Replaces the whole body of the next answers. */
  body: ((normal: string) => string | Uint8Array) | null;
  status: number;
  credentials: string;
}

export async function coreNode(t: TestContext, blocks: readonly Uint8Array[]): Promise<CoreNode> {
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const wanted = `Basic ${Buffer.from(node.credentials).toString('base64')}`;
      if (request.headers.authorization !== wanted) {
        response.writeHead(401).end();
        return;
      }
      const asked = JSON.parse(Buffer.concat(pieces).toString('utf8')) as Question | Question[];
      const answers = [asked].flat().map(answer);
      node.batches.push(answers.length);
      const single = !Array.isArray(asked);
      const failed = single && answers[0]?.error !== null;
      const normal = JSON.stringify(single ? answers[0] : answers);
      response.writeHead(failed ? 500 : node.status, { 'content-type': 'application/json' });
      response.end(node.body === null ? normal : node.body(normal));
    });
  });

  function answer(question: Question) {
    const { id, method, params } = question;
    node.asked.push(`${method} ${params.join(' ')}`.trim());
    const forced = node.onAsk(question);
    if (forced !== undefined) return { result: null, error: null, ...forced, id };
    const error = (code: number, message: string) => ({ result: null, error: { code, message }, id });
    const result = (value: unknown) => ({ result: value, error: null, id });
    const tip = node.blocks.length - 1;
    if (method === 'getblockchaininfo') {
      const bestblockhash = blockHash(node.blocks[tip] as Uint8Array);
      return result({ chain: node.chain, blocks: tip, headers: tip, bestblockhash, pruned: false });
    }
    if (method === 'getblockhash') {
      const block = node.blocks[params[0] as number];
      return block === undefined ? error(-8, 'Block height out of range') : result(blockHash(block));
    }
    if (method === 'getblock') {
      const block = [...node.blocks, ...node.others].find((one) => blockHash(one) === params[0]);
      return block === undefined ? error(-5, 'Block not found') : result(Buffer.from(block).toString('hex'));
    }
    return error(-32601, 'Method not found');
  }

  const node: CoreNode = {
    url: '',
    host: '',
    blocks: [...blocks],
    chain: 'regtest',
    others: [],
    asked: [],
    batches: [],
    onAsk: () => undefined,
    body: null,
    status: 200,
    credentials: 'alice:open sesame',
  };
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(node, { host, url: `http://alice:open%20sesame@${host}` });
}
