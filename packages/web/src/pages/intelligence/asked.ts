import { z } from 'zod';

const zFilter = z.string().max(250).optional().catch(undefined);

/** What the list of objects is filtered by, in the page's address, so that a link to it can be sent. */
export const zObjectsAsked = z.object({ type: zFilter, origin: zFilter, text: zFilter });
