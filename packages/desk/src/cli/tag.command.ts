import {
  type AddressTags,
  fill,
  type Tag,
  type TagImport,
  type TagListKind,
  type TagRefusal,
  type TagRun,
  type TagRunDetail,
  tagListKinds,
  terms,
} from '@gongjo/contract';
import type { Command } from 'commander';
import { GongjoError } from '../kernel/index.ts';
import { chainOfTicker } from '../ledger/index.ts';
import { chainNamed } from './chain-name.ts';
import { exitCodes } from './exit-codes.ts';
import { filesOf, sourcesOf } from './list-files.ts';
import type { Kit } from './program.ts';
import { plain, type Terminal, table } from './terminal.ts';
import type { TextKey } from './texts.ts';

/** Refused rows that a person is shown of each list; a program gets all. */
const refusalsShown = 50;

export function tagCommands(program: Command, kit: Kit): void {
  const { text } = kit;
  const tags = program.command('tags').description(text('tagsGroup'));
  const imports = tags.command('import').description(text('tagsImport'));
  const descriptions: Readonly<Record<TagListKind, TextKey>> = {
    tagpack: 'tagsImportTagpack',
    ofac: 'tagsImportOfac',
    csv: 'tagsImportCsv',
  };
  for (const kind of tagListKinds) importCommand(imports, kit, kind, descriptions[kind]);

  kit
    .withDesk(
      kit.command(tags, 'show', 'tagsShow', async ({ terminal, args, withDoor }) => {
        const [chainText = '', address = ''] = args;
        const chain = chainText.includes(':') ? null : chainOfTicker(chainText, address);
        const query = new URLSearchParams({ chain: chain ?? chainNamed(chainText), address });
        const found = await withDoor((door) => door.call<AddressTags>('GET', `/api/tags?${query}`));
        terminal.result(found, () => addressText(terminal, found));
        return undefined;
      }),
    )
    .argument('<chain>', text('chain'))
    .argument('<address>', text('addressAsked'));

  kit
    .withDesk(
      kit.command(tags, 'history', 'tagsHistory', async ({ terminal, args, options, withDoor }) => {
        const { run } = options as { run?: string };
        const [source] = args;
        if (run !== undefined && (source === undefined || !/^[1-9]\d{0,9}$/.test(run)))
          throw new GongjoError('usage-wrong', { detail: `--run ${run}` });
        const query = new URLSearchParams({ ...(source ? { source } : {}), ...(run ? { run } : {}) });
        const path = `/api/tags/history?${query}`;
        if (run !== undefined) {
          const detail = await withDoor((door) => door.call<TagRunDetail>('GET', path));
          terminal.result(detail, () => changesText(terminal, detail));
        } else {
          const answer = await withDoor((door) => door.call<{ runs: TagRun[] }>('GET', path));
          terminal.result(answer, () => runsText(terminal, answer.runs));
        }
        return undefined;
      }),
    )
    .argument('[source]', text('sourceAsked'))
    .option('--run <number>', text('runAsked'));
}

/** Each list is a request of its own: one that cannot be read is told, and the others go in. */
function importCommand(parent: Command, kit: Kit, kind: TagListKind, description: TextKey): void {
  const { text } = kit;
  kit
    .withDesk(
      kit.command(parent, kind, description, async ({ terminal, args, options, withDoor }) => {
        const { source } = options as { source?: string };
        const lists = sourcesOf(kind, args, source);
        if (lists.length === 0)
          throw new GongjoError('usage-wrong', { detail: terminal.say('noLists', { paths: args.join(', ') }) });
        const imported: TagImport[] = [];
        let failed = false;
        await withDoor(async (door) => {
          for (const list of lists) {
            try {
              const asked = { kind, source: list.source, files: filesOf(list) };
              imported.push(await door.call<TagImport>('POST', '/api/tags/imports', asked));
            } catch (thrown) {
              if (!(thrown instanceof GongjoError) || lists.length === 1) throw thrown;
              failed = true;
              terminal.problem(thrown.problem);
            }
          }
        });
        terminal.result({ imports: imported }, () => imported.map((it) => importText(terminal, it)).join('\n'));
        return failed ? exitCodes.failed : undefined;
      }),
    )
    .argument('<paths...>', text('listPaths'))
    .option('--source <name>', text('sourceName'));
}

function importText(terminal: Terminal, imported: TagImport): string {
  const { refusals, refused, source, tags, actors, added, changed, removed } = imported;
  const head = plain(terminal.say('tagsImported', { source, tags, actors, added, changed, removed, refused }));
  if (refused === 0) return head;
  const shown = refusals.slice(0, refusalsShown);
  const rows = table(
    headOf(terminal, ['columnFile', 'columnRow', 'columnValue', 'columnReason']),
    shown.map((it) => [it.file, String(it.row), it.value, reasonText(terminal, it)]),
  );
  const rest = refused > shown.length ? `\n${terminal.say('moreRows', { count: refused - shown.length })}` : '';
  return `${head}\n${terminal.say('refusedRows')}\n${rows}${rest}\n`;
}

function reasonText({ language }: Terminal, { reason, of }: TagRefusal): string {
  return fill(terms.refusal[reason][language], { of });
}

function addressText(terminal: Terminal, { tags, past }: AddressTags): string {
  const now = tags.length === 0 ? terminal.say('none') : tagTable(terminal, tags);
  if (past.length === 0) return now;
  const gone = tagTable(
    terminal,
    past.map(({ tag }) => tag),
  );
  return `${now}\n\n${terminal.say('takenBack')}\n${gone}`;
}

function tagTable(terminal: Terminal, tags: readonly Tag[]): string {
  const { language } = terminal;
  return table(
    headOf(terminal, [
      ...(['columnLabel', 'columnCategory', 'columnAbuse', 'columnHolder', 'columnConfidence'] as const),
      ...(['columnList', 'columnModified'] as const),
    ]),
    tags.map((tag) => [
      tag.label,
      terms.category[tag.category][language],
      tag.abuse ? terms.abuse[tag.abuse][language] : '–',
      tag.holder ? [tag.holder.name, ...tag.holder.countries].join(' ') : (tag.actor ?? '–'),
      String(tag.confidence),
      tag.source,
      tag.modified ?? '–',
    ]),
  );
}

function runsText(terminal: Terminal, runs: readonly TagRun[]): string {
  if (runs.length === 0) return terminal.say('none');
  return table(
    headOf(terminal, [
      ...(['columnList', 'columnRun', 'columnTime', 'columnTags'] as const),
      ...(['columnAdded', 'columnChanged', 'columnRemoved', 'columnRefused'] as const),
    ]),
    runs.map((it) => [
      it.source,
      String(it.run),
      it.at ?? '–',
      String(it.tags),
      ...[it.added, it.changed, it.removed, it.refused].map(String),
    ]),
  );
}

function changesText(terminal: Terminal, run: TagRunDetail): string {
  const rows = table(
    headOf(terminal, ['columnChange', 'columnChain', 'columnAddress', 'columnLabel']),
    run.changes.map(({ change, chain, address, label }) => [
      terms.tagChange[change][terminal.language],
      chain ?? '–',
      address ?? '–',
      label,
    ]),
  );
  return `${runsText(terminal, [run])}\n\n${rows}${run.truncated ? `\n${terminal.say('truncatedChanges')}` : ''}`;
}

function headOf(terminal: Terminal, keys: readonly TextKey[]): string[] {
  return keys.map((key) => terminal.say(key));
}
