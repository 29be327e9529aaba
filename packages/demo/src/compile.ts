import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Hex } from 'viem';
import { z } from 'zod';

/** Sources are compiled for this EVM and the local chain runs it, so that gas and totals outlive upgrades of either. */
export const evmVersion = 'cancun';

const contractsFolder = join(import.meta.dirname, '..', 'contracts');

const contractNames = ['Token', 'Pool', 'Mixer', 'Exchange', 'FakeToken'] as const;
export type ContractName = (typeof contractNames)[number];

export interface Compiled {
  /** Creation code by contract. */
  readonly code: ReadonlyMap<ContractName, Hex>;
  /** Four-byte selectors (without `0x`) of each contract's functions. */
  readonly selectors: ReadonlyMap<ContractName, readonly string[]>;
  readonly tookMs: number;
}

const zOutput = z.object({
  errors: z.array(z.object({ severity: z.string(), formattedMessage: z.string() })).optional(),
  contracts: z
    .record(
      z.string(),
      z.record(
        z.string(),
        z.object({
          evm: z.object({
            bytecode: z.object({ object: z.string().regex(/^([0-9a-f]{2})*$/) }),
            methodIdentifiers: z.record(z.string(), z.string()),
          }),
        }),
      ),
    )
    .optional(),
});

let compiled: Promise<Compiled> | undefined;

/** Compiles `contracts/*.sol` once per process. Throws with the compiler's own message where a source is wrong or warned of. */
export function compileContracts(): Promise<Compiled> {
  compiled ??= compile();
  return compiled;
}

async function compile(): Promise<Compiled> {
  const startedMs = performance.now();
  const output = zOutput.parse(JSON.parse(await runCompiler(JSON.stringify(await standardInput()))));
  const wrong = output.errors?.filter((error) => error.severity !== 'info') ?? [];
  if (wrong.length > 0) throw new Error(wrong.map((error) => error.formattedMessage).join('\n'));

  const code = new Map<ContractName, Hex>();
  const selectors = new Map<ContractName, string[]>();
  for (const name of contractNames) {
    const contract = output.contracts?.[`${name}.sol`]?.[name];
    if (contract === undefined) throw new Error(`the compiler returned no contract ${name}`);
    code.set(name, `0x${contract.evm.bytecode.object}`);
    selectors.set(name, Object.values(contract.evm.methodIdentifiers));
  }
  return { code, selectors, tookMs: performance.now() - startedMs };
}

/** The compiler's input as its "standard JSON" format describes it. */
async function standardInput(): Promise<object> {
  const files = (await readdir(contractsFolder)).filter((file) => file.endsWith('.sol')).sort();
  const sources = await Promise.all(
    files.map(async (file) => [file, { content: await readFile(join(contractsFolder, file), 'utf8') }] as const),
  );
  return {
    language: 'Solidity',
    sources: Object.fromEntries(sources),
    settings: {
      evmVersion,
      optimizer: { enabled: true, runs: 200 },
      outputSelection: { '*': { '*': ['evm.bytecode.object', 'evm.methodIdentifiers'] } },
    },
  };
}

async function runCompiler(input: string): Promise<string> {
  const worker = new Worker(new URL('./compile.worker.ts', import.meta.url), { workerData: input });
  try {
    const [answer] = await once(worker, 'message');
    return String(answer);
  } finally {
    await worker.terminate();
  }
}
