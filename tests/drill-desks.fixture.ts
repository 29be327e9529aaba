import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DeskProcess, freePort, pair, startDesk } from '@gongjo/demo';
import { stringify } from 'yaml';
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
  const { url } = desk.ready;
  const { signInUrl } = (await desk.run(['sign-in-link'])) as { signInUrl: string };
  const token = new URL(signInUrl).hash.slice(1);
  const headers = { 'content-type': 'application/json', origin: url };
  const signedIn = await fetch(new URL('/api/session', url), {
    ...{ method: 'POST', headers, body: JSON.stringify({ token }) },
  });
  if (signedIn.status !== 204) throw new Error(`sign-in answered ${signedIn.status}: ${await signedIn.text()}`);
  const cookie = signedIn.headers
    .getSetCookie()
    .map((it) => it.split(';')[0])
    .join('; ');
  return async <T>(path: string) => {
    const answer = await fetch(new URL(path, url), { headers: { cookie } });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
}
