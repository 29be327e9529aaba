import { type HeldObjectDetail, type HeldObjectView, terms } from '@gongjo/contract';
import type { Command } from 'commander';
import type { Kit } from './program.ts';
import { plain, type Terminal, table } from './terminal.ts';

/** What the desk holds: a list, and everything about one object. */
export function objectCommands(program: Command, kit: Kit): void {
  const { text } = kit;
  const object = program.command('object').description(text('objectGroup'));
  kit
    .withDesk(
      kit.command(object, 'list', 'objectList', async ({ terminal, options, withDoor }) => {
        const query = new URLSearchParams();
        for (const key of ['type', 'origin', 'incident', 'text', 'before'])
          if (typeof options[key] === 'string') query.set(key, options[key]);
        const answer = await withDoor((door) =>
          door.call<{ objects: HeldObjectView[]; next: number | null }>('GET', `/api/objects?${query}`),
        );
        terminal.result(answer, () => listText(terminal, answer));
        return undefined;
      }),
    )
    .option('--type <type>', text('filterType'))
    .option('--origin <origin>', text('filterOrigin'))
    .option('--incident <id>', text('filterIncident'))
    .option('--text <text>', text('filterText'))
    .option('--before <place>', text('filterBefore'));
  kit
    .withDesk(
      kit.command(object, 'show', 'objectShow', async ({ terminal, args, withDoor }) => {
        const path = `/api/objects/${encodeURIComponent(args[0] ?? '')}`;
        const detail = await withDoor((door) => door.call<HeldObjectDetail>('GET', path));
        terminal.result(detail, () => detailText(terminal, detail));
        return undefined;
      }),
    )
    .argument('<object>', text('markObject'));
}

const level = ({ language }: Terminal, tlp: HeldObjectView['tlp'] | 'conflict') =>
  tlp === null || tlp === 'conflict' ? (tlp ?? '–') : terms.tlp[tlp][language];

function listText(terminal: Terminal, { objects, next }: { objects: HeldObjectView[]; next: number | null }): string {
  if (objects.length === 0) return terminal.say('none');
  const head = (['columnId', 'columnLabel', 'columnMarking', 'columnOrigin', 'columnTime'] as const).map((it) =>
    terminal.say(it),
  );
  const rows = objects.map((it) => [it.id, it.label, level(terminal, it.tlp), it.origin, it.modified ?? it.addedAt]);
  return `${table(head, rows)}${next === null ? '' : `\n${terminal.say('moreObjects', { next })}`}`;
}

function detailText(terminal: Terminal, detail: HeldObjectDetail): string {
  const { language } = terminal;
  const [newest] = detail.versions;
  const who = detail.recipients.map((it) => [
    it.recipient,
    it.withdrawnAt ? `${it.outcome} (${it.withdrawnAt})` : it.outcome,
    it.reasons.map(({ text }) => text[language]).join(' '),
    it.decidedAt,
  ]);
  const recalls = detail.recalls.map((it) => `${it.at}  ${plain(it.by)}  ${plain(it.reason[language])}`);
  const { watched } = detail;
  const unwatchable = watched?.unwatchable ? terms.unwatchable[watched.unwatchable][language] : null;
  return [
    `${detail.id}  ${level(terminal, detail.marking.tlp)}  ${plain(newest?.label ?? '')}`,
    ...(unwatchable === null ? [] : [unwatchable]),
    table(
      (['columnTime', 'columnOrigin'] as const).map((it) => terminal.say(it)),
      detail.versions.map((it) => [it.modified ?? it.addedAt, it.origin]),
    ),
    ...(who.length === 0
      ? []
      : [
          table(
            (['columnRecipient', 'columnOutcome', 'columnReason', 'columnTime'] as const).map((it) => terminal.say(it)),
            who,
          ),
        ]),
    ...recalls,
  ].join('\n\n');
}
