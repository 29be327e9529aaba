import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { blockFiles } from './files.ts';
import { generateChain } from './generate.ts';
import { Random } from './random.ts';

const usage = `Writes a realistic Bitcoin-like regtest chain as block files, with what is known of it in truth.json.

  node scripts/chain-generator/main.ts --outputs N --out DIR [--seed N] [--xor]

  --outputs N   the chain ends with the block in which it has this many outputs
  --seed N      the same seed and size make the same chain (default 1)
  --out DIR     a folder that has no block files yet
  --xor         obfuscate the files as Bitcoin Core 28 and later do (xor.dat)`;

const { values } = parseArgs({
  options: {
    outputs: { type: 'string' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
    xor: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const outputs = Number(values.outputs);
const seed = Number(values.seed);
if (values.help || !values.out || !Number.isSafeInteger(outputs) || outputs < 1 || !Number.isSafeInteger(seed)) {
  console.error(usage);
  process.exit(values.help ? 0 : 2);
}

const startedMs = performance.now();
const files = blockFiles(values.out, values.xor ? xorKey(seed) : null);
let saidMs = startedMs;
const say = (height: number, done: number) => {
  const seconds = (performance.now() - startedMs) / 1000;
  const perSecond = done / seconds;
  const left = Math.max(0, (outputs - done) / perSecond);
  console.error(
    `block ${height}  ${done.toLocaleString('en')} outputs  ${Math.round(perSecond).toLocaleString('en')}/s  ${(files.bytes / 1e6).toFixed(0)} MB  ${Math.round(left)} s left`,
  );
};
let height = 0;
const truth = generateChain({
  outputs,
  seed,
  onBlock: (block, progress) => {
    files.write(block);
    height = progress.height;
    if (performance.now() - saidMs < 2000) return;
    saidMs = performance.now();
    say(progress.height, progress.outputs);
  },
});
files.close();
writeFileSync(path.join(values.out, 'truth.json'), `${JSON.stringify(truth, null, 2)}\n`);
say(height, truth.outputs);

/** From the seed, so that the files too are the same for it. */
function xorKey(from: number): Buffer {
  const random = new Random(from ^ 0x786f72);
  return Buffer.from(Array.from({ length: 8 }, () => 1 + random.below(255)));
}
