import { type LocalChain, startChain } from '@gongjo/demo';

/** A local Ethereum node that takes any sender's word, for benchmarks. */
export interface BenchNode extends LocalChain {
  rpc<T>(method: string, ...params: readonly unknown[]): Promise<T>;
  batch(calls: readonly { readonly method: string; readonly params: readonly unknown[] }[]): Promise<void>;
}

export async function startNode(): Promise<BenchNode> {
  const chain = await startChain({ genesisTimeS: Math.floor(Date.now() / 1000) - 100_000 });
  const post = async (body: unknown) => {
    const response = await fetch(chain.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.json() as Promise<unknown>;
  };
  return {
    ...chain,
    rpc: async <T>(method: string, ...params: readonly unknown[]) => {
      const answer = (await post({ jsonrpc: '2.0', id: 1, method, params })) as {
        result: T;
        error?: { message: string };
      };
      if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
      return answer.result;
    },
    batch: async (calls) => {
      const answers = (await post(calls.map((call, id) => ({ jsonrpc: '2.0', id, ...call })))) as {
        error?: { message: string };
      }[];
      const failed = answers.find((answer) => answer.error);
      if (failed) throw new Error(failed.error?.message);
    },
  };
}

export const hex = (value: number | bigint) => `0x${value.toString(16)}`;
