import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'rolldown';

/**
 * Makes `dist/verify-evidence.mjs`: the verifier of evidence packages as one file that plain Node.js runs, on a machine
 * without a desk, without a network and without anything installed.
 */
const root = path.resolve(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { readonly version: string };

const entry = `
import { readFileSync, statSync } from 'node:fs';
import { archiveBytesMax } from '${path.join(root, 'packages/desk/src/evidence/archive/manifest.ts')}';
import { runStandalone } from '${path.join(root, 'packages/desk/src/evidence/standalone.ts')}';
try {
  process.exitCode = await runStandalone({
    args: process.argv.slice(2),
    version: ${JSON.stringify(version)},
    korean: (process.env.LC_ALL ?? process.env.LANG ?? '').toLowerCase().startsWith('ko'),
    out: (text) => process.stdout.write(text),
    read: (file) => {
      if (statSync(file).size > archiveBytesMax) throw new Error('larger than an evidence package can be');
      return readFileSync(file);
    },
  });
} catch (thrown) {
  process.stderr.write(\`\${thrown instanceof Error ? thrown.message : thrown}\\n\`);
  process.exitCode = 1;
}
`;
const name = 'virtual:verify-evidence';
const out = process.argv[2] ?? path.join(root, 'dist', 'verify-evidence.mjs');
mkdirSync(path.dirname(out), { recursive: true });
await build({
  input: name,
  platform: 'node',
  // What the verifier does not call is left out, with all that it would import: stores, servers, engines.
  treeshake: { moduleSideEffects: false },
  external: [/^node:/],
  // Parts that are left out again are read first.
  logLevel: 'silent',
  plugins: [
    {
      name: 'entry',
      resolveId: (id) => (id === name ? { id, moduleSideEffects: true } : null),
      load: (id) => (id === name ? entry : null),
    },
  ],
  output: { file: out, format: 'esm', codeSplitting: false, minify: false },
});
process.stdout.write(`${out}\n`);
