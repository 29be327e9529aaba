import {
  agencyFunctions,
  channelCargo,
  type DirectoryList,
  directoryLists,
  zCountry,
  zEntryId,
  zIncidentKind,
  zInstant,
} from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { recordAudit } from '../audit/index.ts';
import {
  channelsBetween,
  DIRECTORY_CHARS_MAX,
  findByName,
  onDuty,
  publishable,
  publishedObjects,
  whoMustKnow,
} from '../directory/index.ts';
import { GongjoError, instant } from '../kernel/index.ts';
import { deskIdentityId } from '../stix/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput } from './parse.ts';
import { viewerOf } from './viewer.ts';

/** Twice the text, for JSON escapes. */
const fileBytesMax = 2 * DIRECTORY_CHARS_MAX;
const filesMax = 100;

export const zFile = z.strictObject({ name: z.string().min(1).max(500), text: z.string().max(DIRECTORY_CHARS_MAX) });
export const zValidation = z.strictObject({ files: z.array(zFile).min(1).max(filesMax) });
const zAt = zInstant.optional();
export const zListAsked = z.strictObject({
  list: z.enum(directoryLists).optional(),
  country: zCountry.optional(),
  function: z.enum(agencyFunctions).optional(),
});
export const zDutyAsked = z.strictObject({ at: zAt });
export const zNameAsked = z.strictObject({ text: z.string().min(1).max(200) });
export const zWhoAsked = z.strictObject({
  kind: zIncidentKind,
  /** `KR,US`. */
  countries: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(zCountry).min(1).max(60)),
  at: zAt,
});
export const zChannelsAsked = z.strictObject({
  from: zCountry,
  to: zCountry,
  carries: z.enum(channelCargo).optional(),
  at: zAt,
});

export function directoryRoutes(api: FastifyInstance, context: HttpContext): void {
  const { directory, directoryFiles, records, clock, feed, partnerContext } = context;
  const at = (asked: string | undefined) => asked ?? instant(clock.now());

  api.get('/api/directory', async () => {
    return directoryFiles.summary();
  });

  /** Every entry in one line; the whole of it is asked for by its identifier. */
  api.get('/api/directory/entries', async (request) => {
    const { list, country, function: duty } = parseInput(zListAsked, request.query);
    const lists = list === undefined ? directoryLists : [list];
    const lines = lists.flatMap((each) => [...directory.book[each].values()].map((entry) => lineOf(each, entry)));
    return {
      entries: lines.filter(
        (it) =>
          (country === undefined || it.countries.includes(country)) &&
          (duty === undefined || it.functions.includes(duty)),
      ),
    };
  });

  api.get<{ Params: { id: string } }>('/api/directory/entries/:id', async (request) => {
    const id = parseInput(zEntryId, request.params.id);
    const found = directoryLists.flatMap((list) => {
      const entry = directory.book[list].get(id);
      return entry ? [{ list, entry }] : [];
    });
    if (found.length === 0) throw new GongjoError('not-found');
    return { found };
  });

  api.get('/api/directory/who', async (request) => {
    const asked = parseInput(zWhoAsked, request.query);
    const question = { kind: asked.kind, jurisdictions: asked.countries, at: at(asked.at) };
    return { at: question.at, agencies: whoMustKnow(directory.book, question) };
  });

  /** Who is on duty: every agency at once. */
  api.get('/api/directory/duty', async (request) => {
    const when = at(parseInput(zDutyAsked, request.query).at);
    const agencies = [...directory.book.agencies.values()];
    return { at: when, agencies: agencies.map((it) => ({ agency: it.id, ...onDuty(directory.book, it, when) })) };
  });

  api.get<{ Params: { agency: string } }>('/api/directory/duty/:agency', async (request) => {
    const asked = parseInput(zDutyAsked, request.query);
    const agency = directory.book.agencies.get(request.params.agency);
    if (!agency) throw new GongjoError('not-found');
    const when = at(asked.at);
    return { agency: agency.id, at: when, ...onDuty(directory.book, agency, when) };
  });

  api.get('/api/directory/channels', async (request) => {
    const asked = parseInput(zChannelsAsked, request.query);
    const question = { ...asked, at: at(asked.at) };
    return { at: question.at, channels: channelsBetween(directory.book, question) };
  });

  api.get('/api/directory/find', async (request) => {
    const { text } = parseInput(zNameAsked, request.query);
    return { found: findByName(directory.book, text) };
  });

  /** What partners are shown: as the directory has it, and as STIX identities. */
  api.get('/api/directory/published', async () => {
    const { desk } = partnerContext.desk;
    const by = { desk, author: deskIdentityId(desk), now: instant(clock.now()) };
    return { published: publishable(directory.book), objects: publishedObjects(directory.book, by) };
  });

  api.post('/api/directory/validation', { bodyLimit: fileBytesMax }, async (request) => {
    const { files } = parseInput(zValidation, request.body);
    return { findings: directoryFiles.validate(files) };
  });

  api.post('/api/directory/reload', async (request) => {
    const { name } = viewerOf(request);
    directoryFiles.reload();
    await changed(name, 'directory.reloaded', 'directory');
    return directoryFiles.summary();
  });

  api.post('/api/directory/files', { bodyLimit: fileBytesMax }, async (request) => {
    const { name } = viewerOf(request);
    const file = parseInput(zFile, request.body);
    directoryFiles.put(file.name, file.text);
    await changed(name, 'directory.written', file.name);
    return directoryFiles.summary();
  });

  api.delete<{ Params: { name: string } }>('/api/directory/files/:name', async (request) => {
    const { name } = viewerOf(request);
    directoryFiles.put(request.params.name, null);
    await changed(name, 'directory.removed', request.params.name);
    return directoryFiles.summary();
  });

  async function changed(actor: string, action: `directory.${string}`, subject: string): Promise<void> {
    const details = directoryFiles.summary();
    await records.transaction((tx) => recordAudit(tx, clock, { actor, action, subject, details }));
    feed.publish('incidents', 'status');
  }
}

type Entry = { readonly id: string; readonly name: { readonly en: string; readonly ko: string } };

function lineOf(list: DirectoryList, entry: Entry) {
  const { country, countries, functions, certainty, asOf, desk } = entry as Partial<{
    country: string;
    countries: string[];
    functions: string[];
    certainty: string;
    asOf: string;
    desk: string;
  }>;
  return {
    list,
    id: entry.id,
    name: entry.name,
    countries: [...new Set([...(country === undefined ? [] : [country]), ...(countries ?? [])])],
    functions: functions ?? [],
    certainty: certainty ?? null,
    asOf: asOf ?? null,
    desk: desk ?? null,
  };
}
