import { type AskedHold, type AskedHoldSummary, holdDeskTerms, holdTerms } from '@gongjo/contract';
import type { Command } from 'commander';
import { amountText } from '../kernel/index.ts';
import { readHoldFile } from './hold-files.ts';
import { amountsIn, timeIn } from './hold-options.ts';
import type { Kit } from './program.ts';
import { plain, type Terminal, table } from './terminal.ts';
import { collect } from './up.command.ts';

const pathOf = (desk = '', id = '', what = '') =>
  `/api/asked-holds/${encodeURIComponent(desk)}/${encodeURIComponent(id)}${what}`;

/** Hold requests that partners make to this desk. */
export function askedHoldCommands(hold: Command, kit: Kit): void {
  const { text } = kit;
  kit.withDesk(
    kit.command(hold, 'asked', 'holdAsked', async ({ terminal, withDoor }) => {
      const answer = await withDoor((door) => door.call<{ holds: AskedHoldSummary[] }>('GET', '/api/asked-holds'));
      terminal.result(answer, () => listText(terminal, answer.holds));
      return undefined;
    }),
  );

  kit
    .withDesk(
      kit.command(hold, 'tell', 'holdTell', async ({ terminal, args: [desk, id], options, withDoor }) => {
        const { event, until, reference, reason, note } = options as Record<string, string | undefined>;
        const body = { event, amounts: amountsIn(options.amount), until: timeIn(until), reference, reason, note };
        const now = await withDoor((door) => door.call<AskedHold>('POST', pathOf(desk, id, '/answer'), body));
        terminal.result(now, () => nowText(terminal, now));
        return undefined;
      }),
    )
    .argument('<desk>', text('holdAsker'))
    .argument('<id>', text('holdId'))
    .requiredOption('--event <event>', text('holdTellEvent'))
    .option('--amount <asset=units>', text('holdAmount'), collect)
    .option('--until <time>', text('holdUntil'))
    .option('--reference <number>', text('holdTellReference'))
    .option('--reason <text>', text('holdReason'))
    .option('--note <text>', text('holdFileNote'));

  kit
    .withDesk(
      kit.command(hold, 'give', 'holdGive', async ({ terminal, args: [desk, id], options, withDoor }) => {
        const { file = '', kind, note, mediaType } = options as Record<string, string | undefined>;
        const body = { ...readHoldFile(file), kind, note, mediaType };
        const now = await withDoor((door) => door.call<AskedHold>('POST', pathOf(desk, id, '/files'), body));
        terminal.result(now, () => nowText(terminal, now));
        return undefined;
      }),
    )
    .argument('<desk>', text('holdAsker'))
    .argument('<id>', text('holdId'))
    .requiredOption('--file <file>', text('holdGivenFile'))
    .requiredOption('--kind <kind>', text('holdFileKind'))
    .option('--note <text>', text('holdFileNote'))
    .option('--media-type <type>', text('caseMediaType'));
}

function listText(terminal: Terminal, holds: readonly AskedHoldSummary[]): string {
  if (holds.length === 0) return terminal.say('none');
  const { language } = terminal;
  const head = ['columnId', 'columnNumber', 'columnDesk', 'columnAmount', 'columnState', 'columnExpiry'] as const;
  return table(
    head.map((key) => terminal.say(key)),
    holds.map((it) => [
      it.id,
      it.number,
      it.desk.id,
      it.facts.amounts.map((amount) => amountText(BigInt(amount.units), amount)).join(', '),
      holdTerms.state[it.stateThere ?? it.state][language],
      it.expiresAt ?? '',
    ]),
  );
}

function nowText(terminal: Terminal, { id, state, words }: AskedHold): string {
  const { language } = terminal;
  const last = words.at(-1);
  return [
    terminal.say('holdNow', { id, state: holdTerms.state[state][language] }),
    ...(last
      ? [
          `${last.at}  ${holdDeskTerms.word[last.what.event][language]}  ${holdDeskTerms.carriage[last.carriage.state][language]}`,
          ...last.carriage.reasons.map((reason) => plain(reason[language])),
        ]
      : []),
  ].join('\n');
}
