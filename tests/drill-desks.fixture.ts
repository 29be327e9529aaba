import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DeskProcess, freePort, pair, startDesk } from '@gongjo/demo';
import { stringify } from 'yaml';
import { personOf } from './person.fixture.ts';
import { gongjo, temporaryFolder } from './theatre.fixture.ts';

const identities = {
  seoul: { name: { en: 'Seoul desk', ko: '서울 데스크' }, country: 'KR', timeZone: 'Asia/Seoul' },
  washington: { name: { en: 'Washington desk', ko: '워싱턴 데스크' }, country: 'US', timeZone: 'America/New_York' },
} as const;

/** Two real desks that have paired and follow no chain. */
export async function openDrillDesks(
  house: AsyncDisposableStack,
): Promise<{ readonly folder: string; readonly seoul: DeskProcess; readonly washington: DeskProcess }> {
  const folder = await temporaryFolder(house);
  const open = async (id: keyof typeof identities) => {
    const own = join(folder, id);
    await mkdir(own, { recursive: true });
    const port = await freePort();
    const settings = {
      desk: { id, ...identities[id] },
      listen: { host: '127.0.0.1', port },
      url: `http://127.0.0.1:${port}`,
    };
    const configFile = join(own, 'desk.yaml');
    await writeFile(configFile, stringify(settings));
    const desk = await startDesk({
      ...{ id, gongjo, configFile, dataDir: join(own, 'data'), logFile: join(own, 'desk.log') },
    });
    house.defer(() => desk.kill());
    return desk;
  };
  // One after the other: a start is the heaviest minute of a desk's life.
  const seoul = await open('seoul');
  const washington = await open('washington');
  await pair(seoul, washington, { folder, agreement: 'Exercises' });
  return { folder, seoul, washington };
}

/** Asks the desk as an open page does. A command is a process of its own, and polling by commands would slow down the desks. */
export async function pageOf(desk: DeskProcess): Promise<<T>(path: string) => Promise<T>> {
  const { call } = await personOf(desk);
  return (path) => call('GET', path);
}
