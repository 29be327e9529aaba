import { fill, type Instant } from '@gongjo/contract';
import { epochMs } from '../kernel/index.ts';
import type { Block, Letter, Line } from './compose.ts';
import { type Signer, signatureBytesMax } from './sign/cms.ts';
import { rangePlaceholder, signPdf } from './sign/pades.ts';
import { letterTexts } from './texts.ts';

/** Typefaces as OpenType files; what is used of them is embedded, so that a letter looks the same everywhere. */
export interface Fonts {
  readonly regular: Buffer;
  readonly bold: Buffer;
}

export interface PdfOptions {
  readonly fonts: Fonts;
  readonly title: string;
  readonly author: string;
  readonly at: Instant;
  /** PNG; set over the sender's name, as a stamp is. */
  readonly seal: Buffer | null;
  /** Null: a draft, which says so across every page. */
  readonly signer: Signer | null;
}

/** Points (1/72 inch). */
const margin = 64;
const lineGap = 3;
const textSize = 10.5;
const tableSize = 7.5;
const smallSize = 8.5;
const cellPadding = 3;
const indentOf = (level: number) => 18 * level;
const markerWidth = 20;
const labelWidth = { letter: 74, gongmun: 44 } as const;
const sealSize = 64;
const ink = '#111111';
const pale = '#666666';

type Pdf = PDFKit.PDFDocument & {
  /** The catalogue, which PDFKit does not show. */
  readonly _root: { readonly data: Record<string, unknown> };
  readonly page: PDFKit.PDFPage & { readonly annotations: unknown[] };
};

/**
 * A letter as PDF: its fonts embedded, its text selectable. With a signer it is certified (ISO 32000-1 section 12.8.2.2,
 * DocMDP: no change is permitted) by a signature in PAdES baseline form.
 */
export async function letterPdf(letter: Letter, options: PdfOptions): Promise<Buffer> {
  // A second to load, and most starts of a desk make no letter.
  const { default: PDFDocument } = await import('pdfkit');
  const doc = new PDFDocument({
    size: letter.page,
    margins: { top: margin, bottom: margin + 12, left: margin, right: margin },
    bufferPages: true,
    lang: letter.language,
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: options.title, Author: options.author, CreationDate: new Date(epochMs(options.at)) },
  }) as Pdf;
  const parts: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (part: Buffer) => parts.push(part));
    doc.on('end', () => resolve(Buffer.concat(parts)));
    doc.on('error', reject);
  });
  doc.registerFont('regular', options.fonts.regular);
  doc.registerFont('bold', options.fonts.bold);
  doc.font('regular').fontSize(textSize).fillColor(ink);
  head(doc, letter);
  for (const block of letter.body) body(doc, block);
  attachments(doc, letter);
  sender(doc, letter, options.seal);
  foot(doc, letter);
  everyPage(doc, letter, options.signer === null);
  if (options.signer) makeRoom(doc, options.signer, options.at);
  doc.end();
  const pdf = await whole;
  return options.signer ? signPdf(pdf, options.signer) : pdf;
}

const widthOf = (doc: Pdf) => doc.page.width - 2 * margin;

function head(doc: Pdf, letter: Letter): void {
  for (const [index, text] of letter.head.entries()) {
    doc.font(index === 0 ? 'bold' : 'regular').fontSize(index === 0 ? 20 : smallSize);
    doc.text(text, { align: 'center' });
  }
  doc.moveDown(1.2).fontSize(textSize);
  for (const line of letter.opening) labelled(doc, letter, line);
  if (letter.opening.length > 0) doc.moveDown(0.6);
  for (const line of letter.to) labelled(doc, letter, line);
  labelled(doc, letter, letter.subject, 'bold');
  rule(doc);
}

