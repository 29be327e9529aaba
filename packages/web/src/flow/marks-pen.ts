import type { PictureMark } from '@gongjo/contract';
import { type Palette, patternOf } from './palette.ts';
import { type AssetInk, type Outline, type Pen, pathData, type Writing } from './pen.ts';

interface Place {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

const round = (value: number): number => Math.round(value * 1000) / 1000;

/** Collects the marks of which the desk makes a PDF. Patterns are left to the labels, which name each asset. */
export class MarksPen implements Pen {
  readonly marks: PictureMark[] = [];
  private readonly palette: Palette;
  private place: Place = { scale: 1, x: 0, y: 0 };

  constructor(palette: Palette) {
    this.palette = palette;
  }

  fill(outline: Outline, ink: string | AssetInk, alpha = 1): void {
    this.marks.push({ d: pathData(outline), at: this.at(), fill: this.colorOf(ink), alpha });
  }

  stroke(outline: Outline, ink: string | AssetInk, widthPx: number, alpha = 1): void {
    this.marks.push({ d: pathData(outline), at: this.at(), stroke: this.colorOf(ink), width: widthPx, alpha });
  }

  icon(d: string, x: number, y: number, sizePx: number, color: string): void {
    const { scale, x: left, y: top } = this.place;
    const size = (sizePx / 16) * scale;
    const at: [number, number, number] = [
      round(size),
      round(left + (x - sizePx / 2) * scale),
      round(top + (y - sizePx / 2) * scale),
    ];
    // Path data may begin with a relative move, which is the same at the beginning.
    this.marks.push({ d: d.replace(/^m/, 'M'), at, stroke: color, width: 1.5, alpha: 1 });
  }

  write({ x, y, runs, sizePx, color, anchor = 'start' }: Writing): void {
    const { scale, x: left, y: top } = this.place;
    this.marks.push({
      runs: runs.map(({ text, strong, differs }) => ({
        text: text.slice(0, 300),
        strong: strong === true || differs === true,
        color: differs === true ? this.palette.warn : color,
      })),
      x: round(left + x * scale),
      y: round(top + y * scale),
      size: Math.max(0.5, round(sizePx * scale)),
      anchor,
    });
  }

  within(scale: number, x: number, y: number, draw: () => void): void {
    const before = this.place;
    this.place = { scale: before.scale * scale, x: before.x + x * before.scale, y: before.y + y * before.scale };
    draw();
    this.place = before;
  }

  private at(): [number, number, number] {
    return [round(this.place.scale), round(this.place.x), round(this.place.y)];
  }

  private colorOf(ink: string | AssetInk): string {
    return typeof ink === 'string' ? ink : (this.palette.assets[patternOf(ink.asset)] ?? this.palette.ink);
  }
}
