import { z } from 'zod';
import { zAddress, zInstant } from './chain.ts';
import { traceMethods, zTraceRequest } from './trace.ts';

/** What one look at a picture can be about; more were no look. */
const foldedMax = 500;
const notesMax = 200;
/** A transaction, a place in it, two addresses and an asset. */
const markCharsMax = 600;
/** A remark, not a report. */
export const noteCharsMax = 500;

/** What a note or a pin stands on: `hop …` or `holder ADDRESS`. */
const zMark = z.string().min(1).max(markCharsMax);

/** What a reader did to the picture of a trace. */
export const zTraceViewState = z.strictObject({
  /** Holders behind whom the flow is folded away. */
  collapsed: z.array(zAddress).max(foldedMax),
  hidden: z.array(zAddress).max(foldedMax),
  pinned: z.array(zMark).max(notesMax),
  notes: z.array(z.strictObject({ on: zMark, text: z.string().trim().min(1).max(noteCharsMax) })).max(notesMax),
  fees: z.boolean(),
});
export type TraceViewState = z.infer<typeof zTraceViewState>;

export const emptyViewState: TraceViewState = { collapsed: [], hidden: [], pinned: [], notes: [], fees: false };

export const viewNameCharsMax = 120;

/** A question and how its answer was looked at, kept under a name for everyone at the desk. */
export const zNewTraceView = z.strictObject({
  name: z.string().trim().min(1).max(viewNameCharsMax),
  query: zTraceRequest,
  compareWith: z.array(z.enum(traceMethods)).max(traceMethods.length),
  state: zTraceViewState,
});
export type NewTraceView = z.input<typeof zNewTraceView>;

export const zTraceView = zNewTraceView.extend({ id: z.string(), by: z.string(), at: zInstant });
export type TraceView = z.infer<typeof zTraceView>;
/** As a list shows it. */
export const zTraceViewLine = zTraceView.pick({ id: true, name: true, by: true, at: true });
export type TraceViewLine = z.infer<typeof zTraceViewLine>;

/** One mark of a picture that is to be made a PDF: path data or a line of text, in points from the upper left corner. */
const zColor = z.string().regex(/^#[0-9a-f]{6}$/);
const zPoints = z.number().min(-20_000).max(20_000);
const zAlpha = z.number().min(0).max(1);
/** Outlines of ribbons and bands are a few hundred characters. */
const pathCharsMax = 20_000;
export const zPictureMark = z.union([
  z.strictObject({
    d: z
      .string()
      .max(pathCharsMax)
      .regex(/^M[-\d. MLCZHVAmlchvasz]*$/),
    /** `[scale, x, y]`, before anything else. */
    at: z.tuple([z.number().min(0).max(100), zPoints, zPoints]).optional(),
    fill: zColor.optional(),
    stroke: zColor.optional(),
    width: z.number().min(0).max(100).optional(),
    alpha: zAlpha.optional(),
  }),
  z.strictObject({
    runs: z
      .array(z.strictObject({ text: z.string().max(300), strong: z.boolean().optional(), color: zColor }))
      .min(1)
      .max(10),
    x: zPoints,
    y: zPoints,
    size: z.number().min(0.5).max(100),
    anchor: z.enum(['start', 'middle']),
  }),
]);
export type PictureMark = z.infer<typeof zPictureMark>;

/** The largest page that readers of PDF take (ISO 32000-1 annex C.2): 14,400 points. */
export const pagePointsMax = 14_400;
/** A trace of 5,000 nodes has some 25,000 marks. */
export const pictureMarksMax = 100_000;
export const zPicture = z.strictObject({
  title: z.string().min(1).max(300),
  width: z.number().min(1).max(pagePointsMax),
  height: z.number().min(1).max(pagePointsMax),
  marks: z.array(zPictureMark).max(pictureMarksMax),
});
export type Picture = z.infer<typeof zPicture>;
