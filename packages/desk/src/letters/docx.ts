import {
  AlignmentType,
  BorderStyle,
  Document,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import type { Block, Letter } from './compose.ts';

/** Word's own sizes are half points. */
const textSize = 21;
const smallSize = 17;
/** Twentieths of a point. */
const levelIndent = 360;
const pages = { A4: { width: 11_906, height: 16_838 }, LETTER: { width: 12_240, height: 15_840 } } as const;
/** The page's width between its margins, in twentieths of a point. */
const textWidth = 9_000;

/** Where the typeface is missing, the word processor takes the next. */
const font = 'Pretendard';

const run = (text: string, bold = false, size = textSize) => new TextRun({ text, bold, size, font });

/** The letter for a word processor: for an agency that sends it in its own form. It carries no signature. */
export async function letterDocx(
  letter: Letter,
  about: { readonly title: string; readonly author: string },
): Promise<Buffer> {
  const isGongmun = letter.layout === 'gongmun';
  const labelled = ({ label, text }: { label: string; text: string }, bold = false) =>
    new Paragraph({ children: [run(`${label}  `, true), run(text, bold)], spacing: { after: 60 } });
  const { attachments } = letter;
  const document = new Document({
    title: about.title,
    creator: about.author,
    sections: [
      {
        properties: { page: { size: pages[letter.page] } },
        children: [
          ...letter.head.map(
            (text, i) =>
              new Paragraph({
                children: [run(text, i === 0, i === 0 ? 40 : smallSize)],
                alignment: AlignmentType.CENTER,
                spacing: { after: i === letter.head.length - 1 ? 240 : 0 },
              }),
          ),
          ...letter.opening.map((line) => labelled(line)),
          ...letter.to.map((line) => labelled(line)),
          new Paragraph({
            children: [run(`${letter.subject.label}  `, true), run(letter.subject.text, true)],
            border: { bottom: { style: BorderStyle.SINGLE, size: 6, space: 6 } },
            spacing: { after: 200 },
          }),
          ...letter.body.flatMap(blockOf),
          ...attachments.items.map((text, i) => {
            return new Paragraph({
              children: [run(i === 0 ? `${attachments.label}  ` : '', true), run(text)],
              ...(i > 0 && { indent: { left: 2 * levelIndent } }),
              ...(i === 0 && { spacing: { before: 200 } }),
            });
          }),
          ...letter.sender.map(
            (text, i) =>
              new Paragraph({
                children: [run(text, i === 0, i === 0 && isGongmun ? 36 : textSize)],
                alignment: isGongmun ? AlignmentType.CENTER : AlignmentType.LEFT,
                ...(i === 0 && { spacing: { before: 480 } }),
              }),
          ),
          ...letter.foot.map(
            (text, i) =>
              new Paragraph({
                children: [run(text, false, smallSize)],
                ...(i === 0 && {
                  border: { top: { style: BorderStyle.SINGLE, size: 6, space: 6 } },
                  spacing: { before: 480 },
                }),
              }),
          ),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

function blockOf(block: Block): (Paragraph | Table)[] {
  if (block.kind === 'text') return [new Paragraph({ children: [run(block.text)], spacing: { after: 120 } })];
  if (block.kind === 'item')
    return [
      new Paragraph({
        children: [run(`${block.marker} ${block.text}`)],
        indent: { left: levelIndent * (block.level + 1), hanging: levelIndent },
        spacing: { after: 60 },
      }),
    ];
  const sum = block.columns.reduce((all, { width }) => all + width, 0);
  const widths = block.columns.map(({ width }) => Math.round((width / sum) * textWidth));
  const row = (cells: readonly string[], isHead: boolean) =>
    new TableRow({
      tableHeader: isHead,
      children: cells.map(
        (text, i) =>
          new TableCell({
            width: { size: widths[i] ?? 0, type: WidthType.DXA },
            children: [new Paragraph({ children: [run(text, isHead, smallSize)] })],
          }),
      ),
    });
  return [
    new Table({
      width: { size: textWidth, type: WidthType.DXA },
      columnWidths: widths,
      rows: [
        row(
          block.columns.map(({ label }) => label),
          true,
        ),
        ...block.rows.map((cells) => row(cells, false)),
      ],
    }),
    new Paragraph({ children: [], spacing: { after: 60 } }),
  ];
}
