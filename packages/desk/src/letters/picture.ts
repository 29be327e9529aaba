import type { Picture, PictureMark } from '@gongjo/contract';
import type { Fonts } from './pdf.ts';

type Outline = Extract<PictureMark, { readonly d: string }>;
type Writing = Extract<PictureMark, { readonly x: number }>;

/**
 * A picture as PDF of one page: its marks as vectors, its text selectable, its fonts embedded. A point of the page is a pixel of
 * the picture (ISO 32000-1 section 8.3.2).
 */
export async function picturePdf(
  { title, width, height, marks }: Picture,
  { fonts, at }: { readonly fonts: Fonts; readonly at: number },
): Promise<Buffer> {
  // A second to load, and most starts of a desk draw nothing.
  const { default: PDFDocument } = await import('pdfkit');
  const doc = new PDFDocument({
    ...{ size: [width, height], margin: 0, pdfVersion: '1.7', displayTitle: true },
    info: { Title: title, CreationDate: new Date(at) },
  });
  const parts: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (part: Buffer) => parts.push(part));
    doc.on('end', () => resolve(Buffer.concat(parts)));
    doc.on('error', reject);
  });
  doc.registerFont('regular', fonts.regular);
  doc.registerFont('bold', fonts.bold);
  for (const mark of marks) {
    if ('d' in mark) drawOutline(doc, mark);
    else write(doc, mark);
  }
  doc.end();
  return whole;
}

function drawOutline(doc: PDFKit.PDFDocument, { d, at, fill, stroke, width = 1, alpha = 1 }: Outline): void {
  doc.save();
  if (at) doc.translate(at[1], at[2]).scale(at[0]);
  doc.fillOpacity(alpha).strokeOpacity(alpha).path(d).lineWidth(width).lineJoin('round').lineCap('round');
  if (fill !== undefined && stroke !== undefined) doc.fillAndStroke(fill, stroke);
  else if (stroke !== undefined) doc.stroke(stroke);
  else doc.fill(fill ?? '#000000');
  doc.restore();
}

/** The baseline stands at `y`, as on a canvas. */
function write(doc: PDFKit.PDFDocument, { runs, x, y, size, anchor }: Writing): void {
  doc.save().fillOpacity(1).fontSize(size);
  const widths = runs.map(({ text, strong }) => doc.font(strong === true ? 'bold' : 'regular').widthOfString(text));
  const whole = widths.reduce((sum, width) => sum + width, 0);
  let left = anchor === 'middle' ? x - whole / 2 : x;
  runs.forEach(({ text, strong, color }, index) => {
    doc.font(strong === true ? 'bold' : 'regular').fillColor(color);
    doc.text(text, left, y, { lineBreak: false, baseline: 'alphabetic' });
    left += widths[index] ?? 0;
  });
  doc.restore();
}
