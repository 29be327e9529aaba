import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type BitcoinNetwork, bitcoinNetwork } from './network.ts';
import { u32 } from './serial.fixture.ts';

export function networkNamed(name: BitcoinNetwork['name']): BitcoinNetwork {
  const network = bitcoinNetwork(name);
  if (network === null) throw new Error(`no network ${name}`);
  return network;
}

/** A block as it stands in a block file: magic, length, bytes. */
export function record(block: Uint8Array, network: BitcoinNetwork['name'] = 'regtest'): Uint8Array {
  return joined(u32(networkNamed(network).magic), u32(block.length), block);
}

export const joined = (...parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));

/** A folder of files that goes when the test does; `key` obfuscates the block files and is put beside them. */
export async function folderOf(
  t: TestContext,
  files: Readonly<Record<string, Uint8Array>>,
  key?: Uint8Array,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gongjo-blocks-'));
  t.after(() => rm(folder, { recursive: true }));
  for (const [name, bytes] of Object.entries(files)) {
    const mixed = key === undefined ? bytes : bytes.map((byte, at) => byte ^ (key[at % key.length] as number));
    await writeFile(join(folder, name), mixed);
  }
  if (key !== undefined) await writeFile(join(folder, 'xor.dat'), key);
  return folder;
}