function labelled(doc: Pdf, { layout }: Letter, { label, text }: Line, font = 'regular'): void {
  const width = labelWidth[layout];
  const top = doc.y;
  doc.font('bold').text(label, margin, top, { width, lineGap });
  const after = doc.y;
  doc.font(font).text(text, margin + width, top, { width: widthOf(doc) - width, lineGap });
  doc.font('regular');
  doc.x = margin;
  doc.y = Math.max(after, doc.y);
}

function rule(doc: Pdf): void {
  const y = doc.y + 5;
  doc
    .moveTo(margin, y)
    .lineTo(doc.page.width - margin, y)
    .lineWidth(0.8)
    .strokeColor(ink)
    .stroke();
  doc.y = y + 10;
}

function body(doc: Pdf, block: Block): void {
  doc.font('regular').fontSize(textSize).fillColor(ink);
  if (block.kind === 'table') {
    table(doc, block);
    return;
  }
  if (block.kind === 'text') {
    doc.text(block.text, margin, doc.y, { width: widthOf(doc), lineGap }).moveDown(0.5);
    return;
  }
  const left = margin + indentOf(block.level);
  keepTogether(doc, 2 * doc.currentLineHeight());
  const top = doc.y;
  doc.text(block.marker, left, top, { width: markerWidth, lineBreak: false });
  doc.text(block.text, left + markerWidth, top, { width: widthOf(doc) - indentOf(block.level) - markerWidth, lineGap });
  doc.x = margin;
  doc.moveDown(0.25);
}

/** Begins a new page where less than this is left. */
function keepTogether(doc: Pdf, height: number): boolean {
  if (doc.y + height <= doc.page.height - doc.page.margins.bottom) return false;
  doc.addPage();
  return true;
}

function table(doc: Pdf, { columns, rows }: Block & { kind: 'table' }): void {
  const sum = columns.reduce((all, { width }) => all + width, 0);
  const widths = columns.map(({ width }) => (width / sum) * widthOf(doc));
  const row = (cells: readonly string[], font: string) => {
    doc.font(font).fontSize(tableSize);
    const heights = cells.map((text, i) =>
      doc.heightOfString(text, { width: (widths[i] ?? 0) - 2 * cellPadding, lineGap: 1 }),
    );
    const height = Math.max(...heights) + 2 * cellPadding;
    if (keepTogether(doc, height) && font !== 'bold')
      row(
        columns.map(({ label }) => label),
        'bold',
      );
    doc.font(font).fontSize(tableSize);
    const top = doc.y;
    let left = margin;
    for (const [i, text] of cells.entries()) {
      const width = widths[i] ?? 0;
      if (font === 'bold') doc.rect(left, top, width, height).fill('#eeeeee').fillColor(ink);
      doc.rect(left, top, width, height).lineWidth(0.4).strokeColor('#999999').stroke();
      doc.text(text, left + cellPadding, top + cellPadding, { width: width - 2 * cellPadding, lineGap: 1 });
      left += width;
    }
    doc.x = margin;
    doc.y = top + height;
  };
  row(
    columns.map(({ label }) => label),
    'bold',
  );
  for (const cells of rows) row(cells, 'regular');
  doc.font('regular').fontSize(textSize).moveDown(0.6);
}

function attachments(doc: Pdf, letter: Letter): void {
  const { label, items } = letter.attachments;
  if (items.length === 0) return;
  doc.moveDown(0.8);
  keepTogether(doc, (items.length + 1) * (doc.currentLineHeight() + lineGap));
  const width = labelWidth[letter.layout];
  const top = doc.y;
  doc.font('bold').text(label, margin, top, { width });
  doc.font('regular');
  doc.y = top;
  for (const text of items) {
    doc.text(text, margin + width, doc.y, { width: widthOf(doc) - width, lineGap });
  }
  doc.x = margin;
}

