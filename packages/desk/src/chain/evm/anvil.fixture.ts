import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { type Rpc, rpcClient } from './rpc.client.ts';

/** A real Ethereum client for development, with a chain of its own, unlocked accounts and a block per transaction. */
export interface Anvil {
  readonly url: string;
  readonly port: number;
  readonly rpc: Rpc;
  readonly accounts: readonly string[];
  /** Sends a transaction from the first account, unless it says otherwise; answers its hash. */
  send(transaction: Readonly<Record<string, string>>): Promise<string>;
  /** The same, and waits until it is in a block. */
  sendMined(transaction: Readonly<Record<string, string>>): Promise<string>;
  mine(blocks: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a client and ends it with the test. `port` 0: a free one. */
export async function startAnvil(t: TestContext, port = 0, flags: readonly string[] = []): Promise<Anvil> {
  const child = spawn(binary(), ['--host', '127.0.0.1', '--port', String(port), ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await exited;
  };
  t.after(stop);

  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const listening = /Listening on (\S+)/.exec(said);
      if (listening !== null) resolve(`http://${listening[1]}`);
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`anvil ended with ${code}: ${said}`)));
  });
  const rpc = rpcClient({ url });
  const accounts = (await rpc.call('eth_accounts', [])) as string[];
  const send: Anvil['send'] = async (transaction) =>
    (await rpc.call('eth_sendTransaction', [{ from: accounts[0], ...transaction }])) as string;
  return {
    url,
    port: Number(new URL(url).port),
    rpc,
    accounts,
    send,
    async sendMined(transaction) {
      const txid = await send(transaction);
      while ((await rpc.call('eth_getTransactionReceipt', [txid])) === null) await wait(5);
      return txid;
    },
    async mine(blocks) {
      await rpc.call('anvil_mine', [`0x${blocks.toString(16)}`]);
    },
    stop,
  };
}

/** The program itself, not its starter script, so that ending it ends it. */
function binary(): string {
  const require = createRequire(createRequire(import.meta.url).resolve('@foundry-rs/anvil/package.json'));
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  return require.resolve(`@foundry-rs/anvil-${process.platform}-${architecture}/bin/anvil`);
}
