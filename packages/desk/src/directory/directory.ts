import { type Text, zText } from '@gongjo/contract';
import { z } from 'zod';

/** One agency, exchange or other service: who it is and under whose law it stands. Data of the agency that runs the desk. */
export const zDirectoryEntry = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  name: zText,
  /** ISO 3166-1 alpha-2; absent where nobody knows (a mixer). */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  kind: z.enum(['agency', 'exchange', 'mixer', 'dex', 'bridge', 'service']),
});
export type DirectoryEntry = z.infer<typeof zDirectoryEntry>;

export const zDirectoryFile = z.strictObject({ entries: z.array(zDirectoryEntry).max(100_000) });

export interface Directory {
  find(id: string | null): DirectoryEntry | null;
  /** The name and country to show for a holder; null where the directory does not know it. */
  nameOf(id: string | null): Text | null;
  countryOf(id: string | null): string | null;
}

/** A later entry with the same id replaces an earlier one, so that an agency's own file can correct a shipped one. */
export function createDirectory(entries: readonly DirectoryEntry[]): Directory {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const find = (id: string | null) => (id === null ? null : (byId.get(id) ?? null));
  return { find, nameOf: (id) => find(id)?.name ?? null, countryOf: (id) => find(id)?.country ?? null };
}
