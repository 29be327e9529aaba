import { type Alert, type AlertGroup, type AlertGroupDetail, terms } from '@gongjo/contract';
import type { Command } from 'commander';
import { amountText, GongjoError } from '../kernel/index.ts';
import type { Kit } from './program.ts';
import { plain, type Terminal, table } from './terminal.ts';
import { untilNamed } from './until.ts';

export function alertCommands(program: Command, kit: Kit): void {
  const { text } = kit;
  const alert = program.command('alert').description(text('alert'));
  kit
    .withDesk(
      kit.command(alert, 'list', 'alertList', async ({ terminal, options, withDoor }) => {
        const { open } = options as { open?: boolean };
        const answer = await withDoor(async (door) => ({
          ...(await door.call<{ groups: AlertGroup[] }>('GET', `/api/alert-groups${open ? '?open=true' : ''}`)),
          ...(await door.call<{ alerts: Alert[] }>('GET', '/api/alerts')),
        }));
        terminal.result(answer, () =>
          answer.groups.length === 0 ? terminal.say('none') : groupsText(terminal, answer.groups),
        );
        return undefined;
      }),
    )
    .option('--open', text('alertOpen'));

  const onGroup = (
    usage: string,
    description: Parameters<Kit['command']>[2],
    act: (options: Readonly<Record<string, unknown>>) => { readonly verb: string; readonly body?: unknown } | null,
  ) =>
    kit
      .withDesk(
        kit.command(alert, usage, description, async ({ terminal, args, options, withDoor }) => {
          const [id = ''] = args;
          const asked = act(options);
          const detail = await withDoor(async (door) => {
            const path = `/api/alert-groups/${encodeURIComponent(await wholeId(door, id))}`;
            return asked === null
              ? door.call<AlertGroupDetail>('GET', path)
              : door.call<AlertGroupDetail>('POST', `${path}/${asked.verb}`, asked.body);
          });
          terminal.result(detail, () => detailText(terminal, detail));
          return undefined;
        }),
      )
      .argument('<group>', text('alertGroup'));

  onGroup('show', 'alertShow', () => null);
  onGroup('ack', 'alertAck', () => ({ verb: 'acknowledge' }));
  onGroup('assign', 'alertAssign', ({ to }) => ({
    verb: 'assign',
    body: { to: typeof to === 'string' ? to : null },
  })).option('--to <name>', text('alertTo'));
  onGroup('silence', 'alertSilence', ({ reason, until }) => ({
    verb: 'silence',
    body: { reason: String(reason), until: untilNamed(String(until), Date.now()) },
  }))
    .requiredOption('--reason <text>', text('alertReason'))
    .requiredOption('--until <time>', text('untilGiven'));
  onGroup('unsilence', 'alertUnsilence', () => ({ verb: 'unsilence' }));
}

const idChars = 64;
/** A shorter beginning would soon be that of several. */
const prefixCharsMin = 6;

/** A group by the beginning of its id, as the list shows it. Throws `usage-wrong` where several begin so. */
async function wholeId(door: { call<T>(method: 'GET', path: string): Promise<T> }, id: string): Promise<string> {
  if (id.length === idChars || id.length < prefixCharsMin) return id;
  const { groups } = await door.call<{ groups: AlertGroup[] }>('GET', '/api/alert-groups');
  const [found, ...more] = groups.filter((group) => group.id.startsWith(id));
  if (more.length > 0) throw new GongjoError('usage-wrong', { detail: `${id}…` });
  return found?.id ?? id;
}

function groupsText(terminal: Terminal, groups: readonly AlertGroup[]): string {
  const { language } = terminal;
  const head = [
    'columnId',
    'columnTime',
    'columnAlert',
    'columnPlace',
    'columnCount',
    'columnAmount',
    'columnTitle',
    'columnState',
  ] as const;
  return table(
    head.map((key) => terminal.say(key)),
    groups.map((it) => [
      it.id.slice(0, 10),
      it.lastAt,
      terms.alert[it.rule][language],
      it.place.name?.[language] ?? it.place.label,
      it.open === it.count ? String(it.count) : `${it.count} (${it.open})`,
      it.sums.map((sum) => amountText(BigInt(sum.units), sum)).join(' + ') || '–',
      it.incident?.title[language] ?? '–',
      stateOf(terminal, it),
    ]),
  );
}

function stateOf(terminal: Terminal, { silence, assignedTo, open, count }: AlertGroup): string {
  const { language } = terminal;
  const words = [
    count === 0 ? terms.alertAct.withdrawn[language] : open === 0 ? terms.alertAct.acknowledged[language] : '',
    assignedTo ? `→ ${assignedTo}` : '',
    silence ? `${terms.alertAct.silenced[language]} ${silence.until}` : '',
  ];
  return words.filter((word) => word !== '').join(', ') || '–';
}

function detailText(terminal: Terminal, detail: AlertGroupDetail): string {
  const { language } = terminal;
  const alerts = table(
    (['columnTime', 'columnAmount', 'columnFrom', 'columnTo', 'columnTransaction', 'columnState'] as const).map((key) =>
      terminal.say(key),
    ),
    detail.alerts.map((it) => [
      it.raisedAt,
      amountText(BigInt(it.units), it.asset),
      it.from ?? '–',
      it.to ?? '–',
      it.txid,
      it.withdrawnAt
        ? terms.alertAct.withdrawn[language]
        : it.acknowledgedAt
          ? terms.alertAct.acknowledged[language]
          : '–',
    ]),
  );
  const acts = detail.acts.map(({ at, act, by, detail: what, count }) =>
    plain(
      [at, terms.alertAct[act][language], count ?? '', by ?? '', what ?? ''].filter((word) => word !== '').join('  '),
    ),
  );
  return [
    groupsText(terminal, [detail]),
    plain(terms.alertRule[detail.rule][language]),
    `${terminal.say('knownFalse')} ${terms.falseAlarm[detail.rule][language]}`,
    '',
    alerts,
    ...(acts.length > 0 ? ['', ...acts] : []),
  ].join('\n');
}
