import { readFileSync } from 'node:fs';
import {
  identifierKinds,
  type OverlapAnswer,
  type OverlapAsk,
  type OverlapItem,
  type OverlapPartnerView,
  type OverlapTermsInput,
  type OverlapView,
  overlapItemsMax,
  overlapTerms,
  usualOverlapTerms,
} from '@gongjo/contract';
import type { Command } from 'commander';
import { detailOf, GongjoError } from '../kernel/index.ts';
import { exitCodes } from './exit-codes.ts';
import type { Kit } from './program.ts';
import { type Terminal, table } from './terminal.ts';

/** Comparisons with partners: by hand, the list, the key, the quotas. */
export function overlapCommands(program: Command, kit: Kit): void {
  const { text } = kit;
  const overlap = program.command('overlap').description(text('overlap'));

  kit
    .withDesk(
      kit.command(overlap, 'ask', 'overlapAsk', async ({ terminal, args, options, withDoor }) => {
        const lines = [...args, ...(options.file === undefined ? [] : linesOf(String(options.file)))];
        const body: OverlapAsk = {
          ...(options.partner === undefined ? {} : { desk: String(options.partner) }),
          items: lines.map(itemIn),
          purpose: String(options.purpose),
          legalBasis: options.legalBasis === undefined ? null : String(options.legalBasis),
          ...(options.disclosure === undefined ? {} : { disclosure: options.disclosure as 'open' }),
        };
        const answer = await withDoor((door) =>
          door.call<{ answers: OverlapAnswer[] }>('POST', '/api/overlap/asks', body),
        );
        terminal.result(answer, () => answersText(terminal, answer.answers));
        return answer.answers.some(({ problem }) => problem !== null) ? exitCodes.failed : undefined;
      }),
    )
    .argument('[item...]', text('overlapItem'))
    .option('--file <file>', text('overlapFile'))
    .option('--partner <desk>', text('overlapPartner'))
    .requiredOption('--purpose <text>', text('overlapPurpose'))
    .option('--legal-basis <text>', text('overlapBasis'))
    .option('--disclosure <kind>', text('overlapDisclosure'));

  kit
    .withDesk(
      kit.command(overlap, 'list', 'overlapList', async ({ terminal, options, withDoor }) =>
        withDoor(async (door) => {
          if (options.remove !== undefined) {
            await door.call('DELETE', `/api/overlap/entries/${encodeURIComponent(String(options.remove))}`);
            terminal.result({ removed: options.remove }, () => terminal.say('overlapRemoved'));
          } else if (options.add !== undefined) {
            const items = linesOf(String(options.add)).map(itemIn);
            const { disclosure, contact, reference = null } = options;
            if (disclosure === undefined || contact === undefined)
              throw new GongjoError('usage-wrong', { detail: '--add FILE --disclosure KIND --contact NAME' });
            const ids: string[] = [];
            for (let at = 0; at < items.length; at += overlapItemsMax) {
              const part = { items: items.slice(at, at + overlapItemsMax), disclosure, contact, reference };
              ids.push(...(await door.call<{ ids: string[] }>('POST', '/api/overlap/entries', part)).ids);
            }
            terminal.result({ ids }, () => terminal.say('overlapAdded', { count: ids.length }));
          } else {
            const view = await door.call<OverlapView>('GET', '/api/overlap');
            terminal.result(view, () => viewText(terminal, view));
          }
          return undefined;
        }),
      ),
    )
    .option('--add <file>', text('overlapAdd'))
    .option('--disclosure <kind>', text('overlapDisclosure'))
    .option('--contact <name>', text('overlapContact'))
    .option('--reference <number>', text('overlapReference'))
    .option('--remove <id>', text('overlapRemove'));

  kit
    .withDesk(
      kit.command(overlap, 'epoch', 'overlapEpoch', async ({ terminal, options, withDoor }) => {
        const view = await withDoor((door) =>
          options.rotate === true
            ? door.call<OverlapView>('POST', '/api/overlap/epoch', {})
            : door.call<OverlapView>('GET', '/api/overlap'),
        );
        const { epoch } = view;
        terminal.result(epoch, () =>
          epoch === null ? terminal.say('overlapNoKey') : terminal.say('overlapKey', epoch),
        );
        return undefined;
      }),
    )
    .option('--rotate', text('overlapRotate'));

  kit
    .withDesk(
      kit.command(overlap, 'quota', 'overlapQuota', async ({ terminal, args, options, withDoor }) =>
        withDoor(async (door) => {
          const { partners } = await door.call<OverlapView>('GET', '/api/overlap');
          const [desk] = args;
          const path = `/api/overlap/terms/${encodeURIComponent(desk ?? '')}`;
          const before = partners.find((it) => it.desk === desk)?.terms ?? usualOverlapTerms;
          const { hour, day, back, none } = options;
          if (desk !== undefined && none === true) {
            await door.call('DELETE', path);
            terminal.result({ desk, terms: null }, () => terminal.say('overlapEnded', { desk }));
          } else if (desk !== undefined && [hour, day, back].some((it) => it !== undefined)) {
            const terms = await door.call<OverlapTermsInput>('POST', path, {
              perHour: numberIn('--hour', hour, before.perHour),
              perDay: numberIn('--day', day, before.perDay),
              reverseCount: numberIn('--back', back, before.reverseCount),
            });
            const known = partners.find((it) => it.desk === desk);
            terminal.result({ desk, terms }, () => quotaTable(terminal, known ? [{ ...known, terms }] : []));
          } else {
            const shown = partners.filter((it) => desk === undefined || it.desk === desk);
            terminal.result({ partners: shown }, () => quotaTable(terminal, shown));
          }
          return undefined;
        }),
      ),
    )
    .argument('[desk]', text('overlapDesk'))
    .option('--hour <number>', text('overlapHour'))
    .option('--day <number>', text('overlapDay'))
    .option('--back <number>', text('overlapBack'))
    .option('--none', text('overlapNone'));
}

