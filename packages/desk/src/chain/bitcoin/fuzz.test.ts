import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { outputTypes } from '@gongjo/contract';
import fc from 'fast-check';
import { GongjoError } from '../../kernel/index.ts';
import { rpcClient } from '../evm/rpc.client.ts';
import { networkNamed, record } from './block-folder.fixture.ts';
import { BlockDamage } from './damage.ts';
import { FUZZ_INPUTS, FUZZ_SEED, mutated, numbers, randomBytes } from './fuzz.fixture.ts';
import { hashText, sha256d } from './hash.ts';
import { namedHeight } from './height.ts';
import { deobfuscate } from './obfuscation.ts';
import { parseBlock } from './parse.ts';
import { listener, randomBlock } from './random-block.fixture.ts';
import { bitcoinReader } from './reader.client.ts';
import { type FileRecord, records } from './records.ts';
import { classifyScript, STORED_ADDRESS_BYTES_MAX, scriptType, storedLength } from './script.ts';
import { blockBytes, blockHash, branchOn, bytesOf, regtestGenesis } from './serial.fixture.ts';

/** No input may take longer, on a machine that is busy with other things. */
const INPUT_MS_MAX = 20_000;
/** What a run may leave behind, whatever the number of inputs: caches of the engine, scratch space of the parser. */
const GROWTH_BYTES_MAX = 48 * 1024 * 1024;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Runs a parser on many inputs; holds it to time and memory, and prints the seed. */
async function fuzz(t: TestContext, count: number, one: (input: number) => void | Promise<void>): Promise<void> {
  t.diagnostic(`GONGJO_FUZZ_SEED=${FUZZ_SEED} GONGJO_FUZZ_RUNS=${FUZZ_INPUTS}`);
  const held = () => {
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  // The first inputs fill caches and compile code.
  for (let input = 0; input < Math.min(200, count); input += 1) await one(input);
  const before = held();
  let slowestMs = 0;
  for (let input = 0; input < count; input += 1) {
    const startedMs = performance.now();
    await one(input);
    slowestMs = Math.max(slowestMs, performance.now() - startedMs);
  }
  const grown = held() - before;
  assert.ok(slowestMs < INPUT_MS_MAX, `an input took ${slowestMs} ms`);
  assert.ok(grown < GROWTH_BYTES_MAX, `memory grew by ${grown} bytes`);
}

const below = numbers(FUZZ_SEED);
const blocks = [
  regtestGenesis,
  ...branchOn(regtestGenesis, 1, 3),
  ...fc
    .sample(randomBlock, { numRuns: 40, seed: FUZZ_SEED })
    .map(({ header, transactions }) => blockBytes(header, transactions))
    .filter((bytes) => bytes.length < 20_000),
];
const anyBlock = () => blocks[below(blocks.length)] as Uint8Array;

/** Puts the Merkle root right, so that what was changed is not found by its hash alone. */
function withRoot(bytes: Uint8Array): Uint8Array {
  try {
    parseBlock(bytes, listener());
  } catch (error) {
    const root = error instanceof BlockDamage ? /transactions is ([0-9a-f]{64})/.exec(error.detail)?.[1] : undefined;
    if (root !== undefined) bytes.set(Buffer.from(root, 'hex').reverse(), 36);
  }
  return bytes;
}

test('blocks: whatever the bytes, they are read in full or the damage is told with its place', async (t) => {
  let whole = 0;
  await fuzz(t, FUZZ_INPUTS, (input) => {
    const bytes = input % 10 === 0 ? randomBytes(below, 300) : withRoot(mutated(below, anyBlock(), anyBlock()));
    const sink = listener();
    try {
      const read = parseBlock(bytes, sink);
      whole += 1;
      namedHeight(read);
      assert.equal(sink.heard.length, read.transactionCount);
      for (const { inputs, inputCount, outputs, outputCount } of sink.heard) {
        assert.deepEqual([inputs.length, outputs.length], [inputCount, outputCount]);
        assert.ok(outputs.every(({ units }) => units >= 0n && units <= 2_100_000_000_000_000n));
      }
    } catch (error) {
      if (!(error instanceof BlockDamage)) throw error;
      assert.ok(error.offset >= 0 && error.offset <= bytes.length, `offset ${error.offset} of ${bytes.length}`);
      assert.equal(sink.heard.length, 0);
    }
  });
  assert.ok(whole > 0, 'some mutations leave a block that is whole');
});

test('scripts: each has one type, and a stored address of the length and kind of that type', async (t) => {
  const key = `21${'02'.repeat(33)}`;
  const seeds = [
    `76a914${'11'.repeat(20)}88ac`,
    `a914${'22'.repeat(20)}87`,
    `0014${'33'.repeat(20)}`,
    `0020${'44'.repeat(32)}`,
    `5120${'55'.repeat(32)}`,
    `${key}ac`,
    `41${'04'.repeat(65)}ac`,
    `51${key}${key}52ae`,
    `0111${key.repeat(20)}0114ae`,
    '6a0401020304',
    '',
  ].map(bytesOf);
  const any = () => seeds[below(seeds.length)] as Uint8Array;
  const into = new Uint8Array(STORED_ADDRESS_BYTES_MAX);
  const lengths: Readonly<Record<string, (length: number, kind: number) => boolean>> = {
    p2pk: (length, kind) => length === 21 && kind === 0,
    p2pkh: (length, kind) => length === 21 && kind === 0,
    p2sh: (length, kind) => length === 21 && kind === 1,
    p2wpkh: (length, kind) => length === 21 && kind === 0x10,
    p2wsh: (length, kind) => length === 33 && kind === 0x10,
    p2tr: (length, kind) => length === 33 && kind === 0x11,
    'witness-unknown': (length, kind) => length >= 3 && length <= 41 && kind > 0x10 && kind <= 0x20,
    multisig: (length, kind) => length === 33 && kind === 0xff,
    'op-return': (length) => length === 0,
    nonstandard: (length, kind) => length === 33 && kind === 0xff,
  };
  await fuzz(t, FUZZ_INPUTS, (input) => {
    const script = input % 4 === 0 ? randomBytes(below, 80) : mutated(below, any(), any());
    const before = randomBytes(below, 3);
    const around = new Uint8Array([...before, ...script, ...randomBytes(below, 3)]);
    const start = before.length;
    const found = classifyScript(around, start, start + script.length, into);
    const type = outputTypes[scriptType(found)] ?? '';
    assert.ok(lengths[type]?.(storedLength(found), into[0] ?? 0), `${type} ${storedLength(found)}`);
    const stored = Buffer.from(into.subarray(0, storedLength(found)));
    assert.equal(classifyScript(script, 0, script.length, into), found, 'what stands around it does not count');
    assert.deepEqual(Buffer.from(into.subarray(0, storedLength(found))), stored);
    if (into[0] === 0xff && storedLength(found) === 33) {
      assert.deepEqual(stored.subarray(1), createHash('sha256').update(script).digest());
    }
  });
});

test('block files: whatever stands in them, reading ends, and what is found lies within the file', async (t) => {
  const network = networkNamed('regtest');
  const whole = new Uint8Array(
    Buffer.concat([...blocks.slice(0, 4).map((block) => record(block)), new Uint8Array(99)]),
  );
  const key = Uint8Array.of(9, 8, 7, 6, 5, 4, 3, 2);
  await fuzz(t, Math.ceil(FUZZ_INPUTS / 4), async (input) => {
    const clear = input % 10 === 0 ? randomBytes(below, 500) : mutated(below, whole, whole);
    const onDisk = clear.map((byte, at) => byte ^ (key[at % 8] as number));
    const file = {
      bytes: clear.length,
      async read(at: number, length: number) {
        const piece = onDisk.slice(at, at + length);
        deobfuscate(piece, at, key);
        return piece;
      },
    };
    const found: FileRecord[] = [];
    for await (const one of records(file, network)) found.push(one);
    let end = 0;
    for (const one of found) {
      assert.ok(one.offset >= 0 && one.offset < Math.max(1, clear.length) + 1);
      if ('damage' in one) continue;
      assert.ok(one.offset >= end && one.offset + one.bytes <= clear.length);
      assert.equal(one.header.hash, blockHash(clear.subarray(one.offset)));
      end = one.offset + 80;
    }
    assert.ok(found.length <= 2 + clear.length / 4);
  });
});

test('answers of a node: whatever comes, it is blocks that are whole or an error of the catalogue', async (t) => {
  const chain = blocks.slice(0, 4);
  const hashed = new Uint8Array(32);
  const honest = (body: string) => {
    const asked = JSON.parse(body) as { id: number; method: string; params: unknown[] }[];
    return asked.map(({ id, method, params }) => {
      const tip = blockHash(chain[3] as Uint8Array);
      const block = chain.find((bytes) => blockHash(bytes) === params[0]);
      const result =
        method === 'getblockchaininfo'
          ? { chain: 'regtest', blocks: 3, bestblockhash: tip }
          : method === 'getblockhash'
            ? blockHash(chain[params[0] as number] ?? regtestGenesis)
            : Buffer.from(block ?? []).toString('hex');
      return { id, result, error: null };
    });
  };
  let lies = false;
  const transport = async (body: string) => {
    const text = JSON.stringify(honest(body));
    if (!lies || below(3) === 0) return text;
    const bytes = new TextEncoder().encode(text);
    return Buffer.from(mutated(below, bytes, bytes)).toString('utf8');
  };
  const rpc = rpcClient({ url: 'http://node.test', alwaysBatch: true, transport });
  const reader = await bitcoinReader({ rpc });
  lies = true;
  await fuzz(t, Math.ceil(FUZZ_INPUTS / 4), async (input) => {
    const asked =
      input % 8 === 0 ? bitcoinReader({ rpc }) : input % 8 === 1 ? reader.tip() : reader.blocks(below(4), 3);
    try {
      const answer = await asked;
      if (!Array.isArray(answer)) return;
      for (const { block, bytes } of answer) {
        sha256d(bytes, 0, 80, hashed, 0);
        assert.equal(block.hash, hashText(hashed));
      }
    } catch (error) {
      if (!(error instanceof GongjoError)) throw error;
      assert.ok(['node-answer-invalid', 'chain-mismatch'].includes(error.code), error.code);
    }
  });
});
