import { type Palette, patternOf, TILE_PX, tileStrokes } from './palette.ts';
import type { AssetInk, Outline, Pen, Run, Writing } from './pen.ts';

/** Tiles are drawn larger than they are shown, so that they stay sharp when the picture is enlarged. */
const TILE_SCALE = 4;
const SANS = "'Pretendard Variable', Pretendard, system-ui, sans-serif";
const MONO = "ui-monospace, 'SF Mono', SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace";
/** Widths of pieces of labels that are kept; beyond it all are forgotten. */
const WIDTHS_MAX = 20_000;

/** Draws on a canvas. */
export class CanvasPen implements Pen {
  private readonly to: CanvasRenderingContext2D;
  private readonly palette: Palette;
  private readonly patterns: readonly (CanvasPattern | string)[];
  private readonly icons = new Map<string, Path2D>();
  private readonly widths = new Map<string, number>();

  constructor(to: CanvasRenderingContext2D, palette: Palette) {
    this.to = to;
    this.palette = palette;
    this.patterns = palette.assets.map((color, index) => tileOf(to, color, index, palette.assetLine));
    to.lineJoin = 'round';
  }

  fill(outline: Outline, ink: string | AssetInk, alpha = 1): void {
    this.to.beginPath();
    outline(this.to);
    this.to.globalAlpha = alpha;
    this.to.fillStyle = this.inkOf(ink);
    this.to.fill();
    this.to.globalAlpha = 1;
  }

  stroke(outline: Outline, ink: string | AssetInk, widthPx: number, alpha = 1): void {
    this.to.beginPath();
    outline(this.to);
    this.to.globalAlpha = alpha;
    this.to.lineWidth = widthPx;
    // A pattern in a line of one pixel is not seen, and costs.
    this.to.strokeStyle = typeof ink === 'string' ? ink : (this.palette.assets[patternOf(ink.asset)] ?? '');
    this.to.stroke();
    this.to.globalAlpha = 1;
  }

  icon(d: string, x: number, y: number, sizePx: number, color: string): void {
    const known = this.icons.get(d);
    const path = known ?? new Path2D(d);
    if (known === undefined) this.icons.set(d, path);
    this.to.save();
    this.to.translate(x - sizePx / 2, y - sizePx / 2);
    this.to.scale(sizePx / 16, sizePx / 16);
    this.to.lineWidth = 1.5;
    this.to.strokeStyle = color;
    this.to.stroke(path);
    this.to.restore();
  }

  write({ x, y, runs, sizePx, color, anchor, halo }: Writing): void {
    this.to.textAlign = anchor === 'middle' ? 'center' : 'left';
    let at = x;
    for (const run of runs) {
      this.to.font = fontOf(run, sizePx);
      if (halo !== undefined) {
        this.to.strokeStyle = halo;
        this.to.lineWidth = 3;
        this.to.strokeText(run.text, at, y);
      }
      this.to.fillStyle = run.differs === true ? this.palette.warn : color;
      this.to.fillText(run.text, at, y);
      if (runs.length === 1) continue;
      const width = this.widthOf(run);
      if (run.differs === true) this.to.fillRect(at, y + 2, width, 1);
      at += width;
    }
  }

  within(scale: number, x: number, y: number, draw: () => void): void {
    this.to.save();
    this.to.translate(x, y);
    this.to.scale(scale, scale);
    draw();
    this.to.restore();
  }

  private inkOf(ink: string | AssetInk): CanvasPattern | string {
    return typeof ink === 'string' ? ink : (this.patterns[patternOf(ink.asset)] ?? '');
  }

  private widthOf(run: Run): number {
    const key = `${this.to.font} ${run.text}`;
    const known = this.widths.get(key);
    if (known !== undefined) return known;
    if (this.widths.size >= WIDTHS_MAX) this.widths.clear();
    const { width } = this.to.measureText(run.text);
    this.widths.set(key, width);
    return width;
  }
}

function fontOf({ strong, mono, differs }: Run, sizePx: number): string {
  return `${differs ? 700 : strong ? 640 : 400} ${mono ? sizePx * 0.96 : sizePx}px ${mono ? MONO : SANS}`;
}

function tileOf(to: CanvasRenderingContext2D, color: string, index: number, line: string): CanvasPattern | string {
  const stroke = tileStrokes[index] ?? '';
  if (stroke === '') return color;
  const tile = document.createElement('canvas');
  tile.width = TILE_PX * TILE_SCALE;
  tile.height = TILE_PX * TILE_SCALE;
  const on = tile.getContext('2d');
  if (on === null) return color;
  on.scale(TILE_SCALE, TILE_SCALE);
  on.fillStyle = color;
  on.fillRect(0, 0, TILE_PX, TILE_PX);
  on.strokeStyle = line;
  on.lineWidth = 1.6;
  on.stroke(new Path2D(stroke));
  const pattern = to.createPattern(tile, 'repeat');
  if (pattern === null) return color;
  pattern.setTransform(new DOMMatrix().scale(1 / TILE_SCALE));
  return pattern;
}
