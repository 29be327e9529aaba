import type { Layout } from './layout.ts';
import { AXIS_PX, type Axis, paintAxis, paintPicture, type Scene } from './paint.ts';
import type { Pen } from './pen.ts';
import { rectangle } from './shape.ts';

const MARGIN_PX = 24;
const TITLE_PX = 18;
const LINE_PX = 12;
/** Lines below each other. */
const LEADING = 1.5;

/** A whole picture with what it shows written over it, as a file is made of it. */
export interface Sheet {
  readonly picture: Pick<Layout, 'width' | 'height'>;
  readonly scene: Scene;
  readonly axis: Axis;
  readonly title: string;
  readonly lines: readonly string[];
}

const headPx = ({ lines }: Sheet): number => MARGIN_PX + TITLE_PX * LEADING + lines.length * LINE_PX * LEADING;

export function sheetSize(sheet: Sheet): { readonly width: number; readonly height: number } {
  const { width, height } = sheet.picture;
  return { width: Math.max(700, width) + 2 * MARGIN_PX, height: headPx(sheet) + AXIS_PX + height + MARGIN_PX };
}

/** Draws the sheet so large that it keeps within `mostPx` each way; answers the size that came out. */
export function paintSheet(
  pen: Pen,
  sheet: Sheet,
  mostPx: number,
): { readonly width: number; readonly height: number } {
  const { width, height } = sheetSize(sheet);
  const scale = Math.min(1, mostPx / width, mostPx / height);
  const { palette } = sheet.scene;
  const box = { x: 0, y: 0, width: sheet.picture.width, height: sheet.picture.height };
  pen.within(scale, 0, 0, () => {
    pen.fill(rectangle(0, 0, width, height), palette.surface);
    pen.write({
      ...{ x: MARGIN_PX, y: MARGIN_PX + TITLE_PX, sizePx: TITLE_PX, color: palette.ink },
      runs: [{ text: sheet.title, strong: true }],
    });
    sheet.lines.forEach((text, index) => {
      const y = MARGIN_PX + TITLE_PX * LEADING + (index + 1) * LINE_PX * LEADING;
      pen.write({ x: MARGIN_PX, y, runs: [{ text }], sizePx: LINE_PX, color: palette.inkSoft });
    });
    const top = headPx(sheet);
    pen.within(1, MARGIN_PX, top, () => paintAxis(pen, sheet.axis, { x: 0, zoom: 1 }, box.width));
    // The whole picture is drawn at its own measure, however small it comes out: a file can be enlarged.
    pen.within(1, MARGIN_PX, top + AXIS_PX, () => paintPicture(pen, sheet.scene, box, 1, { together: false }));
  });
  return { width: width * scale, height: height * scale };
}
