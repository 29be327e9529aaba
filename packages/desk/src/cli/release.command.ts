import { type ReleaseDecided, type ReleaseRequest, type Tlp, terms } from '@gongjo/contract';
import type { Command } from 'commander';
import type { Kit } from './program.ts';
import { plain, type Terminal, table } from './terminal.ts';

interface ReleaseAnswer {
  readonly requests: readonly string[];
  readonly decided: readonly ReleaseDecided[];
}

interface RecallAnswer {
  readonly recalls: readonly { readonly recipients: readonly { readonly recipient: string }[] }[];
}

interface Answered {
  readonly state: ReleaseRequest['state'];
  readonly approvals: number;
  readonly persons: number;
}

/** What persons decide about sharing: release, approve, recall, mark. */
export function releaseCommands(program: Command, kit: Kit): void {
  const { text } = kit;
  kit
    .withDesk(
      kit.command(program, 'release', 'release', async ({ terminal, args, options, withDoor }) => {
        const { to, purpose, basis } = options;
        const asked = { what: args[0], to, purpose, legalBasis: basis };
        const answer = await withDoor((door) => door.call<ReleaseAnswer>('POST', '/api/releases', asked));
        terminal.result(answer, () => releaseText(terminal, answer));
        return undefined;
      }),
    )
    .argument('<what>', text('releaseWhat'))
    .requiredOption('--to <recipient>', text('releaseTo'))
    .option('--purpose <purpose>', text('releasePurpose'), 'investigation')
    .requiredOption('--basis <text>', text('releaseBasis'));

  kit
    .withDesk(
      kit.command(program, 'recall', 'recall', async ({ terminal, args, options, withDoor }) => {
        const asked = { what: args[0], reason: { en: options.reasonEn, ko: options.reasonKo } };
        const answer = await withDoor((door) => door.call<RecallAnswer>('POST', '/api/recalls', asked));
        const told = answer.recalls.flatMap(({ recipients }) => recipients.map(({ recipient }) => recipient));
        terminal.result(answer, () => terminal.say('recallDone', { recipients: [...new Set(told)].join(', ') || '–' }));
        return undefined;
      }),
    )
    .argument('<what>', text('recallWhat'))
    .requiredOption('--reason-en <text>', text('recallReasonEn'))
    .requiredOption('--reason-ko <text>', text('recallReasonKo'));

  kit
    .withDesk(
      kit.command(program, 'mark', 'mark', async ({ terminal, args, options, withDoor }) => {
        const [id = ''] = args;
        const { tlp, reason } = options as { tlp: Tlp; reason: string };
        const path = `/api/objects/${encodeURIComponent(id)}/marks`;
        // Nothing: it is marked above the clearance of whoever asked.
        const answer = await withDoor((door) => door.call<unknown>('POST', path, { tlp, reason }));
        terminal.result(answer ?? { id, tlp }, () =>
          plain(terminal.say('markDone', { id, tlp: terms.tlp[tlp][terminal.language] })),
        );
        return undefined;
      }),
    )
    .argument('<object>', text('markObject'))
    .requiredOption('--tlp <marking>', text('markTlp'))
    .requiredOption('--reason <text>', text('markReason'));
  approvalCommands(program, kit);
}

function approvalCommands(program: Command, kit: Kit): void {
  const { text } = kit;
  const approval = program.command('approval').description(text('approvalGroup'));
  kit
    .withDesk(
      kit.command(approval, 'list', 'approvalList', async ({ terminal, options, withDoor }) => {
        const { state } = options as { state?: string };
        const query = state === undefined ? '' : `?${new URLSearchParams({ state })}`;
        const answer = await withDoor((door) =>
          door.call<{ requests: ReleaseRequest[] }>('GET', `/api/approvals${query}`),
        );
        terminal.result(answer, () => requestsText(terminal, answer.requests));
        return undefined;
      }),
    )
    .option('--state <state>', text('approvalState'));
  for (const verb of ['approve', 'refuse'] as const) {
    const command = kit
      .withDesk(
        kit.command(
          approval,
          verb,
          verb === 'approve' ? 'approvalApprove' : 'approvalRefuse',
          async ({ terminal, args, options, withDoor }) => {
            const path = `/api/approvals/${encodeURIComponent(args[0] ?? '')}/${verb}`;
            const { reason = null } = options;
            const answer = await withDoor((door) => door.call<Answered>('POST', path, { reason }));
            terminal.result(answer, () => answeredText(terminal, answer));
            return undefined;
          },
        ),
      )
      .argument('<request>', text('approvalId'));
    if (verb === 'approve') command.option('--reason <text>', text('approvalReason'));
    else command.requiredOption('--reason <text>', text('approvalReason'));
  }
}

function releaseText(terminal: Terminal, { decided }: ReleaseAnswer): string {
  if (decided.length === 0) return terminal.say('releaseNothing');
  const released = decided.filter((it) => it.released).length;
  const asked = decided.filter((it) => it.outcome.startsWith('ask-')).length;
  const refused = decided.length - released - asked;
  const rows = decided
    .filter((it) => !it.released)
    .map((it) => [it.id, it.outcome, it.reasons.map(({ text }) => text[terminal.language]).join(' ')]);
  const head = (['columnId', 'columnOutcome', 'columnReason'] as const).map((it) => terminal.say(it));
  const line = terminal.say('releaseDone', { released, asked, refused });
  return rows.length === 0 ? line : `${line}\n${table(head, rows)}`;
}

function answeredText(terminal: Terminal, { state, approvals, persons }: Answered): string {
  if (state === 'approved') return terminal.say('approvalDone');
  return state === 'open' ? terminal.say('approvalCounted', { approvals, persons }) : terminal.say('approvalEnded');
}

function requestsText(terminal: Terminal, requests: readonly ReleaseRequest[]): string {
  if (requests.length === 0) return terminal.say('none');
  const head = (
    [
      'columnId',
      'columnKind',
      'columnState',
      'columnRecipient',
      'columnPersons',
      'columnObjects',
      'columnTitle',
    ] as const
  ).map((it) => terminal.say(it));
  return table(
    head,
    requests.map((it) => [
      it.id,
      it.kind,
      it.state,
      it.recipientName?.[terminal.language] ?? it.recipient,
      `${it.approvals.filter(({ verdict }) => verdict === 'approve').length}/${it.persons}`,
      String(it.objectCount),
      it.objects[0]?.label ?? '–',
    ]),
  );
}
