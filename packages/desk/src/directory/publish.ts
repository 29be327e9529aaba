import type { DirectoryFile, Instant, Tlp } from '@gongjo/contract';
import { zDirectoryFile } from '@gongjo/contract';
import {
  languageContent,
  organizationIdentity,
  organizationIdentityId,
  type StixId,
  type StixObject,
} from '../stix/index.ts';
import type { Book } from './book.ts';

/** What is published under no other word. */
const defaultTlp: Tlp = 'amber';

/** The part of a directory that this agency shows to its partners: the entries that say `publish: true`, and nothing else. */
export function publishable(book: Book): DirectoryFile {
  const shown = <T extends { readonly publish: boolean }>(entries: ReadonlyMap<string, T>) =>
    [...entries.values()].filter(({ publish }) => publish);
  return {
    ...zDirectoryFile.parse({}),
    agencies: shown(book.agencies),
    vasps: shown(book.vasps),
    issuers: shown(book.issuers),
    channels: shown(book.channels),
    calendars: shown(book.calendars),
    rules: shown(book.rules),
  };
}

/**
 * Published agencies, services and issuers as STIX identities, each with its Korean name as language content. Identifiers
 * come from the desk and the entry, so that a partner sees a new version and not a new object.
 */
export function publishedObjects(
  book: Book,
  by: {
    readonly desk: string;
    readonly author: StixId;
    readonly now: Instant;
    /** When the first version of an object was made, for whoever has sent one already. */
    readonly createdOf?: (id: StixId) => Instant | undefined;
  },
): StixObject[] {
  const { agencies, vasps, issuers } = publishable(book);
  const organisations = [
    ...agencies.map((it) => ({ ...it, list: 'agencies', contact: addressesOf(it) })),
    ...vasps.map((it) => ({ ...it, list: 'vasps', contact: it.channel?.to })),
    ...issuers.map((it) => ({ ...it, list: 'issuers', contact: it.channel?.to })),
  ];
  return organisations.flatMap(({ id: entry, list, name, note, tlp = defaultTlp, contact, ...rest }): StixObject[] => {
    const id = organizationIdentityId(by.desk, list, entry);
    const created = by.createdOf?.(id);
    const stamp = { now: by.now, author: by.author, tlp, ...(created ? { created } : {}) };
    const roles = 'functions' in rest ? rest.functions : [];
    const identity = organizationIdentity({ id, name: name.en, description: note?.en, contact, roles }, stamp);
    const korean = { name: name.ko, ...(note ? { description: note.ko } : {}) };
    return [identity, languageContent(identity, korean, stamp)];
  });
}

function addressesOf({ duty }: DirectoryFile['agencies'][number]): string | undefined {
  const filled = (duty?.contacts ?? []).flatMap(({ role, channel, to }) => (to ? [`${role} ${channel}: ${to}`] : []));
  return filled.length === 0 ? undefined : filled.join('\n');
}
