import type {
  Agency,
  Calendar,
  DirectoryEntry,
  DirectoryFile,
  EscalationStep,
  Issuer,
  LegalChannel,
  NotifyRule,
  Vasp,
} from '@gongjo/contract';

/** The whole directory: what is left when every file has been laid over the ones before it. */
export interface Book {
  readonly agencies: ReadonlyMap<string, Agency>;
  readonly vasps: ReadonlyMap<string, Vasp>;
  readonly issuers: ReadonlyMap<string, Issuer>;
  readonly channels: ReadonlyMap<string, LegalChannel>;
  readonly calendars: ReadonlyMap<string, Calendar>;
  readonly rules: ReadonlyMap<string, NotifyRule>;
  readonly entries: ReadonlyMap<string, DirectoryEntry>;
  readonly escalation: readonly EscalationStep[];
}

const mapOf = <T extends { readonly id: string }>(lists: readonly (readonly T[])[]): ReadonlyMap<string, T> =>
  new Map(lists.flat().map((item) => [item.id, item]));

/** Files in order: a later entry with the same identifier replaces an earlier one, whole. */
export function bookOf(files: readonly DirectoryFile[]): Book {
  return {
    agencies: mapOf(files.map((it) => it.agencies)),
    vasps: mapOf(files.map((it) => it.vasps)),
    issuers: mapOf(files.map((it) => it.issuers)),
    channels: mapOf(files.map((it) => it.channels)),
    calendars: mapOf(files.map((it) => it.calendars)),
    rules: mapOf(files.map((it) => it.rules)),
    entries: mapOf(files.map((it) => it.entries)),
    escalation: files.findLast((it) => it.escalation !== undefined)?.escalation ?? [],
  };
}

/** Whether an entry is so on a day (UTC): from its first day until before its last. */
export function holds(
  entry: { validFrom?: string | undefined; validUntil?: string | undefined },
  date: string,
): boolean {
  const { validFrom, validUntil } = entry;
  return (validFrom === undefined || validFrom <= date) && (validUntil === undefined || date < validUntil);
}
