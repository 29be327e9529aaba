import { type Hold, type HoldFile, type HoldSummary, holdDeskTerms, holdTerms, terms } from '@gongjo/contract';
import type { Command } from 'commander';
import { amountText } from '../kernel/index.ts';
import { askedHoldCommands } from './asked-hold.command.ts';
import { readHoldFile, writeHoldFiles } from './hold-files.ts';
import { amountsIn, timeIn } from './hold-options.ts';
import { writeNew } from './new-file.ts';
import type { Acting, Kit } from './program.ts';
import { plain, type Terminal, table } from './terminal.ts';
import type { TextKey } from './texts.ts';
import { collect } from './up.command.ts';

const pathOf = (id: string | undefined, what = '') => `/api/holds/${encodeURIComponent(id ?? '')}${what}`;

export function holdCommands(program: Command, kit: Kit): void {
  const { text } = kit;
  const hold = program.command('hold').description(text('hold'));

  words(
    kit
      .withDesk(
        kit.command(hold, 'draft', 'holdDraft', async ({ terminal, args, options, withDoor }) => {
          const { alert, address, addressee } = options as Record<string, string | undefined>;
          const asked = { incident: args[0], alert, address, addressee, ...wordsIn(options) };
          const drafted = await withDoor((door) => door.call<Hold>('POST', '/api/holds', asked));
          const { language } = terminal;
          terminal.result(drafted, () =>
            [
              terminal.say('holdDrafted', { id: drafted.id, who: drafted.addressee.name[language] }),
              ...missingText(terminal, drafted),
              ...joinedText(terminal, drafted),
            ].join('\n'),
          );
          return undefined;
        }),
      )
      .argument('<incident>', text('incidentId'))
      .option('--alert <id>', text('holdAlert'))
      .option('--address <address>', text('holdAddress'))
      .option('--addressee <entry>', text('holdAddressee')),
    kit,
  );

  kit
    .withDesk(
      kit.command(hold, 'list', 'holdList', async ({ terminal, options, withDoor }) => {
        const { incident } = options as { incident?: string };
        const asked = new URLSearchParams(incident === undefined ? {} : { incident });
        const answer = await withDoor((door) => door.call<{ holds: HoldSummary[] }>('GET', `/api/holds?${asked}`));
        terminal.result(answer, () => listText(terminal, answer.holds));
        return undefined;
      }),
    )
    .option('--incident <id>', text('incidentId'));

  kit
    .withDesk(
      kit.command(hold, 'show', 'holdShow', async ({ terminal, args, withDoor }) => {
        const found = await withDoor((door) => door.call<Hold>('GET', pathOf(args[0])));
        terminal.result(found, () => holdText(terminal, found));
        return undefined;
      }),
    )
    .argument('<id>', text('holdId'));

  words(
    act(hold, kit, 'revise', 'holdRevise', async ({ options }) => wordsIn(options)),
    kit,
  );

  kit
    .withDesk(
      kit.command(hold, 'approve', 'holdApprove', async ({ terminal, args, options, withDoor }) => {
        const approved = await withDoor((door) => {
          const { digest } = options as { digest: string };
          return door.call<Hold>('POST', pathOf(args[0], '/approve'), { digest });
        });
        terminal.result(approved, () => nowText(terminal, approved));
        return undefined;
      }),
    )
    .argument('<id>', text('holdId'))
    .requiredOption('--digest <sha256>', text('holdDigest'));

  act(hold, kit, 'send', 'holdSend', async ({ options: { way, to, at } }) => ({
    ...{ way, to },
    at: timeIn(at as string | undefined),
  }))
    .requiredOption('--way <way>', text('holdWay'))
    .option('--to <address>', text('holdTo'))
    .option('--at <time>', text('holdSentAt'));

  answer(hold, kit, 'answer', 'holdAnswer', (options) => ({ event: options.event, amounts: amountsIn(options.amount) }))
    .requiredOption('--event <event>', text('holdEvent'))
    .option('--amount <asset=units>', text('holdAmount'), collect);
  answer(hold, kit, 'extend', 'holdExtend', () => ({ event: 'extend' }));
  answer(hold, kit, 'release', 'holdRelease', () => ({ event: 'release' }));

  kit
    .withDesk(
      kit.command(hold, 'letter', 'holdLetter', async ({ terminal, args, options, withDoor }) => {
        const { output } = options as { output: string };
        const { documents } = await withDoor((door) =>
          door.call<{ documents: { name: string; sha256: string; content: string }[] }>(
            'GET',
            pathOf(args[0], '/documents'),
          ),
        );
        const written = writeHoldFiles(output, documents);
        terminal.result({ folder: output, documents: written }, () =>
          terminal.say('holdWritten', { count: written.length, folder: output }),
        );
        return undefined;
      }),
    )
    .argument('<id>', text('holdId'))
    .requiredOption('-o, --output <folder>', text('holdFolder'));

  fileCommands(hold, kit);
  askedHoldCommands(hold, kit);
}

