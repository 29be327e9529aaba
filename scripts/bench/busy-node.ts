import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../chain-generator/random.ts';
import { hex } from './node.ts';

/**
 * A block about half as large again as one of Ethereum mainnet in 2023 (two whole ones, 17,173,049 and 17,173,050, have 298
 * transactions, 681 logs and 291 token transfers together), and far more token movements than transactions: that is where
 * the work is.
 */
export const mainnetSize = { payments: 90, transfers: 90, swaps: 40 } as const;
/** A swap through two pools: what its logs and its calls are. */
const swapTransfers = 5;
const swapOtherLogs = 5;
const swapCalls = 12;
const swapPaidCalls = 2;
/** Of data that a call to a router brings. */
const swapInputBytes = 708;
const tokens = 60;
const people = 200_000;
const withdrawals = 16;

export interface Payment {
  readonly from: string;
  readonly to: string;
  readonly units: bigint;
}

/** Speaks JSON-RPC as a node of Ethereum does, and has a block whenever it is told to. */
export interface BusyNode extends AsyncDisposable {
  readonly url: string;
  /** Another block of the size of mainnet's, with these payments first → their transactions. */
  mine(payments?: readonly Payment[]): string[];
}

type Json = Record<string, unknown>;
interface Block {
  readonly header: Json;
  readonly transactions: readonly Json[];
  readonly receipts: readonly Json[];
  readonly traces: readonly Json[];
}

const transferTopic = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef';
const otherTopic = `0x${'d7'.repeat(32)}`;
const word = (value: number | bigint) => value.toString(16).padStart(64, '0');
const padded = (address: string) => `0x${'0'.repeat(24)}${address.slice(2)}`;
const hash = (text: string) => `0x${createHash('sha256').update(text).digest('hex')}`;
const address = (text: string) => hash(text).slice(0, 42);
const gasPrice = 20n * 10n ** 9n;

