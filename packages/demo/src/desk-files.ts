import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tag, Text } from '@gongjo/contract';
import { stringify } from 'yaml';
import { directory } from './attribution.ts';
import { chain } from './cast.ts';
import type { DeskName } from './demo-texts.ts';
import { host } from './port.ts';

export interface DeskSettings {
  readonly id: DeskName;
  readonly name: Text;
  readonly country: string;
  readonly timeZone: string;
  readonly port: number;
  readonly tags: readonly Tag[];
}

export interface DeskFiles {
  readonly dataDir: string;
  readonly configFile: string;
  readonly logFile: string;
}

/** How often a desk asks the local chain for a new block: ten times in the shortest time between two. */
const pollMs = 100;

/** Writes what an operator writes before a desk's first start: its settings, its tags and its directory. */
export async function writeDeskFiles(folder: string, desk: DeskSettings, rpc: string): Promise<DeskFiles> {
  const own = join(folder, desk.id);
  await mkdir(own, { recursive: true });
  const { id, name, country, timeZone, port } = desk;
  const settings = {
    desk: { id, name, country, timeZone },
    listen: { host, port },
    url: `http://${host}:${port}`,
    chains: [{ chain, name: 'Anvil', rpc, from: 0, pollMs }],
    tags: ['tags.yaml'],
    directory: ['directory.yaml'],
  };
  const configFile = join(own, 'desk.yaml');
  await Promise.all([
    writeFile(configFile, stringify(settings)),
    writeFile(join(own, 'tags.yaml'), stringify({ tags: desk.tags })),
    writeFile(join(own, 'directory.yaml'), stringify({ entries: directory })),
  ]);
  return { configFile, dataDir: join(own, 'data'), logFile: join(own, 'desk.log') };
}
