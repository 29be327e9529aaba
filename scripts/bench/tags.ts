import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { sharedFolder } from '../../packages/desk/src/chain/evm/shared-data.fixture.ts';
import { instant } from '../../packages/desk/src/kernel/index.ts';
import { openLedger } from '../../packages/desk/src/ledger/index.ts';
import { openColumns } from '../../packages/desk/src/platform/index.ts';
import { type Figure, rate, timed } from './figure.ts';

/** Published TagPacks into an embedded ledger, and the largest of them again. */
export async function benchTags(): Promise<Figure[]> {
  const shared = sharedFolder('tagpacks');
  if (!shared) return [{ what: 'import of TagPacks', figure: 'not measured: no shared data folder' }];
  const files = globSync(path.join(shared, 'packs', '*.yaml')).map((file) => ({
    name: path.basename(file),
    text: readFileSync(file, 'utf8'),
  }));
  const largest = files.reduce((a, b) => (b.text.length > a.text.length ? b : a));
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gongjo-bench-'));
  const columns = await openColumns({ folder: path.join(folder, 'ledger') });
  try {
    const ledger = await openLedger(columns);
    const at = instant(Date.now());
    let tags = 0;
    const first = await timed(async () => {
      for (const file of files)
        tags += (await ledger.importTags({ kind: 'tagpack', source: file.name, files: [file] }, at)).tags;
    });
    const again = await timed(() => ledger.importTags({ kind: 'tagpack', source: largest.name, files: [largest] }, at));
    const parsed = await timed(async () => parse(largest.text));
    return [
      {
        what: `import of ${files.length} TagPacks, ${tags.toLocaleString('en')} tags, into chDB`,
        figure: rate(tags, first.ms, 'tags'),
      },
      {
        what: `the largest again, nothing changed (${(largest.text.length / 1e6).toFixed(1)} MB)`,
        figure: `${again.ms.toFixed(0)} ms`,
        against: `${(parsed.ms / again.ms).toFixed(1)} × the package yaml, parsing it only (${parsed.ms.toFixed(0)} ms)`,
      },
    ];
  } finally {
    await columns.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
