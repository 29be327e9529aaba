import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DemoError, demoError } from './problem.ts';

/** Only a folder with this file in it is ever emptied. */
const markerName = 'gongjo-demo.json';
const zMarker = z.object({ pid: z.int().positive().nullable() });

/**
 * Makes `folder` an empty one that carries the demo's marker, and erases what an earlier demo left there. Throws where the
 * folder holds something else, or belongs to a demo that is still running; then nothing was changed.
 */
export async function takeFolder(folder: string): Promise<void> {
  const entries = await readdir(folder).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'ENOENT') return [] as string[];
    throw thrown;
  });
  if (entries.length > 0) {
    if (!entries.includes(markerName)) throw notOurs(folder);
    const { pid } = zMarker.parse(JSON.parse(await readFile(join(folder, markerName), 'utf8')));
    if (pid !== null && pid !== process.pid && isAlive(pid)) throw demoError('data-folder-locked', { folder, pid });
    // The marker goes last, so that a demo interrupted here can still clean up the next time.
    for (const entry of entries) if (entry !== markerName) await rm(join(folder, entry), { recursive: true });
  }
  await mkdir(folder, { recursive: true });
  await mark(folder, process.pid);
}

/** Leaves the data for whoever wants to look at it, and the folder for the next demo. */
export async function leaveFolder(folder: string): Promise<void> {
  await mark(folder, null);
}

async function mark(folder: string, pid: number | null): Promise<void> {
  await writeFile(join(folder, markerName), `${JSON.stringify({ pid })}\n`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // EPERM: it lives, but belongs to somebody else.
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}

function notOurs(folder: string): DemoError {
  return new DemoError({
    text: {
      en: `The folder ${folder} is not empty and was not made by the demo.`,
      ko: `폴더 ${folder}은(는) 비어 있지 않으며 데모가 만든 폴더가 아닙니다.`,
    },
    hint: {
      en: 'Name another folder with --data. Nothing was changed.',
      ko: '--data로 다른 폴더를 지정하십시오. 변경된 내용은 없습니다.',
    },
  });
}
