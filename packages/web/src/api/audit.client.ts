import {
  type AuditEntryView,
  type AuditProof,
  type AuditWitnesses,
  zAuditEntry,
  zAuditProof,
  zAuditWitnesses,
} from '@gongjo/contract';
import { z } from 'zod';
import { get } from './fetch.client.ts';

const zEntries = z.object({ entries: z.array(zAuditEntry) });

/** Which entries a reader asks for; what is empty is left out. */
export interface EntriesAsked {
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  /** Entries before this one; null: from the newest on. */
  readonly before: number | null;
}

/** The desk's audit record. */
export const audit = {
  entries: async ({ before, ...words }: EntriesAsked): Promise<AuditEntryView[]> => {
    const query = new URLSearchParams();
    for (const [name, word] of Object.entries(words)) if (word.trim() !== '') query.set(name, word.trim());
    if (before !== null) query.set('before', String(before));
    return (await get(`/api/audit/entries?${query.toString()}`, zEntries)).entries;
  },
  proof: (seq: number): Promise<AuditProof> => get(`/api/audit/entries/${seq}`, zAuditProof),
  witnesses: (): Promise<AuditWitnesses> => get('/api/audit/witnesses', zAuditWitnesses),
};
