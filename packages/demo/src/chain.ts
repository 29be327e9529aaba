import type { ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTestClient, type Hex, http, publicActions, walletActions } from 'viem';
import { z } from 'zod';
import { chainNumber } from './cast.ts';
import { endChild, hasEnded, spawnOwned } from './child.ts';
import { evmVersion } from './compile.ts';
import { freePort, host, probePort } from './port.ts';
import { DemoError } from './problem.ts';

/** Anvil answers within a tenth of a second; a loaded machine gets this long. */
const readyMsMax = 20_000;
const readyPollMs = 25;

const zReceipts = z.array(
  z.object({ transactionHash: z.string(), status: z.string(), gasUsed: z.string(), effectiveGasPrice: z.string() }),
);

export interface MinedTransaction {
  readonly txid: Hex;
  readonly gasUsed: bigint;
  readonly gasPrice: bigint;
}

export interface MinedBlock {
  readonly height: number;
  readonly timeS: number;
  readonly baseFee: bigint;
  readonly transactions: readonly MinedTransaction[];
}

/** A local Ethereum node that mines only when told, and only in the order in which transactions came. */
export interface LocalChain {
  readonly url: string;
  readonly port: number;
  /** The account that holds all coin at the start; its key is the node's. */
  readonly rich: Hex;
  /** Sends from the rich account, without a signature. */
  sendFromRich(transaction: { to: Hex; value: bigint; nonce: number }): Promise<Hex>;
  /** Hands a signed transaction in, to wait for the next block; gives its hash. */
  submit(signed: Hex): Promise<Hex>;
  /** Mines one block of everything that waits, of this time or (absent) the node's own. Throws if a transaction failed. */
  mine(timeS?: number): Promise<MinedBlock>;
  setMiner(address: Hex): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts Anvil on 127.0.0.1 (`port` absent: a free one) with a first block of `genesisTimeS` (Unix seconds).
 * Throws a `DemoError` where the port is taken or Anvil does not run on this machine.
 */
export async function startChain(options: { port?: number; genesisTimeS: number }): Promise<LocalChain> {
  const port = options.port ?? (await freePort());
  await probePort(port);
  const flags: readonly (string | number)[] = [
    ...['--silent', '--host', host, '--port', port, '--chain-id', chainNumber, '--hardfork', evmVersion],
    // Blocks hold exactly what the script put there, in the script's order.
    ...['--no-mining', '--order', 'fifo', '--accounts', 1, '--balance', 1_000_000, '--timestamp', options.genesisTimeS],
  ];
  const child = spawnOwned(anvilBinary(), flags.map(String), { stdio: 'ignore' });

  const url = `http://${host}:${port}`;
  const client = createTestClient({ mode: 'anvil', transport: http(url, { retryCount: 0 }) })
    .extend(publicActions)
    .extend(walletActions);
  const stop = () => endChild(child);
  try {
    await ready(child, async () => (await client.getChainId()) === chainNumber);
  } catch (thrown) {
    await stop();
    throw thrown;
  }
  const [rich] = await client.getAddresses();
  if (rich === undefined) throw new Error('the local chain has no account');

  return {
    url,
    port,
    rich,
    stop,
    sendFromRich: (transaction) => client.sendTransaction({ ...transaction, account: rich, chain: null }),
    submit: (serializedTransaction) => client.sendRawTransaction({ serializedTransaction }),
    mine: async (timeS) => {
      if (timeS !== undefined) await client.setNextBlockTimestamp({ timestamp: BigInt(timeS) });
      await client.mine({ blocks: 1 });
      const block = await client.getBlock();
      const raw: unknown = await client.request({
        method: 'eth_getBlockReceipts' as never,
        params: [`0x${block.number.toString(16)}`] as never,
      });
      const transactions = zReceipts.parse(raw).map((receipt) => {
        const txid = receipt.transactionHash as Hex;
        if (receipt.status !== '0x1') throw new Error(`transaction ${txid} failed in block ${block.number}`);
        return { txid, gasUsed: BigInt(receipt.gasUsed), gasPrice: BigInt(receipt.effectiveGasPrice) };
      });
      return {
        height: Number(block.number),
        timeS: Number(block.timestamp),
        baseFee: block.baseFeePerGas ?? 0n,
        transactions,
      };
    },
    setMiner: (address) => client.setCoinbase({ address }),
  };
}

/** The program itself: the package's own command is a script that starts it, and killing a script leaves its child alive. */
function anvilBinary(): string {
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const platform = `@foundry-rs/anvil-${process.platform}-${architecture}`;
  const file = process.platform === 'win32' ? 'anvil.exe' : 'anvil';
  const anvil = createRequire(createRequire(import.meta.url).resolve('@foundry-rs/anvil/package.json'));
  try {
    return anvil.resolve(`${platform}/bin/${file}`);
  } catch (thrown) {
    throw new DemoError(
      {
        text: {
          en: `The local chain (Anvil) is not installed for this machine: ${platform} is missing.`,
          ko: `이 컴퓨터용 로컬 체인(Anvil)이 설치되어 있지 않습니다: ${platform}`,
        },
        hint: {
          en: 'Run npm install again, with optional dependencies, on a platform that Anvil supports.',
          ko: 'Anvil을 지원하는 플랫폼에서 선택적 의존성을 포함하여 npm install을 다시 실행하십시오.',
        },
      },
      thrown,
    );
  }
}

async function ready(child: ChildProcess, answers: () => Promise<boolean>): Promise<void> {
  const failed = new Promise<never>((_resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`it ended (${signal ?? `code ${code}`})`)));
  });
  const answered = async () => {
    const giveUpAtMs = performance.now() + readyMsMax;
    while (performance.now() < giveUpAtMs && !hasEnded(child)) {
      if (await answers().catch(() => false)) return;
      await sleep(readyPollMs);
    }
    throw new Error(`no answer within ${readyMsMax} ms`);
  };
  try {
    await Promise.race([failed, answered()]);
  } catch (thrown) {
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    throw new DemoError(
      {
        text: {
          en: `The local chain (Anvil) did not start: ${detail}.`,
          ko: `로컬 체인(Anvil)을 시작할 수 없습니다: ${detail}`,
        },
        hint: { en: 'Try again; nothing was kept.', ko: '다시 시도하십시오. 저장된 내용은 없습니다.' },
      },
      thrown,
    );
  } finally {
    failed.catch(() => undefined);
  }
}
