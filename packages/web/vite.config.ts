import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { themeCss } from './src/theme-css.ts';

const themeModule = 'virtual:theme.css';

/**
 * Mantine writes a theme's variables into the page as an inline style element when the page runs, which would need
 * `style-src 'unsafe-inline'`. The theme never changes while the page runs, so its variables are made here, into a file.
 */
const themeAsFile: Plugin = {
  name: 'theme-as-file',
  resolveId: (id) => (id === themeModule ? themeModule : undefined),
  load: (id) => (id === themeModule ? themeCss() : undefined),
};

/** Writes each text that is worth it beside itself as browsers take it, once, with all the time there is: the desk sends it as it is. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  writeBundle({ dir = '' }) {
    for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(js|css|svg|html)$/.test(name)) continue;
      const content = readFileSync(`${dir}/${name}`);
      if (content.length < compressedBytesMin) continue;
      writeFileSync(`${dir}/${name}.br`, brotliCompressSync(content, { params: brotliParams(content.length) }));
      writeFileSync(`${dir}/${name}.gz`, gzipSync(content, { level: 9 }));
    }
  },
};

/** What fits one packet anyway gains nothing. */
const compressedBytesMin = 1_024;
const brotliParams = (bytes: number) => ({
  [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
  [constants.BROTLI_PARAM_SIZE_HINT]: bytes,
});

export default defineConfig({
  plugins: [react(), themeAsFile, compressed],
  build: {
    target: 'es2023',
    // The content security policy allows no data: fonts, so no asset may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What most pages share comes in two files: forty small ones are forty round trips before the first page.
        codeSplitting: {
          groups: [
            { name: 'parts', test: /packages\/web\/src\/(parts|format|api)\/.*\.tsx?$/ },
            { name: 'libraries', test: /node_modules/, minShareCount: 4 },
          ],
        },
      },
    },
    // The budget is 250 kB compressed for the first page; this is about that, uncompressed.
    chunkSizeWarningLimit: 700,
  },
});