/** `KIND[/WITHIN] TEXT`. Throws `usage-wrong` that names the line. */
function itemIn(line: string): OverlapItem {
  const [, kindText = '', within, value = ''] = /^\s*([a-z]+)(?:\/(\S+))?\s+(.+?)\s*$/.exec(line) ?? [];
  const kind = identifierKinds.find((it) => it === kindText);
  if (kind === undefined)
    throw new GongjoError('usage-wrong', { detail: `"${line}" → ${identifierKinds.join('|')}[/WITHIN] TEXT` });
  return { kind, text: value, ...(within === undefined ? {} : { within }) };
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '' && !line.startsWith('#'));
  } catch (thrown) {
    throw new GongjoError('usage-wrong', { detail: `${file}: ${detailOf(thrown)}` });
  }
}

function numberIn(option: string, value: unknown, otherwise: number): number {
  if (value === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(String(value))) throw new GongjoError('usage-wrong', { detail: `${option} ${value}` });
  return Number(value);
}

const itemText = ({ kind, within, text }: OverlapItem): string =>
  `${kind}${within === undefined ? '' : `/${within}`} ${text}`;

function answersText(terminal: Terminal, answers: readonly OverlapAnswer[]): string {
  if (answers.length === 0) return terminal.say('overlapNobody');
  return answers
    .map(({ desk, session, asked, found, problem }) => {
      if (problem !== null) return terminal.say('overlapFailed', { desk, detail: problem.text[terminal.language] });
      const head = terminal.say('overlapAsked', { desk, count: asked, found: found.length, session: session ?? '–' });
      if (found.length === 0) return head;
      const rows = found.map(({ item, note }) => [itemText(item), note?.contact ?? '–', note?.reference ?? '–']);
      return [head, table(columns(terminal, 'Item', 'Contact', 'Reference'), rows)].join('\n');
    })
    .join('\n\n');
}

type Column = 'Item' | 'Told' | 'Contact' | 'Reference' | 'Partner' | 'Hour' | 'Day' | 'Back' | 'Alarm';
const columns = (terminal: Terminal, ...names: Column[]): string[] =>
  names.map((it) => terminal.say(`overlapColumn${it}`));

function viewText(terminal: Terminal, { list, matches }: OverlapView): string {
  const head = terminal.say('overlapHolds', list);
  if (matches.length === 0) return head;
  const rows = matches.map(({ desk, item, told, theirNote }) => [
    desk,
    itemText(item),
    terminal.say(told ? 'overlapTold' : 'overlapNotTold'),
    theirNote?.contact ?? '–',
    theirNote?.reference ?? '–',
  ]);
  return [head, table(columns(terminal, 'Partner', 'Item', 'Told', 'Contact', 'Reference'), rows)].join('\n\n');
}

function quotaTable(terminal: Terminal, partners: readonly OverlapPartnerView[]): string {
  if (partners.length === 0) return terminal.say('overlapNobody');
  const rows = partners.map(({ desk, terms, askedThisHour, askedToday, suspicion }) => [
    desk,
    terms === null ? '–' : `${askedThisHour} / ${terms.perHour}`,
    terms === null ? '–' : `${askedToday} / ${terms.perDay}`,
    terms === null ? '–' : String(terms.reverseCount),
    overlapTerms.level[suspicion.level][terminal.language],
  ]);
  return table(columns(terminal, 'Partner', 'Hour', 'Day', 'Back', 'Alarm'), rows);
}
