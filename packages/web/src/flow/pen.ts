/** What draws outlines: a canvas, or the text of a path. */
export interface PathSink {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void;
  closePath(): void;
}
export type Outline = (to: PathSink) => void;

/** A piece of one line of text. */
export interface Run {
  readonly text: string;
  readonly strong?: boolean;
  readonly mono?: boolean;
  /** Where two look-alike addresses differ: marked by colour, weight and a line below. */
  readonly differs?: boolean;
}

export interface Writing {
  readonly x: number;
  readonly y: number;
  readonly runs: readonly Run[];
  readonly sizePx: number;
  readonly color: string;
  readonly anchor?: 'start' | 'middle';
  /** A rim in this colour, so that it is read over a band. */
  readonly halo?: string;
}

/** The colour of an asset, with the pattern that tells it without colour. */
export interface AssetInk {
  readonly asset: number;
}

/**
 * What a picture is drawn with. The window's canvas, an SVG file and a PDF file are three pens for one drawing, so that what
 * is exported is what was seen.
 */
export interface Pen {
  fill(outline: Outline, ink: string | AssetInk, alpha?: number): void;
  stroke(outline: Outline, ink: string | AssetInk, widthPx: number, alpha?: number): void;
  /** A line drawing of `drawings`, 16 by 16, with its middle there. */
  icon(d: string, x: number, y: number, sizePx: number, color: string): void;
  write(writing: Writing): void;
  /** What `draw` draws is scaled, then moved. */
  within(scale: number, x: number, y: number, draw: () => void): void;
}

/** Path data as SVG writes it (SVG 2 section 9.3), to a hundredth of a pixel. */
export function pathData(outline: Outline): string {
  const parts: string[] = [];
  const n = (value: number) => String(Math.round(value * 100) / 100);
  outline({
    moveTo: (x, y) => void parts.push(`M${n(x)} ${n(y)}`),
    lineTo: (x, y) => void parts.push(`L${n(x)} ${n(y)}`),
    bezierCurveTo: (x1, y1, x2, y2, x, y) => void parts.push(`C${n(x1)} ${n(y1)} ${n(x2)} ${n(y2)} ${n(x)} ${n(y)}`),
    closePath: () => void parts.push('Z'),
  });
  return parts.join('');
}
