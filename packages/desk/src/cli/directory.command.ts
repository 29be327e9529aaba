import { readFileSync } from 'node:fs';
import path from 'node:path';
import type {
  ChannelBetween,
  DirectoryFinding,
  DirectorySummary,
  DutyAnswer,
  MustKnow,
  NameFound,
} from '@gongjo/contract';
import type { Command } from 'commander';
import { detailOf, GongjoError } from '../kernel/index.ts';
import {
  channelsText,
  dutyText,
  type EntryLine,
  findingsText,
  foundText,
  linesText,
  summaryText,
  whoText,
} from './directory-text.ts';
import { exitCodes } from './exit-codes.ts';
import { instantIn } from './instant.ts';
import type { Kit } from './program.ts';

const collect = (value: string, all: string[] = []) => [...all, value];

export function directoryCommands(program: Command, kit: Kit): void {
  const directory = program.command('directory').description(kit.text('directoryGroup'));
  questions(directory, kit);
  files(directory, kit);
}

/** Asked of the directory, changing nothing. */
function questions(directory: Command, kit: Kit): void {
  const { text } = kit;
  kit
    .withDesk(
      kit.command(directory, 'list', 'directoryList', async ({ terminal, args, options, withDoor }) => {
        const { country, function: duty } = options as { country?: string; function?: string };
        const asked = queryOf({ list: args[0], country, function: duty });
        const answer = await withDoor((door) =>
          door.call<{ entries: EntryLine[] }>('GET', `/api/directory/entries${asked}`),
        );
        terminal.result(answer, () => linesText(terminal, answer.entries));
        return undefined;
      }),
    )
    .argument('[list]', text('directoryListName'))
    .option('--country <code>', text('directoryCountry'))
    .option('--function <name>', text('directoryFunction'));

  kit
    .withDesk(
      kit.command(directory, 'show', 'directoryShow', async ({ terminal, args, withDoor }) => {
        const answer = await withDoor((door) =>
          door.call('GET', `/api/directory/entries/${encodeURIComponent(args[0] ?? '')}`),
        );
        terminal.result(answer, () => JSON.stringify(answer, null, 2));
        return undefined;
      }),
    )
    .argument('<id>', text('directoryId'));

  kit
    .withDesk(
      kit.command(directory, 'who', 'directoryWho', async ({ terminal, args, options, withDoor }) => {
        const { country, at } = options as { country?: string[]; at?: string };
        const asked = queryOf({ kind: args[0], countries: country?.join(','), at: instantOf(at) });
        const answer = await withDoor((door) =>
          door.call<{ at: string; agencies: MustKnow[] }>('GET', `/api/directory/who${asked}`),
        );
        terminal.result(answer, () => whoText(terminal, answer.agencies));
        return undefined;
      }),
    )
    .argument('<kind>', text('directoryKind'))
    .requiredOption('--country <code>', text('directoryCountries'), collect)
    .option('--at <time>', text('directoryAt'));

  kit
    .withDesk(
      kit.command(directory, 'duty', 'directoryDuty', async ({ terminal, args, options, withDoor }) => {
        const asked = queryOf({ at: instantOf((options as { at?: string }).at) });
        const answer = await withDoor((door) =>
          door.call<DutyAnswer>('GET', `/api/directory/duty/${encodeURIComponent(args[0] ?? '')}${asked}`),
        );
        terminal.result(answer, () => dutyText(terminal, answer));
        return undefined;
      }),
    )
    .argument('<id>', text('directoryId'))
    .option('--at <time>', text('directoryAt'));

  kit
    .withDesk(
      kit.command(directory, 'channels', 'directoryChannels', async ({ terminal, args, options, withDoor }) => {
        const { carries, at } = options as { carries?: string; at?: string };
        const asked = queryOf({ from: args[0], to: args[1], carries, at: instantOf(at) });
        const answer = await withDoor((door) =>
          door.call<{ at: string; channels: ChannelBetween[] }>('GET', `/api/directory/channels${asked}`),
        );
        terminal.result(answer, () => channelsText(terminal, answer.channels));
        return undefined;
      }),
    )
    .argument('<from>', text('directoryFrom'))
    .argument('<to>', text('directoryTo'))
    .option('--carries <what>', text('directoryCarries'))
    .option('--at <time>', text('directoryAt'));

  kit
    .withDesk(
      kit.command(directory, 'find', 'directoryFind', async ({ terminal, args, withDoor }) => {
        const answer = await withDoor((door) =>
          door.call<{ found: NameFound[] }>('GET', `/api/directory/find${queryOf({ text: args.join(' ') })}`),
        );
        terminal.result(answer, () => foundText(terminal, answer.found));
        return undefined;
      }),
    )
    .argument('<name...>', text('directoryName'));

  kit
    .withDesk(
      kit.command(directory, 'export', 'directoryExport', async ({ terminal, options, withDoor }) => {
        const answer = await withDoor((door) =>
          door.call<{ published: unknown; objects: unknown[] }>('GET', '/api/directory/published'),
        );
        const shown = (options as { stix?: boolean }).stix ? { objects: answer.objects } : answer.published;
        terminal.result(shown, () => JSON.stringify(shown, null, 2));
        return undefined;
      }),
    )
    .option('--stix', text('directoryStix'));
}

