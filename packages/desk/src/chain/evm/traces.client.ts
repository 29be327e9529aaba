import { GongjoError } from '../../kernel/index.ts';
import { callTracerFrames } from './call-tracer.ts';
import type { Execution } from './decode.ts';
import { isTooLarge, lacksMethod, type Rpc, type RpcAnswer, type RpcCall, saysTooLarge } from './rpc.client.ts';
import { type EvmBlock, headerOf } from './schema.ts';
import { traceBlockFrames } from './trace-block.ts';

/** A block of Ethereum executes for up to a second in the node and is told in some megabytes. */
const TRACES_PER_CALL = 4;

/**
 * A node that keeps no archive has the state of its last 128 blocks (Geth's default); half of them leaves room for the
 * blocks that come while we ask. Below, its refusal says nothing about what it offers for new blocks.
 */
const STATE_KEPT_BLOCKS = 64;

interface Method {
  readonly name: string;
  readonly params: (place: string) => readonly unknown[];
  readonly read: (answer: unknown, block: EvmBlock) => Execution | null;
  /** Lowest height that is worth asking for. */
  from: number;
}

interface Found {
  /** By block. */
  readonly executions: Map<string, Execution>;
  /** The node has another block at this height, or at one soon after it. */
  replacedFrom: number | null;
}

/** Reads what blocks executed, by whichever of the two known methods the node offers. */
export interface Traces {
  /**
   * The execution of each block; null where the node does not tell it, and fewer where the node has replaced the next block
   * meanwhile. Never fails because of what a node answers: a node that does not offer a method, or takes too long over a
   * recent block, is not asked for it again.
   *
   * @throws GongjoError `node-unreachable` when it answers nothing else either
   */
  of(blocks: readonly EvmBlock[], tipHeight: number, signal?: AbortSignal): Promise<readonly (Execution | null)[]>;
}

export function nodeTraces(rpc: Rpc): Traces {
  const methods: Method[] = [
    {
      name: 'debug_traceBlockByNumber',
      params: (place) => [place, { tracer: 'callTracer' }],
      read: (answer, { transactions }) => {
        const frames = callTracerFrames(
          answer,
          transactions.map(({ hash }) => hash),
        );
        return frames && { frames, rewards: [] };
      },
      from: 0,
    },
    {
      name: 'trace_block',
      params: (place) => [place],
      read: (answer, { hash, transactions }) =>
        traceBlockFrames(
          answer,
          hash,
          transactions.map((transaction) => transaction.hash),
        ),
      from: 0,
    },
  ];
  let blocksPerCall = TRACES_PER_CALL;

  /** The answers and, last, the header of the last block, to see that it is still the same; null: less must be asked. */
  async function ask(
    method: Method,
    blocks: readonly EvmBlock[],
    signal?: AbortSignal,
  ): Promise<readonly RpcAnswer[] | null> {
    const last = blocks.at(-1);
    if (last === undefined) return [];
    const calls = blocks.map(
      ({ number }): RpcCall => ({ method: method.name, params: method.params(`0x${number.toString(16)}`) }),
    );
    const header = { method: 'eth_getBlockByNumber', params: [`0x${last.number.toString(16)}`, false] };
    try {
      const answers = await rpc.batch([...calls, header], signal);
      return answers.some(saysTooLarge) && blocks.length > 1 ? null : answers;
    } catch (error) {
      if (!(error instanceof GongjoError)) throw error;
      if (blocks.length > 1) return null;
      if (isTooLarge(error)) return [];
      // Whether it was the tracing that the node could not do, or anything at all.
      await rpc.call('eth_chainId', [], signal);
      drop(method);
      return [];
    }
  }

  function drop(method: Method): void {
    const at = methods.indexOf(method);
    if (at !== -1) methods.splice(at, 1);
  }

  async function askSome(
    method: Method,
    blocks: readonly EvmBlock[],
    tipHeight: number,
    found: Found,
    signal?: AbortSignal,
  ): Promise<void> {
    for (let next = 0; next < blocks.length && methods.includes(method); ) {
      const some = blocks.slice(next, next + blocksPerCall).filter(({ number }) => number >= method.from);
      const answers = await ask(method, some, signal);
      if (answers === null) {
        blocksPerCall = Math.ceil(blocksPerCall / 2);
        continue;
      }
      next += blocksPerCall;
      if (answers.some(lacksMethod)) return drop(method);
      const header = answers.at(-1);
      const last = some.at(-1);
      const same = header?.ok === true && headerOf(header.result, rpc.url)?.hash === last?.hash;
      if (header?.ok === true && !same) {
        // Blocks are linked, so only some of these may be of another branch; they are read again all together.
        found.replacedFrom = some[0]?.number ?? null;
        return;
      }
      for (const [index, block] of some.entries()) {
        const answer = answers[index];
        if (answer === undefined) continue;
        if (answer.ok) {
          const execution = same ? method.read(answer.result, block) : null;
          if (execution !== null) found.executions.set(block.hash, execution);
        } else if (saysTooLarge(answer)) {
          // This block alone is more than the node gives; others are not.
        } else if (block.number > tipHeight - STATE_KEPT_BLOCKS) {
          return drop(method);
        } else {
          method.from = tipHeight - STATE_KEPT_BLOCKS + 1;
        }
      }
    }
  }

  return {
    async of(blocks, tipHeight, signal) {
      const found: Found = { executions: new Map(), replacedFrom: null };
      for (const method of [...methods]) {
        const open = blocks.filter(({ hash, transactions }) => transactions.length > 0 && !found.executions.has(hash));
        if (open.length === 0 || found.replacedFrom !== null) break;
        await askSome(method, open, tipHeight, found, signal);
      }
      // Where traces are offered, a block without transactions is known to have executed nothing.
      const offered = methods.some(({ from }) => blocks.every(({ number }) => number >= from));
      const nothing: Execution | null = offered ? { frames: [], rewards: [] } : null;
      const { executions, replacedFrom } = found;
      return blocks
        .filter(({ number }) => replacedFrom === null || number < replacedFrom)
        .map(({ hash, transactions }) => (transactions.length === 0 ? nothing : (executions.get(hash) ?? null)));
    },
  };
}
