import { z } from 'zod';

/** Which groups the page shows, in its address, so that a link to them can be sent. */
export const alertFilters = ['open', 'silenced', 'handled', 'all'] as const;
export type AlertFilter = (typeof alertFilters)[number];
export const zAlertsAsked = z.object({
  show: z.enum(alertFilters).optional().catch(undefined),
  /** The group whose alerts are shown one by one. */
  group: z.string().optional().catch(undefined),
});
