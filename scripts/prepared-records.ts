import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';

/**
 * Loaded before a test file (`node --import`): to make an empty database takes seconds of a core, and most test files want one.
 * It is made once for the whole run, and copied. The desk itself knows nothing of it.
 */
const prepared = process.env.GONGJO_TEST_RECORDS;
const create = PGlite.create.bind(PGlite) as (folder?: unknown) => Promise<PGlite>;

if (prepared !== undefined)
  PGlite.create = (async (folder?: unknown) => {
    if (
      typeof folder === 'string' &&
      path.isAbsolute(folder) &&
      existsSync(path.dirname(folder)) &&
      !existsSync(folder)
    ) {
      if (!existsSync(prepared)) await prepare(prepared);
      cpSync(prepared, folder, { recursive: true });
    }
    return create(folder);
  }) as typeof PGlite.create;

/** Several test files may begin at once: the first that has finished is taken. */
async function prepare(folder: string): Promise<void> {
  const own = `${folder}-${process.pid}`;
  mkdirSync(path.dirname(own), { recursive: true });
  await (await create(own)).close();
  try {
    renameSync(own, folder);
  } catch {
    rmSync(own, { recursive: true });
  }
}