/** Files that came back. */
function fileCommands(hold: Command, kit: Kit): void {
  const { text } = kit;
  kit
    .withDesk(
      kit.command(hold, 'receive', 'holdReceive', async ({ terminal, args, options, withDoor }) => {
        const { file = '', kind, mediaType, from, at, note } = options as Record<string, string | undefined>;
        const body = { ...readHoldFile(file), kind, mediaType, from, receivedAt: timeIn(at), note };
        const received = await withDoor((door) =>
          door.call<{ file: HoldFile; hold: Hold }>('POST', pathOf(args[0], '/received'), body),
        );
        const { id, name, sha256 } = received.file;
        terminal.result(received.file, () => terminal.say('holdReceived', { id, name: plain(name), sha256 }));
        return undefined;
      }),
    )
    .argument('<id>', text('holdId'))
    .requiredOption('--file <file>', text('holdFile'))
    .requiredOption('--kind <kind>', text('holdFileKind'))
    .option('--from <name>', text('holdFileFrom'))
    .option('--at <time>', text('holdFileAt'))
    .option('--note <text>', text('holdFileNote'))
    .option('--media-type <type>', text('caseMediaType'));

  kit
    .withDesk(
      kit.command(hold, 'fetch', 'holdFetch', async ({ terminal, args, options, withDoor }) => {
        const { output } = options as { output: string };
        const what = `/received/${encodeURIComponent(args[1] ?? '')}?as=json`;
        const { base64, ...file } = await withDoor((door) =>
          door.call<HoldFile & { base64: string }>('GET', pathOf(args[0], what)),
        );
        writeNew(output, Buffer.from(base64, 'base64'));
        terminal.result({ ...file, output }, () => terminal.say('holdFetched', { file: output, sha256: file.sha256 }));
        return undefined;
      }),
    )
    .argument('<id>', text('holdId'))
    .argument('<file>', text('holdFileId'))
    .requiredOption('-o, --output <file>', text('holdFileOutput'));
}

/** A step of one request that answers how it stands then. */
function act(
  parent: Command,
  kit: Kit,
  usage: 'revise' | 'send',
  description: TextKey,
  bodyOf: (acting: Acting) => Promise<object>,
): Command {
  return kit
    .withDesk(
      kit.command(parent, usage, description, async (acting) => {
        const { terminal, args, withDoor } = acting;
        const body = await bodyOf(acting);
        const now = await withDoor((door) => door.call<Hold>('POST', pathOf(args[0], `/${usage}`), body));
        terminal.result(now, () => nowText(terminal, now));
        return undefined;
      }),
    )
    .argument('<id>', kit.text('holdId'));
}

function answer(
  parent: Command,
  kit: Kit,
  usage: string,
  description: TextKey,
  said: (options: Acting['options']) => object,
): Command {
  const { text } = kit;
  return kit
    .withDesk(
      kit.command(parent, usage, description, async ({ terminal, args, options, withDoor }) => {
        const { until, at, reference, reason } = options as Record<string, string | undefined>;
        const body = { ...said(options), until: timeIn(until), at: timeIn(at), reference, reason };
        const now = await withDoor((door) => door.call<Hold>('POST', pathOf(args[0], '/answer'), body));
        terminal.result(now, () => nowText(terminal, now));
        return undefined;
      }),
    )
    .argument('<id>', text('holdId'))
    .option('--until <time>', text('holdUntil'))
    .option('--at <time>', text('holdAt'))
    .option('--reference <number>', text('holdReference'))
    .option('--reason <text>', text('holdReason'));
}

/** What a person may say of a draft. */
function words(command: Command, { text }: Kit): Command {
  return command
    .option('--scope <scope>', text('holdScope'))
    .option('--days <number>', text('holdDays'))
    .option('--reference <number>', text('holdReference'))
    .option('--case <number>', text('holdCase'))
    .option('--basis-en <text>', text('holdBasisEn'))
    .option('--basis-ko <text>', text('holdBasisKo'))
    .option('--disclosure', text('holdDisclosure'))
    .option('--no-disclosure', text('holdNoDisclosure'))
    .option('--disclosure-basis-en <text>', text('holdDisclosureBasisEn'))
    .option('--disclosure-basis-ko <text>', text('holdDisclosureBasisKo'))
    .option('--entity <name>', text('holdEntity'))
    .option('--hop-before <address>', text('holdHopBefore'))
    .option('--no-hop-before', text('holdNoHopBefore'));
}

