import { stopKinds } from '@gongjo/contract';

/** Colours with patterns of their own; an asset after the last shares one, and its labels name it. */
export const PATTERNS = 6;
export const TILE_PX = 7;
/** What is drawn over the colour of each asset in a tile. */
export const tileStrokes: readonly string[] = [
  '',
  'M-1 8 8-1M-1 1 1-1M6 8 8 6',
  'M3.5 0V7',
  'M-1-1 8 8M-1 6 1 8M6-1 8 1',
  'M0 3.5H7',
  'M0 3.5H7M3.5 0V7',
];

export interface Palette {
  readonly surface: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly focus: string;
  readonly warn: string;
  readonly mark: string;
  readonly act: string;
  readonly assets: readonly string[];
  readonly assetLine: string;
  readonly stops: Readonly<Record<string, string>>;
}

/** The page's colours, as its style sheet names them. `read` gives the value of a custom property. */
export function paletteFrom(read: (name: string) => string): Palette {
  return {
    surface: read('--surface'),
    ink: read('--ink'),
    inkSoft: read('--ink-soft'),
    line: read('--line'),
    lineStrong: read('--line-strong'),
    focus: read('--focus'),
    warn: read('--warn'),
    mark: read('--mark'),
    act: read('--act'),
    assets: Array.from({ length: PATTERNS }, (_, index) => read(`--asset-${index}`)),
    assetLine: read('--asset-line'),
    stops: Object.fromEntries(stopKinds.map((kind) => [kind, read(`--stop-${kind}`)])),
  };
}

export const patternOf = (asset: number): number => Math.max(0, asset) % PATTERNS;
