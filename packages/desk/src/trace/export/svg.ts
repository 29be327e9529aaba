import { type Asset, type AssetId, fill, type Language, terms } from '@gongjo/contract';
import { decimalAmount } from '../../kernel/index.ts';
import type { Stop, Trace } from '../model.ts';
import { type Band, type Flow, flowOf, type Link } from './flow.ts';
import { escaped } from './xml.ts';

/** Distances in pixels. A column is a curve, in which links change rows, and a flat part, which carries the labels. */
const curve = 70;
const flat = 150;
const columnWidth = curve + flat;
const rowHeight = 62;
const margin = 28;
const bandMax = 24;
/** Thinner is not seen. */
const bandMin = 2.5;
/** How far value that still stands is drawn beyond its arrival. */
const stub = 16;
const lineHeight = 17;
/** Title, what was asked and what is drawn need this, however short the flow is. */
const widthMin = 980;
/** What fits the flat part, in cells: a Hangul syllable takes two. */
const labelCells = 23;
const noteCells = 150;

const ink = '#1b2430';
const quiet = '#5a6675';
const bandColour = '#3d6fb4';
/** Distinct by lightness, too, so that a copy in grey can be read. */
const stopColours: Readonly<Record<Stop['kind'], string>> = {
  unspent: '#2e7d32',
  service: '#b3261e',
  mixer: '#4a148c',
  coinjoin: '#7b1fa2',
  bridge: '#00695c',
  hub: '#8d6e00',
  limit: '#616161',
  small: '#9e9e9e',
  fee: '#795548',
  burned: '#212121',
  mined: '#ef6c00',
  'before-ledger': '#546e7a',
};

/**
 * A trace as a picture, SVG 1.1 without script, links or anything from elsewhere. It stands by itself: what was asked, as of
 * which block, by which method, what is drawn and what is left out. The largest flows are drawn (`linksMax`, `columnsMax`).
 * The same trace gives the same bytes.
 */
