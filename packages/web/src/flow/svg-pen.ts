import { PATTERNS, type Palette, patternOf, TILE_PX, tileStrokes } from './palette.ts';
import { type AssetInk, type Outline, type Pen, pathData, type Run, type Writing } from './pen.ts';

const SANS = "Pretendard, 'Malgun Gothic', 'Apple SD Gothic Neo', system-ui, sans-serif";
const MONO = 'ui-monospace, Menlo, Consolas, monospace';

const n = (value: number): string => String(Math.round(value * 100) / 100);

/** Names and labels come from strangers: nothing of them may become markup. */
function escaped(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 section 2.2 has no such characters, not even escaped
  const allowed = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
  return allowed
    .toWellFormed()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Writes an SVG file that needs nothing beside it (SVG 1.1, as drawing programs read it). */
export class SvgPen implements Pen {
  private readonly parts: string[] = [];
  private readonly palette: Palette;

  constructor(palette: Palette) {
    this.palette = palette;
  }

  fill(outline: Outline, ink: string | AssetInk, alpha = 1): void {
    this.parts.push(`<path d="${pathData(outline)}" fill="${inkOf(ink)}"${opacity('fill', alpha)}/>`);
  }

  stroke(outline: Outline, ink: string | AssetInk, widthPx: number, alpha = 1): void {
    const color = typeof ink === 'string' ? ink : (this.palette.assets[patternOf(ink.asset)] ?? '');
    const line = `stroke="${color}" stroke-width="${n(widthPx)}"${opacity('stroke', alpha)}`;
    this.parts.push(`<path d="${pathData(outline)}" fill="none" ${line} stroke-linejoin="round"/>`);
  }

  icon(d: string, x: number, y: number, sizePx: number, color: string): void {
    const to = `translate(${n(x - sizePx / 2)} ${n(y - sizePx / 2)}) scale(${n(sizePx / 16)})`;
    this.parts.push(`<path d="${d}" transform="${to}" fill="none" stroke="${color}" stroke-width="1.5"/>`);
  }

  write({ x, y, runs, sizePx, color, anchor = 'start', halo }: Writing): void {
    const rim = halo === undefined ? '' : ` paint-order="stroke" stroke="${halo}" stroke-width="3"`;
    const place = `x="${n(x)}" y="${n(y)}" font-size="${n(sizePx)}" fill="${color}" text-anchor="${anchor}"`;
    this.parts.push(`<text ${place}${rim} xml:space="preserve">${runs.map((run) => this.spanOf(run)).join('')}</text>`);
  }

  within(scale: number, x: number, y: number, draw: () => void): void {
    this.parts.push(`<g transform="translate(${n(x)} ${n(y)}) scale(${scale})">`);
    draw();
    this.parts.push('</g>');
  }

  file(width: number, height: number, title: string): string {
    const size = `width="${n(width)}" height="${n(height)}" viewBox="0 0 ${n(width)} ${n(height)}"`;
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" font-family="${SANS}">`,
      `<title>${escaped(title)}</title>`,
      `<defs>${this.patterns()}</defs>`,
      ...this.parts,
      '</svg>\n',
    ].join('\n');
  }

  private spanOf({ text, strong, mono, differs }: Run): string {
    const look = [
      strong === true ? ' font-weight="640"' : '',
      mono === true ? ` font-family="${MONO}"` : '',
      differs === true ? ` fill="${this.palette.warn}" font-weight="700" text-decoration="underline"` : '',
    ].join('');
    return look === '' ? escaped(text) : `<tspan${look}>${escaped(text)}</tspan>`;
  }

  private patterns(): string {
    const { assets, assetLine } = this.palette;
    return Array.from({ length: PATTERNS }, (_, index) => {
      const tile = `width="${TILE_PX}" height="${TILE_PX}"`;
      const line = `<path d="${tileStrokes[index] ?? ''}" stroke="${assetLine}" stroke-width="1.6" fill="none"/>`;
      const ground = `<rect ${tile} fill="${assets[index] ?? ''}"/>`;
      return `<pattern id="asset-${index}" ${tile} patternUnits="userSpaceOnUse">${ground}${line}</pattern>`;
    }).join('');
  }
}

function inkOf(ink: string | AssetInk): string {
  return typeof ink === 'string' ? ink : `url(#asset-${patternOf(ink.asset)})`;
}

function opacity(of: 'fill' | 'stroke', alpha: number): string {
  return alpha === 1 ? '' : ` ${of}-opacity="${alpha}"`;
}
