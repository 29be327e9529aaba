import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Fonts } from './pdf.ts';

/** Pretendard, one typeface for Hangul and Latin; the pages use it, too. */
export function openFonts(): Fonts {
  const folder = path.dirname(createRequire(import.meta.url).resolve('pretendard/package.json'));
  const read = (weight: string) => readFileSync(path.join(folder, 'dist/public/static', `Pretendard-${weight}.otf`));
  return { regular: read('Regular'), bold: read('Bold') };
}