export function flowSvg(trace: Trace, language: Language): string {
  const flow = flowOf(trace);
  const say = (key: keyof typeof terms.flow, values = {}) => fill(terms.flow[key][language], values);
  const head = headOf(trace, flow, language);
  const top = margin + 26 + head.length * lineHeight + 52;
  const foot = top + Math.max(flow.rows, 1) * rowHeight;
  const width = Math.max(widthMin, 2 * margin + (flow.columns.length + 1) * columnWidth);
  const height = foot + 4 * lineHeight + margin;
  const picture = new Picture(trace, language, top);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" lang="${language}" font-family="Pretendard, 'Noto Sans CJK KR', 'Noto Sans KR', 'Malgun Gothic', 'Apple SD Gothic Neo', Arial, sans-serif" font-size="11" fill="${ink}">`,
    `<title>${escaped(say(trace.question.direction))}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(margin, margin + 16, say(trace.question.direction), 'font-size="20" font-weight="700"'),
    ...head.map((line, at) =>
      text(margin, margin + 40 + at * lineHeight, cut(line, noteCells), `font-size="12" fill="${quiet}"`),
    ),
    ...picture.axis(flow, foot),
    ...flow.links.map((link) => picture.link(link)),
    ...flow.bands.map((band) => picture.band(band)),
    ...flow.bands.map((band) => picture.labels(band)),
    ...legend(flow, foot + lineHeight + 8, language),
    '</svg>',
    '',
  ].join('\n');
}

function headOf({ chain, question, asOf, assets }: Trace, flow: Flow, language: Language): string[] {
  const say = (key: keyof typeof terms.flow, values = {}) => fill(terms.flow[key][language], values);
  const [first] = question.leads;
  const named = first === undefined ? '–' : 'address' in first ? first.address : leadText(first.txid, first.ord);
  const more = question.leads.length - 1;
  const drawn = flow.links.length;
  const left = flow.linkCount - drawn;
  const parts =
    drawn === 0
      ? say('nothing')
      : left === 0
        ? say('drawnAll', { count: drawn })
        : say('drawnPart', { drawn, count: flow.linkCount, left });
  const covered = left === 0 ? [] : [...flow.coveredPpm].slice(0, 3);
  return [
    [say('chain', { chain }), say('lead', { lead: more > 0 ? say('more', { lead: named, count: more }) : named })].join(
      ' · ',
    ),
    say('asOf', { height: asOf.height, time: asOf.time, hash: asOf.hash }),
    [say('method', { method: terms.rule[question.method][language] }), parts].join(' · '),
    ...covered.map(([asset, ppm]) => say('covered', { symbol: symbolOf(assets, asset), percent: percent(ppm) })),
  ];
}

const leadText = (txid: string, ord: number | null) => (ord === null ? txid : `${txid}:${ord}`);
/** Rounded down to a tenth. */
const percent = (ppm: number) => `${Math.floor(ppm / 10_000)}.${Math.floor((ppm % 10_000) / 1_000)}`;
const symbolOf = (assets: readonly Asset[], id: AssetId) => assets.find((one) => one.id === id)?.symbol ?? id;

const leaveX = (column: number) => margin + column * columnWidth;
const arriveX = (column: number) => leaveX(column) + curve;
const widthOf = (sharePpm: number) => bandMin + (bandMax - bandMin) * Math.sqrt(sharePpm / 1_000_000);

class Picture {
  readonly #assets: ReadonlyMap<AssetId, Asset>;
  readonly #language: Language;
  readonly #top: number;

  constructor({ assets }: Trace, language: Language, top: number) {
    this.#assets = new Map(assets.map((asset) => [asset.id, asset]));
    this.#language = language;
    this.#top = top;
  }

  axis({ columns, rows }: Flow, foot: number): string[] {
    let before = '';
    return columns.flatMap(({ height, time }, index) => {
      const x = leaveX(index + 1);
      const [day = '', clock = ''] = time.slice(0, 16).split('T');
      const at = day === before ? `${clock} UTC` : `${day} ${clock} UTC`;
      before = day;
      return [
        `<line x1="${x + curve / 2}" y1="${this.#top - 24}" x2="${x + curve / 2}" y2="${rows === 0 ? this.#top : foot - 4}" stroke="#e3e7ec"/>`,
        text(x + curve / 2 + 4, this.#top - 27, at, `fill="${quiet}"`),
        text(x + curve / 2 + 4, this.#top - 14, this.#say('block', { height }), `fill="${quiet}"`),
      ];
    });
  }

  link(link: Link): string {
    const [x1, x2] = [leaveX(link.column), arriveX(link.column)];
    const from = this.#slot(link.from, link.from.out, link, ({ units }) => units);
    const to = this.#slot(link.to, link.to.in, link, ({ arriving }) => arriving);
    const bend = (x1 + x2) / 2;
    const shape = `M${x1} ${n(from.top)}C${bend} ${n(from.top)} ${bend} ${n(to.top)} ${x2} ${n(to.top)}V${n(to.bottom)}C${bend} ${n(to.bottom)} ${bend} ${n(from.bottom)} ${x1} ${n(from.bottom)}Z`;
    const { txid, ord, height, time, rule } = link.hop;
    const about = [
      `${this.#exact(link.units, link.from.asset)}${link.swap ? ` → ${this.#exact(link.arriving, link.to.asset)}` : ''}`,
      `${link.from.address ?? '–'} → ${link.to.address ?? '–'}`,
      `${txid}:${ord}, ${this.#say('block', { height })}, ${time}`,
      `${terms.rule[rule][this.#language]}, ${terms.certainty[link.certainty][this.#language]}`,
    ].join('\n');
    const stroke = link.swap ? ` stroke="${ink}" stroke-dasharray="3 2"` : '';
    return `<path d="${shape}" fill="${bandColour}" fill-opacity="${link.certainty === 'exact' ? 0.75 : 0.4}"${stroke}><title>${escaped(about)}</title></path>`;
  }

  band(band: Band): string {
    const { top, bottom } = this.#box(band);
    const from = arriveX(band.start);
    const to = this.#endX(band);
    const about = [band.address ?? this.#name(band), this.#exact(band.units, band.asset), ...this.#stops(band, true)];
    const marks = [...new Set(band.stops.map(({ kind }) => kind))].map(
      (kind, at) =>
        `<rect x="${n(to + at * 6)}" y="${n(top - 2)}" width="5" height="${n(bottom - top + 4)}" fill="${stopColours[kind]}"/>`,
    );
    return `<g><title>${escaped(about.join('\n'))}</title><rect x="${from}" y="${n(top)}" width="${n(to - from)}" height="${n(bottom - top)}" fill="${bandColour}"/>${marks.join('')}</g>`;
  }

  labels(band: Band): string {
    const { top, bottom } = this.#box(band);
    // Beside a source there is no link from the left to write over.
    const x = arriveX(band.start) + 2;
    const stops = this.#stops(band, false);
    const more = stops.length > 1 ? ` +${stops.length - 1}` : '';
    const below =
      stops[0] === undefined ? this.#amount(band.units, band.asset) : cut(stops[0], labelCells - more.length) + more;
    const colour = band.stops[0] === undefined ? quiet : stopColours[band.stops[0].kind];
    return [
      text(x, top - 4, this.#name(band), `font-weight="600" ${halo}`),
      text(x, bottom + 12, cut(below, labelCells + 4), `fill="${colour}" ${halo}`),
    ].join('');
  }

  #box(band: Band): { top: number; bottom: number } {
    const middle = this.#top + band.row * rowHeight + rowHeight / 2 - 3;
    const half = widthOf(band.sharePpm) / 2;
    return { top: middle - half, bottom: middle + half };
  }

  #endX(band: Band): number {
    const arrival = Math.max(band.start, ...band.in.map(({ column }) => column));
    const departure = Math.max(...band.out.map(({ column }) => column), 0);
    return Math.max(arriveX(arrival) + stub, departure === 0 ? 0 : leaveX(departure));
  }

  /** The part of a band's side that is a link's, as large as its share of all that passed there. */
  #slot(
    band: Band,
    side: readonly Link[],
    link: Link,
    unitsOf: (link: Link) => bigint,
  ): { top: number; bottom: number } {
    const { top, bottom } = this.#box(band);
    const rowAt = (one: Link) => (one.from === band ? one.to.row : one.from.row);
    const order = side.toSorted((a, b) => a.column - b.column || rowAt(a) - rowAt(b) || a.hop.id - b.hop.id);
    let before = 0n;
    for (const one of order) {
      if (one === link) break;
      before += unitsOf(one);
    }
    const share = (units: bigint) => (band.units === 0n ? 0 : Number((units * 1_000_000n) / band.units) / 1_000_000);
    const at = top + (bottom - top) * Math.min(1, share(before));
    return {
      top: at,
      bottom: Math.min(bottom, Math.max(at + 1.2, top + (bottom - top) * share(before + unitsOf(link)))),
    };
  }

  #name({ role, address, stops }: Band): string {
    if (role !== 'address' || address === null) return this.#say(role === 'address' ? 'source' : role);
    const label = stops.find(({ tag }) => tag !== null)?.tag?.label;
    return label ? cut(label, labelCells) : shortened(address);
  }

  /** What stands there, by kind, largest first. */
  #stops({ stops, asset }: Band, exact: boolean): string[] {
    const sums = new Map<Stop['kind'], bigint>();
    for (const { kind, units } of stops) sums.set(kind, (sums.get(kind) ?? 0n) + units);
    return [...sums]
      .sort(([, a], [, b]) => (a < b ? 1 : a > b ? -1 : 0))
      .map(([kind, units]) => {
        const amount = exact ? this.#exact(units, asset) : this.#amount(units, asset);
        return `${terms.stop[kind][this.#language]} ${amount}`;
      });
  }

  #say(key: keyof typeof terms.flow, values: Readonly<Record<string, string | number>> = {}): string {
    return fill(terms.flow[key][this.#language], values);
  }

  #exact(units: bigint, asset: AssetId): string {
    const { decimals, symbol } = this.#assets.get(asset) ?? { decimals: 0, symbol: asset };
    return `${decimalAmount(units, decimals)} ${symbol}`;
  }

  #amount(units: bigint, asset: AssetId): string {
    const { decimals, symbol } = this.#assets.get(asset) ?? { decimals: 0, symbol: asset };
    return `${roughly(decimalAmount(units, decimals))} ${cut(symbol, 8)}`;
  }
}

