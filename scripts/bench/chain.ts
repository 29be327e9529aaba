import { spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { existsSync, globSync, readFileSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Truth } from '../chain-generator/truth.ts';

/** A chain of the generator: block files, and what is known of them. */
export interface GeneratedChain {
  readonly folder: string;
  readonly truth: Truth;
}

/** How many outputs the benchmarks of chains of outputs are asked to use. */
export const benchOutputs = Number(process.env.GONGJO_BENCH_OUTPUTS ?? 1_000_000);
const seed = 1;
const generator = fileURLToPath(new URL('../chain-generator/main.ts', import.meta.url));

/**
 * Where large things are kept between runs: `GONGJO_BENCH_CACHE`, or a folder for temporary files. A chain stands in a folder named
 * by its size, seed and generator, so that a changed generator makes a new one.
 */
export const benchCache = process.env.GONGJO_BENCH_CACHE ?? path.join(os.tmpdir(), 'gongjo-bench-cache');

/** Made by another process, so that what it takes of memory is not counted here. */
export function generatedChain(outputs: number): GeneratedChain {
  const folder = path.join(benchCache, `chain-${outputs}-${seed}-${generatorVersion()}`);
  if (!existsSync(folder)) {
    const part = `${folder}.part`;
    rmSync(part, { recursive: true, force: true });
    const args = [generator, '--outputs', String(outputs), '--seed', String(seed), '--out', part];
    const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    if (status !== 0) throw new Error(`the generator ended with ${status}`);
    renameSync(part, folder);
  }
  return { folder, truth: JSON.parse(readFileSync(path.join(folder, 'truth.json'), 'utf8')) };
}

function generatorVersion(): string {
  const files = globSync(path.join(path.dirname(generator), '*.ts')).filter((file) => !file.endsWith('.test.ts'));
  const text = files.sort().map((file) => readFileSync(file, 'utf8'));
  return hash('sha256', text.join('\0')).slice(0, 12);
}

/** The blocks of the generator's files, which stand there in order and unobfuscated. The bytes are valid until the next file. */
export function* blocksOf(folder: string): Generator<Buffer> {
  for (const file of globSync(path.join(folder, 'blk*.dat')).sort()) {
    const bytes = readFileSync(file);
    for (let at = 0; at < bytes.length; ) {
      const length = bytes.readUInt32LE(at + 4);
      yield bytes.subarray(at + 8, at + 8 + length);
      at += 8 + length;
    }
  }
}
