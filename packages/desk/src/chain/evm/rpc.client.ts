import { z } from 'zod';
import { detailOf, GongjoError } from '../../kernel/index.ts';
import { AnswerTooLarge, httpTransport, type Transport, TransportFailure } from './http.client.ts';
import { shownUrl, withoutSecrets } from './redact.ts';

/** Public nodes refuse longer batches, the strictest common ones above a hundred calls. */
export const BATCH_CALLS_MAX = 100;

export interface RpcCall {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** What the node said to one call; its own errors are answers too, because a caller may know what to do about them. */
export type RpcAnswer =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly code: number; readonly message: string };

export interface Rpc {
  /** Scheme, host and port of the node; never credentials. */
  readonly url: string;
  /**
   * Asks all calls, in as few round trips as the batch bound allows; answers are in the order of the calls.
   *
   * @throws GongjoError `node-unreachable` when the node cannot be asked, `node-answer-invalid` when what comes back is
   * not JSON-RPC or does not fit the calls (`cause` is an `AnswerTooLarge` where that is the reason)
   */
  batch(calls: readonly RpcCall[], signal?: AbortSignal): Promise<readonly RpcAnswer[]>;
  /** One call whose only good answer is a result. */
  call(method: string, params: readonly unknown[], signal?: AbortSignal): Promise<unknown>;
}

const zAnswer = z.object({
  id: z.union([z.int(), z.null()]),
  result: z.unknown().optional(),
  error: z.object({ code: z.int(), message: z.string() }).nullish(),
});

export interface RpcOptions {
  readonly url: string;
  readonly transport?: Transport;
  /** A single question goes as a batch of one: Bitcoin Core answers its own errors with HTTP status 500 otherwise. */
  readonly alwaysBatch?: boolean;
}

/** JSON-RPC 2.0 (https://www.jsonrpc.org/specification) with a node at an `http:` or `https:` URL. */
export function rpcClient(options: RpcOptions): Rpc {
  const place = nodeUrl(options.url);
  const transport = options.transport ?? httpTransport({ url: place });
  const url = shownUrl(place);
  let lastId = 0;

  function invalid(method: string, detail: string, cause?: unknown): GongjoError {
    return new GongjoError('node-answer-invalid', { url, method, detail: withoutSecrets(detail, place) }, cause);
  }

  async function exchange(calls: readonly RpcCall[], signal?: AbortSignal): Promise<readonly RpcAnswer[]> {
    const method = methodsOf(calls);
    const firstId = lastId + 1;
    lastId += calls.length;
    const questions = calls.map((call, index) => ({ jsonrpc: '2.0', id: firstId + index, ...call }));
    // A single question goes without a batch around it: some gateways understand no batches at all.
    const body = JSON.stringify(questions.length === 1 && options.alwaysBatch !== true ? questions[0] : questions);
    const text = await transport(body, signal).catch((error: unknown) => {
      if (error instanceof AnswerTooLarge) throw invalid(method, error.message, error);
      if (!(error instanceof TransportFailure)) throw error;
      const detail = withoutSecrets(detailOf(error), place);
      throw new GongjoError('node-unreachable', { url, detail });
    });

    const answers = z.union([z.array(zAnswer), zAnswer]).safeParse(parsed(text));
    if (!answers.success) throw invalid(method, 'this is not JSON-RPC');
    const list = Array.isArray(answers.data) ? answers.data : [answers.data];
    const [refusal] = list;
    if (list.length === 1 && refusal?.id === null && refusal.error) {
      // The node refused the batch as a whole, so that is its answer to every call.
      const answer = errorAnswer(refusal.error);
      return calls.map(() => answer);
    }
    const byId = new Map(list.map((answer) => [answer.id, answer]));
    if (byId.size !== calls.length || list.length !== calls.length) {
      throw invalid(method, `${list.length} answers to ${calls.length} calls`);
    }
    return questions.map(({ id }) => {
      const answer = byId.get(id);
      if (answer === undefined) throw invalid(method, 'an answer carries an id that was not asked');
      return answer.error ? errorAnswer(answer.error) : { ok: true, result: answer.result };
    });
  }

  function errorAnswer(error: { code: number; message: string }): RpcAnswer {
    // The text is foreign and will be shown: no control characters, no direction overrides.
    const message = detailOf(error.message).replace(/\p{C}/gu, '');
    return { ok: false, code: error.code, message: withoutSecrets(message, place) };
  }

  async function batch(calls: readonly RpcCall[], signal?: AbortSignal): Promise<readonly RpcAnswer[]> {
    const answers: RpcAnswer[] = [];
    for (let at = 0; at < calls.length; at += BATCH_CALLS_MAX) {
      answers.push(...(await exchange(calls.slice(at, at + BATCH_CALLS_MAX), signal)));
    }
    return answers;
  }

  return {
    url,
    batch,
    async call(method, params, signal) {
      const [answer] = await exchange([{ method, params }], signal);
      return resultOf(answer, url, method);
    },
  };
}

/** The result of an answer that must have one. */
export function resultOf(answer: RpcAnswer | undefined, url: string, method: string): unknown {
  if (answer?.ok) return answer.result;
  const detail = answer === undefined ? 'no answer' : `error ${answer.code}: ${answer.message}`;
  throw new GongjoError('node-answer-invalid', { url, method, detail });
}

/** EIP-1474 and JSON-RPC 2.0: the node does not know, or does not offer, the method. */
const METHOD_MISSING: readonly number[] = [-32601, -32004];

export function lacksMethod(answer: RpcAnswer): boolean {
  return !answer.ok && METHOD_MISSING.includes(answer.code);
}

/** How a node says that its answer to a batch would be too large. */
const RESPONSE_TOO_LARGE = -32003;

export function saysTooLarge(answer: RpcAnswer): boolean {
  return !answer.ok && answer.code === RESPONSE_TOO_LARGE;
}

/** The answer, or the batch around it, was too much for us or for the node; asking for less can help. */
export function isTooLarge(error: unknown): boolean {
  return error instanceof GongjoError && error.cause instanceof AnswerTooLarge;
}

function nodeUrl(text: string): URL {
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol)) return url;
  // The text itself is not repeated, because a mistyped URL can still hold a password.
  throw new GongjoError('node-unreachable', { url: '(?)', detail: 'not an http:// or https:// URL' });
}

function methodsOf(calls: readonly RpcCall[]): string {
  return [...new Set(calls.map((call) => call.method))].join(', ');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