function wordsIn(options: Acting['options']): object {
  const { scope, days, reference, case: caseNumber, entity } = options as Record<string, string | undefined>;
  const { basisEn, basisKo, disclosureBasisEn, disclosureBasisKo } = options as Record<string, string | undefined>;
  const { disclosure, hopBefore } = options as { disclosure?: boolean; hopBefore?: string | false };
  return {
    ...{ scope, reference, caseNumber, entity, disclosure },
    ...(days !== undefined && { days: Number(days) }),
    legalBasis: inBoth(basisEn, basisKo),
    disclosureBasis: inBoth(disclosureBasisEn, disclosureBasisKo),
    hopBefore: hopBefore === false ? null : hopBefore,
  };
}

/** The one that is there stands for both. */
function inBoth(en: string | undefined, ko: string | undefined): object | undefined {
  return (en ?? ko) === undefined ? undefined : { en: en ?? ko, ko: ko ?? en };
}

function listText(terminal: Terminal, holds: readonly HoldSummary[]): string {
  if (holds.length === 0) return terminal.say('none');
  const { language } = terminal;
  const head = ['columnId', 'columnNumber', 'columnDesk', 'columnHolder', 'columnAmount', 'columnState'] as const;
  const rest = ['columnExpiry', 'columnParallel'] as const;
  return table(
    [...head, ...rest].map((key) => terminal.say(key)),
    holds.map((it) => [
      it.id,
      it.number ?? '',
      it.desk?.name[language] ?? terminal.say('holdOwn'),
      it.addressee[language],
      it.amounts.map((amount) => amountText(BigInt(amount.units), amount)).join(', '),
      holdTerms.state[it.state][language],
      it.expiresAt ?? '',
      it.parallel > 0 ? String(it.parallel) : '',
    ]),
  );
}

function nowText(terminal: Terminal, hold: Hold): string {
  const state = holdTerms.state[hold.progress.state][terminal.language];
  return terminal.say('holdNow', { id: hold.id, state });
}

function missingText(terminal: Terminal, { missing }: Hold): string[] {
  const named = missing.map((code) => terms.requirement[code][terminal.language]);
  return missing.length === 0 ? [] : [terminal.say('holdMissing', { missing: named.join(', ') })];
}

function joinedText(terminal: Terminal, { parallel }: Hold): string[] {
  const { language } = terminal;
  return parallel.map(({ id, desk, state }) =>
    terminal.say('holdJoined', {
      id,
      desk: desk?.name[language] ?? terminal.say('holdOwn'),
      state: holdTerms.state[state][language],
    }),
  );
}

function holdText(terminal: Terminal, hold: Hold): string {
  const { language } = terminal;
  const { facts, addressee } = hold;
  return [
    nowText(terminal, hold),
    `${hold.number ?? '–'}  ${plain((addressee.entity ?? addressee.name)[language])}  ${facts.address}`,
    ...facts.amounts.map((amount) => plain(amountText(BigInt(amount.units), amount))),
    ...hold.clocks.map(
      ({ kind, dueAt, state }) =>
        `${holdTerms.clock[kind][language]}: ${dueAt} (${holdTerms.clockState[state][language]})`,
    ),
    ...missingText(terminal, hold),
    ...joinedText(terminal, hold),
    ...hold.happened.map(
      ({ at, kind, by, reason, reference }) =>
        `${at}  ${holdTerms.event[kind][language]}  ${plain([by, reference, reason].filter(Boolean).join('  '))}`,
    ),
    ...hold.refusedWords.map(({ desk, at, event, file, problem }) =>
      terminal.say('holdWordRefused', {
        ...{ at, desk, why: problem.text[language] },
        what: plain([holdDeskTerms.word[event][language], file].filter(Boolean).join(' ')),
      }),
    ),
    ...hold.documents.map(({ name, sha256 }) => `${name}  ${sha256}`),
    ...hold.received.map(
      ({ id, kind, name, bytes, sha256, from, receivedAt }) =>
        `${receivedAt}  ${holdTerms.fileKind[kind][language]}  ${plain(`${name}  ${from}`)}  ${bytes}  ${sha256}  ${id}`,
    ),
    terminal.say('holdDigestIs', { digest: hold.digest }),
  ].join('\n');
}
