import { z } from 'zod';

/** The lists that the page shows; the others are told with what they are for. */
export const shownLists = ['agencies', 'vasps', 'issuers', 'channels'] as const;
export type ShownList = (typeof shownLists)[number];

/** What the page shows, in its address, so that a link to an entry can be sent. */
export const zDirectoryAsked = z.object({
  list: z.enum(shownLists).optional().catch(undefined),
  /** The entry that is opened. */
  id: z.string().optional().catch(undefined),
  text: z.string().max(200).optional().catch(undefined),
  duty: z.literal('on').optional().catch(undefined),
});
export type DirectoryAsked = z.infer<typeof zDirectoryAsked>;
