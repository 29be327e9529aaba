import { languages } from '@gongjo/contract';
import { z } from 'zod';

/** Stands apart from its route, which needs the table of all shapes. */
export const zDocsAsked = z.strictObject({ lang: z.enum(languages).optional() });