/** What changes the agency’s own copy, and what says whether it may. */
function files(directory: Command, kit: Kit): void {
  const { text } = kit;
  kit
    .withDesk(
      kit.command(directory, 'validate', 'directoryValidate', async ({ terminal, args, withDoor }) => {
        const asked = { files: args.map(textOf) };
        const answer = await withDoor((door) =>
          door.call<{ findings: DirectoryFinding[] }>('POST', '/api/directory/validation', asked),
        );
        terminal.result(answer, () => findingsText(terminal, answer.findings));
        return answer.findings.length > 0 ? exitCodes.failed : undefined;
      }),
    )
    .argument('<files...>', text('directoryFiles'));

  kit
    .withDesk(
      kit.command(directory, 'put', 'directoryPut', async ({ terminal, args, withDoor }) => {
        const { name, ...file } = textOf(args[0] ?? '');
        const answer = await withDoor((door) =>
          door.call<DirectorySummary>('POST', '/api/directory/files', { ...file, name: path.basename(name) }),
        );
        terminal.result(answer, () => summaryText(terminal, answer));
        return undefined;
      }),
    )
    .argument('<file>', text('directoryFile'));

  kit
    .withDesk(
      kit.command(directory, 'remove', 'directoryRemove', async ({ terminal, args, withDoor }) => {
        const answer = await withDoor((door) =>
          door.call<DirectorySummary>('DELETE', `/api/directory/files/${encodeURIComponent(args[0] ?? '')}`),
        );
        terminal.result(answer, () => summaryText(terminal, answer));
        return undefined;
      }),
    )
    .argument('<name>', text('directoryFileName'));

  kit.withDesk(
    kit.command(directory, 'reload', 'directoryReload', async ({ terminal, withDoor }) => {
      const answer = await withDoor((door) => door.call<DirectorySummary>('POST', '/api/directory/reload'));
      terminal.result(answer, () => summaryText(terminal, answer));
      return undefined;
    }),
  );
}

function queryOf(values: Readonly<Record<string, string | undefined>>): string {
  const said = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return said.length === 0 ? '' : `?${new URLSearchParams(said)}`;
}

/** Any RFC 3339 time, as the API takes it. */
function instantOf(at: string | undefined): string | undefined {
  if (at === undefined) return undefined;
  const instant = instantIn(at);
  if (instant === null) throw new GongjoError('usage-wrong', { detail: `--at ${at}` });
  return instant;
}

function textOf(file: string): { name: string; text: string } {
  try {
    return { name: file, text: readFileSync(file, 'utf8') };
  } catch (thrown) {
    throw new GongjoError('settings-unreadable', { file, detail: detailOf(thrown) }, thrown);
  }
}
