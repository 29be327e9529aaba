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

export default defineConfig({
  plugins: [react(), themeAsFile],
  build: {
    target: 'es2023',
    // The content security policy allows no data: fonts, so no asset may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The budget is 250 kB compressed for the first page; this is about that, uncompressed.
    chunkSizeWarningLimit: 700,
  },
});
