import { languages } from '@gongjo/contract';
import { z } from 'zod';

/**
 * A letter's template is data (YAML): its words, with `{field}` where a value stands. `docs/holds.md` explains every part; an
 * agency puts its own copy into its data folder.
 */

/** A letter is read by people; a template that needs more is not one. */
const partsMax = 200;
const textCharsMax = 4_000;

const zWords = z.string().min(1).max(textCharsMax);
/** Said only where each of these fields has a value, or none of those has. */
const conditions = {
  when: z.array(z.string()).max(10).optional(),
  unless: z.array(z.string()).max(10).optional(),
};
const zLabelled = z.strictObject({ label: z.string().max(100), text: zWords, ...conditions });
const zTextLine = z.strictObject({ text: zWords, ...conditions });

export interface TemplateItem {
  readonly item: string;
  readonly items?: readonly TemplateItem[] | undefined;
  readonly when?: readonly string[] | undefined;
  readonly unless?: readonly string[] | undefined;
}
const zItem: z.ZodType<TemplateItem> = z.strictObject({
  item: zWords,
  items: z.lazy(() => z.array(zItem).max(partsMax)).optional(),
  ...conditions,
});

const zTable = z.strictObject({
  /** The name of the list whose rows it shows. */
  table: z.string(),
  columns: z
    .array(z.strictObject({ label: z.string().min(1).max(100), field: z.string(), width: z.number().positive() }))
    .min(1)
    .max(12),
  ...conditions,
});

export const zTemplate = z.strictObject({
  template: z.string().regex(/^[a-z][a-z-]{1,50}$/),
  language: z.enum(languages),
  page: z.enum(['A4', 'LETTER']),
  /** `gongmun`: a Korean official letter, whose sender stands in the middle and whose number and day stand at the foot. */
  layout: z.enum(['letter', 'gongmun']),
  /** How items are counted, level by level: `{n}` is the number, or its letter of `letters`. */
  levels: z
    .array(z.strictObject({ form: z.string().includes('{n}').max(10), letters: z.string().min(10).optional() }))
    .min(1)
    .max(4),
  /** Centred at the top, the first large. */
  head: z.array(zTextLine).max(5),
  opening: z.array(zLabelled).max(10),
  /** To whom. */
  to: z.array(zLabelled).max(10),
  subject: zLabelled,
  body: z.array(z.union([zTextLine, zItem, zTable])).max(partsMax),
  attachments: z.strictObject({
    label: z.string().max(50),
    items: z.array(zTextLine).max(20),
    end: z.string().max(20),
  }),
  /** In whose name; the seal is set beside it. */
  sender: z.array(zTextLine).max(6),
  /** `join`: on the line of the text before it. */
  foot: z.array(zTextLine.extend({ join: z.boolean().optional() })).max(20),
});
export type Template = z.infer<typeof zTemplate>;
