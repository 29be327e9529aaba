import { type Notice, noticeTerms } from '@gongjo/contract';
import type { Command } from 'commander';
import type { Kit } from './program.ts';
import { type Terminal, table } from './terminal.ts';

export function noticeCommands(program: Command, kit: Kit): void {
  const { text } = kit;
  const notice = program.command('notice').description(text('noticeGroup'));

  kit
    .withDesk(
      kit.command(notice, 'list', 'noticeList', async ({ terminal, options, withDoor }) => {
        const { incident, waiting } = options as { incident?: string; waiting?: boolean };
        const asked = new URLSearchParams({
          ...(incident !== undefined && { incident }),
          ...(waiting && { state: 'waiting' }),
        });
        const answer = await withDoor((door) =>
          door.call<{ notices: Notice[]; nextEscalationAt: string | null }>('GET', `/api/notices?${asked}`),
        );
        terminal.result(answer, () => noticesText(terminal, answer.notices));
        return undefined;
      }),
    )
    .option('--incident <id>', text('incidentId'))
    .option('--waiting', text('noticeWaiting'));

  kit
    .withDesk(
      kit.command(notice, 'ack', 'noticeAck', async ({ terminal, args, withDoor }) => {
        const answer = await withDoor((door) =>
          door.call<Notice>('POST', `/api/notices/${encodeURIComponent(args[0] ?? '')}/acknowledge`, {}),
        );
        terminal.result(answer, () => terminal.say('acknowledgedBy', { who: answer.acknowledgedBy ?? '' }));
        return undefined;
      }),
    )
    .argument('<id>', text('noticeId'));

  kit
    .withDesk(
      kit.command(notice, 'secret', 'noticeSecret', async ({ terminal, args, withDoor }) => {
        const [agency = '', contact = ''] = args;
        const asked = new URLSearchParams({ agency, contact });
        const answer = await withDoor((door) => door.call<{ secret: string }>('GET', `/api/webhook-secret?${asked}`));
        terminal.result(answer, () => answer.secret);
        return undefined;
      }),
    )
    .argument('<agency>', text('noticeAgency'))
    .argument('<contact>', text('noticeContact'));
}

function noticesText(terminal: Terminal, notices: readonly Notice[]): string {
  if (notices.length === 0) return terminal.say('none');
  const { language } = terminal;
  const keys = [
    'columnNotice',
    'columnTime',
    'columnAgency',
    'columnChannel',
    'columnState',
    'columnTitle',
    'columnProblem',
  ] as const;
  return table(
    keys.map((key) => terminal.say(key)),
    notices.map((it) => [
      it.id,
      it.at,
      it.agency.name[language],
      noticeTerms.channel[it.channel][language],
      it.acknowledgedAt === null
        ? noticeTerms.state[it.state][language]
        : terminal.say('acknowledgedBy', { who: it.acknowledgedBy ?? '' }),
      `${it.drill ? `${terminal.say('drillMark')} ` : ''}${it.incident.title[language]}`,
      it.problem?.text[language] ?? '',
    ]),
  );
}