const halo = 'paint-order="stroke" stroke="#ffffff" stroke-width="3" stroke-linejoin="round"';

/** Four digits behind the point, or four that count where nothing stands before it; what is cut off is said by ≈. */
export function roughly(amount: string): string {
  const [whole = '', fraction = ''] = amount.split('.');
  const kept = whole === '0' ? (/^0*\d{0,4}/.exec(fraction)?.[0] ?? '') : fraction.slice(0, 4);
  if (kept.length === fraction.length) return amount;
  const shown = kept.replace(/0+$/, '');
  return `≈${whole}${shown === '' ? '' : `.${shown}`}`;
}

function legend(flow: Flow, y: number, language: Language): string[] {
  const kinds = [...new Set(flow.bands.flatMap(({ stops }) => stops.map(({ kind }) => kind)))].sort();
  const entries = [
    ...(['exact', 'heuristic'] as const).map((certainty) => ({
      mark: `fill="${bandColour}" fill-opacity="${certainty === 'exact' ? 0.75 : 0.4}"`,
      name: terms.certainty[certainty][language],
    })),
    ...(flow.links.some(({ swap }) => swap)
      ? [
          {
            mark: `fill="${bandColour}" fill-opacity="0.4" stroke="${ink}" stroke-dasharray="3 2"`,
            name: terms.flow.swap[language],
          },
        ]
      : []),
    ...kinds.map((kind) => ({ mark: `fill="${stopColours[kind]}"`, name: terms.stop[kind][language] })),
  ];
  let x = margin;
  const drawn = entries.map(({ mark, name }) => {
    const at = x;
    x += 22 + cells(name) * 6.6 + 16;
    return `<rect x="${n(at)}" y="${y - 9}" width="14" height="10" ${mark}/>${text(at + 20, y, name)}`;
  });
  return [...drawn, text(margin, y + lineHeight + 4, terms.flow.thickness[language], `fill="${quiet}"`)];
}

function text(x: number, y: number, content: string, attributes = ''): string {
  return `<text x="${n(x)}" y="${n(y)}" ${attributes}>${escaped(content)}</text>`;
}

/** Two digits are finer than anybody sees, and the same on every machine. */
const n = (value: number) => String(Math.round(value * 100) / 100);

const shortened = (address: string) =>
  address.length <= 20 ? address : `${address.slice(0, 10)}…${address.slice(-8)}`;

const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/;

function cells(words: string): number {
  let count = 0;
  for (const character of words) count += wide.test(character) ? 2 : 1;
  return count;
}

function cut(words: string, cellsMax: number): string {
  if (cells(words) <= cellsMax) return words;
  let [kept, count] = ['', 0];
  for (const character of words) {
    count += cells(character);
    if (count > cellsMax - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