export async function startBusyNode(chainId: number, genesisTimeS: number): Promise<BusyNode> {
  const blocks: Block[] = [];
  const random = new Random(1);
  const person = () => address(`person ${random.below(people)}`);
  const token = () => address(`token ${Math.floor(tokens * random.unit() ** 3)}`);
  const amount = () => BigInt(1 + random.below(1_000_000_000)) * 10n ** 9n;

  function mine(payments: readonly Payment[] = []): string[] {
    const height = blocks.length;
    const blockHash = hash(`block ${height}`);
    const transactions: Json[] = [];
    const receipts: Json[] = [];
    const traces: Json[] = [];
    let logIndex = 0;
    const put = (tx: Payment & { input?: string }, logs: Omit<Json, 'logIndex'>[] = [], calls: Json[] = []): string => {
      const txid = hash(`transaction ${height}/${transactions.length}`);
      const { from, to, units, input = '0x' } = tx;
      const common = { blockHash, blockNumber: hex(height), transactionIndex: hex(transactions.length) };
      const gas = hex(21_000 + 40_000 * logs.length);
      transactions.push({
        ...{ ...common, hash: txid, from, to, value: hex(units), gas, gasPrice: hex(gasPrice), input, type: '0x2' },
        ...{ nonce: '0x1', maxFeePerGas: hex(gasPrice), maxPriorityFeePerGas: '0x1', accessList: [] },
        ...{ chainId: hex(chainId), v: '0x0', r: hash(`r ${txid}`), s: hash(`s ${txid}`), yParity: '0x0' },
      });
      receipts.push({
        ...{ ...common, transactionHash: txid, from, to, status: '0x1', type: '0x2', contractAddress: null },
        ...{
          gasUsed: gas,
          cumulativeGasUsed: gas,
          effectiveGasPrice: hex(gasPrice),
          logsBloom: `0x${'00'.repeat(256)}`,
        },
        logs: logs.map((log) => ({
          ...common,
          ...log,
          transactionHash: txid,
          logIndex: hex(logIndex++),
          removed: false,
        })),
      });
      const result = { type: 'CALL', from, to, value: hex(units), gas, gasUsed: gas, input, output: '0x' };
      traces.push({ txHash: txid, result: calls.length > 0 ? { ...result, calls } : result });
      return txid;
    };
    const transfer = (contract: string, from: string, to: string) => ({
      ...{ address: contract, topics: [transferTopic, padded(from), padded(to)], data: `0x${word(amount())}` },
    });

    const own = payments.map((payment) => put(payment));
    for (let n = 0; n < mainnetSize.payments; n += 1) put({ from: person(), to: person(), units: amount() });
    for (let n = 0; n < mainnetSize.transfers; n += 1) {
      const [contract, from, to] = [token(), person(), person()];
      const input = `0xa9059cbb${padded(to).slice(2)}${word(amount())}`;
      put({ from, to: contract, units: 0n, input }, [transfer(contract, from, to)]);
    }
    for (let n = 0; n < mainnetSize.swaps; n += 1) {
      const [trader, router] = [person(), address(`router ${random.below(5)}`)];
      const pools = Array.from({ length: swapTransfers }, () => address(`pool ${random.below(300)}`));
      const logs = [
        ...pools.map((pool, at) => transfer(token(), at === 0 ? trader : (pools[at - 1] ?? pool), pool)),
        ...Array.from({ length: swapOtherLogs }, (_, at) => ({
          ...{ address: pools[at] ?? router, topics: [otherTopic, padded(router)], data: `0x${word(1).repeat(4)}` },
        })),
      ];
      const calls = Array.from({ length: swapCalls }, (_, at) => ({
        ...{ type: at % 3 === 2 ? 'STATICCALL' : 'CALL', from: router, to: pools[at % swapTransfers] },
        ...{ value: hex(at < swapPaidCalls ? amount() : 0n), gas: '0x30d40', gasUsed: '0x7530' },
        ...{ input: `0x${'ab'.repeat(100)}`, output: `0x${word(1)}` },
      }));
      put({ from: trader, to: router, units: amount(), input: `0x${'cd'.repeat(swapInputBytes)}` }, logs, calls);
    }
    blocks.push({
      transactions,
      receipts,
      traces,
      header: {
        ...{ number: hex(height), hash: blockHash, miner: address('miner'), baseFeePerGas: '0x1', size: '0x30000' },
        parentHash: blocks.at(-1)?.header.hash ?? hash('no block'),
        timestamp: hex(genesisTimeS + height),
        withdrawals: Array.from({ length: withdrawals }, (_, at) => ({
          ...{
            index: hex(height * withdrawals + at),
            validatorIndex: hex(at),
            address: address(`staker ${at}`),
            amount: '0xf4240',
          },
        })),
      },
    });
    return own;
  }

  function answer(method: string, [place, more]: readonly unknown[]): Json {
    const block = blocks[place === 'latest' ? blocks.length - 1 : Number(place)];
    switch (method) {
      case 'eth_chainId':
        return { result: hex(chainId) };
      case 'eth_getBlockByNumber': {
        if (place === 'pending') break;
        const { header, transactions } = block ?? {};
        const told = more === true ? transactions : transactions?.map(({ hash }) => hash);
        return { result: header ? { ...header, transactions: told } : null };
      }
      case 'eth_getBlockReceipts':
        return { result: block?.receipts ?? null };
      case 'debug_traceBlockByNumber':
        return { result: block?.traces ?? null };
      // A contract that does not say its name.
      case 'eth_call':
        return { result: '0x' };
    }
    return { error: { code: -32_601, message: `the method ${method} does not exist` } };
  }

  const server = createServer(async (request, response) => {
    const asked = JSON.parse((await request.toArray()).join(''));
    const one = ({ id, method, params }: { id: number; method: string; params: unknown[] }) => ({
      ...{ jsonrpc: '2.0', id },
      ...answer(method, params),
    });
    const body = JSON.stringify(Array.isArray(asked) ? asked.map(one) : one(asked));
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the node has no port');
  mine();
  return {
    url: `http://127.0.0.1:${bound.port}`,
    mine,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await sleep(0);
    },
  };
}