function sender(doc: Pdf, letter: Letter, seal: Buffer | null): void {
  const isGongmun = letter.layout === 'gongmun';
  doc.moveDown(2);
  keepTogether(doc, letter.sender.length * 24 + (seal ? sealSize / 2 : 0));
  for (const [index, text] of letter.sender.entries()) {
    doc.font(index === 0 ? 'bold' : 'regular').fontSize(index === 0 && isGongmun ? 18 : textSize);
    const top = doc.y;
    doc.text(text, margin, top, { width: widthOf(doc), align: isGongmun ? 'center' : 'left', lineGap });
    if (index === 0 && seal) {
      const width = doc.widthOfString(text);
      const end = isGongmun ? margin + (widthOf(doc) + width) / 2 : margin + width;
      doc.image(seal, Math.min(end - sealSize / 4, doc.page.width - margin - sealSize), top - sealSize / 3, {
        fit: [sealSize, sealSize],
      });
      doc.x = margin;
      doc.y = Math.max(doc.y, top + 24);
    }
  }
  doc.font('regular').fontSize(textSize);
}

function foot(doc: Pdf, { foot: lines }: Letter): void {
  if (lines.length === 0) return;
  doc.fontSize(smallSize);
  const height = lines.reduce((all, text) => all + doc.heightOfString(text, { width: widthOf(doc) }) + 2, 16);
  keepTogether(doc, height + 10);
  // At the bottom of the page where there is room.
  doc.y = Math.max(doc.y + 10, doc.page.height - doc.page.margins.bottom - height);
  rule(doc);
  doc.y -= 4;
  for (const text of lines) doc.text(text, margin, doc.y, { width: widthOf(doc), lineGap: 2 });
  doc.fontSize(textSize);
}

function everyPage(doc: Pdf, { language }: Letter, isDraft: boolean): void {
  const { start, count } = doc.bufferedPageRange();
  for (let index = start; index < start + count; index += 1) {
    doc.switchToPage(index);
    // Below the margin a text would begin a new page.
    const { bottom } = doc.page.margins;
    doc.page.margins.bottom = 0;
    doc.font('regular').fontSize(8).fillColor(pale);
    const number = fill(letterTexts.page[language], { page: index + 1, pages: count });
    doc.text(number, margin, doc.page.height - 40, { width: widthOf(doc), align: 'center', lineBreak: false });
    if (isDraft) {
      doc.font('bold').fontSize(11).fillColor('#b00020');
      doc.text(letterTexts.draft[language], margin, 28, { width: widthOf(doc), align: 'center', lineBreak: false });
    }
    doc.fillColor(ink);
    doc.page.margins.bottom = bottom;
  }
}

/** PDFKit's types ask for content, which only streams have. */
function endRef(reference: { end(): void } | { end(content: never): void }): void {
  (reference as { end(): void }).end();
}

/** A signature field that shows nothing, and room for the signature. */
function makeRoom(doc: Pdf, signer: Signer, at: Instant): void {
  doc.switchToPage(0);
  const signature = doc.ref({
    Type: 'Sig',
    Filter: 'Adobe.PPKLite',
    SubFilter: 'ETSI.CAdES.detached',
    ByteRange: [0, rangePlaceholder, rangePlaceholder, rangePlaceholder],
    Contents: Buffer.alloc(signatureBytesMax(signer)),
    M: new Date(epochMs(at)),
    Reference: [
      {
        Type: 'SigRef',
        TransformMethod: 'DocMDP',
        TransformParams: { Type: 'TransformParams', P: 1, V: '1.2' },
      },
    ],
  });
  endRef(signature);
  doc.annotate(0, 0, 0, 0, {
    Subtype: 'Widget',
    FT: 'Sig',
    T: new String('Signature1'),
    V: signature,
    // Print and locked (table 165).
    F: 132,
  } as unknown as PDFKit.Mixins.AnnotationOption);
  const form = doc.ref({ SigFlags: 3, Fields: [doc.page.annotations.at(-1)], DR: { Font: {} } });
  // PDFKit ends the form itself, and asks for what its own fields would be set in.
  Object.assign(doc, { _acroform: { fonts: {}, defaultFont: 'regular' } });
  Object.assign(doc._root.data, { AcroForm: form, Perms: { DocMDP: signature } });
}
