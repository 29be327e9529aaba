import type {
  AuditCheckpoint,
  AuditEntryView,
  AuditProof,
  AuditVerification,
  AuditWitnesses,
  ContradictionView,
} from '@gongjo/contract';
import type { Command } from 'commander';
import { exitCodes } from './exit-codes.ts';
import { writeNew } from './new-file.ts';
import type { Kit } from './program.ts';
import { plain, type Terminal, table } from './terminal.ts';

const filters = {
  actor: 'auditActor',
  action: 'auditAction',
  subject: 'auditSubject',
  since: 'auditSince',
  until: 'auditUntil',
  before: 'auditBefore',
  limit: 'auditLimit',
} as const;

/** The record of who did what: read, proved, verified, witnessed. */
export function auditCommands(program: Command, kit: Kit): void {
  const { text } = kit;
  const audit = program.command('audit').description(text('audit'));

  const list = kit.withDesk(
    kit.command(audit, 'list', 'auditList', async ({ terminal, options, withDoor }) => {
      const asked = Object.keys(filters).flatMap((name) =>
        options[name] === undefined ? [] : [[name, String(options[name])] as [string, string]],
      );
      const query = new URLSearchParams(asked).toString();
      const answer = await withDoor((door) =>
        door.call<{ entries: AuditEntryView[]; more: boolean }>(
          'GET',
          `/api/audit/entries${query === '' ? '' : `?${query}`}`,
        ),
      );
      const last = answer.entries.at(-1);
      if (answer.more && last) terminal.note(terminal.say('auditMore', { seq: last.seq }));
      terminal.result(answer, () => entriesText(terminal, answer.entries));
      return undefined;
    }),
  );
  for (const [name, key] of Object.entries(filters)) list.option(`--${name} <value>`, text(key));

  kit
    .withDesk(
      kit.command(audit, 'show', 'auditShow', async ({ terminal, args, withDoor }) => {
        const { entry } = await withDoor((door) => door.call<AuditProof>('GET', entryPath(args)));
        terminal.result(entry, () =>
          [entriesText(terminal, [entry]), '', ...JSON.stringify(entry.details, null, 2).split('\n').map(plain)].join(
            '\n',
          ),
        );
        return undefined;
      }),
    )
    .argument('<seq>', text('auditSeq'));

  kit.withDesk(
    kit.command(audit, 'checkpoint', 'auditCheckpoint', async ({ terminal, withDoor }) => {
      const checkpoint = await withDoor((door) => door.call<AuditCheckpoint>('GET', '/api/audit/checkpoint'));
      terminal.result(checkpoint, () => checkpoint.note.trimEnd());
      return undefined;
    }),
  );

  kit
    .withDesk(
      kit.command(audit, 'prove', 'auditProve', async ({ terminal, args, options, withDoor }) => {
        const proof = await withDoor((door) => door.call<AuditProof>('GET', entryPath(args)));
        if (options.out !== undefined) {
          const file = String(options.out);
          writeNew(file, `${JSON.stringify(proof, null, 2)}\n`);
          terminal.note(terminal.say('fileWritten', { file: plain(file) }));
        }
        terminal.result(proof, () =>
          [
            terminal.say('auditIncluded', {
              ...{ seq: proof.entry.seq, size: proof.checkpoint.size, hashes: proof.proof.length },
            }),
            '',
            proof.checkpoint.note.trimEnd(),
          ].join('\n'),
        );
        return undefined;
      }),
    )
    .argument('<seq>', text('auditSeq'))
    .option('--out <file>', text('auditProofOut'));

  kit.withDesk(
    kit.command(audit, 'verify', 'auditVerify', async ({ terminal, withDoor }) => {
      const verified = await withDoor((door) => door.call<AuditVerification>('GET', '/api/audit/verification'));
      const { entries, brokenAt, root, continues } = verified;
      terminal.result(verified, () =>
        [
          brokenAt === null
            ? terminal.say('auditHolds', { entries, root })
            : terminal.say('auditBroken', { entries, brokenAt }),
          ...(continues === false ? [terminal.say('auditDiscontinued')] : []),
        ].join('\n'),
      );
      return brokenAt === null && continues !== false ? exitCodes.ok : exitCodes.failed;
    }),
  );

  kit.withDesk(
    kit.command(audit, 'witnesses', 'auditWitnesses', async ({ terminal, withDoor }) => {
      const witnesses = await withDoor((door) => door.call<AuditWitnesses>('GET', '/api/audit/witnesses'));
      terminal.result(witnesses, () => witnessesText(terminal, witnesses));
      return witnesses.contradictions.some(({ accepted }) => accepted === null) ? exitCodes.failed : exitCodes.ok;
    }),
  );

  kit
    .withDesk(
      kit.command(audit, 'exchange', 'auditExchange', async ({ terminal, args, withDoor }) => {
        const answer = await withDoor((door) =>
          door.call<{ shown: { desk: string; shown: keyof typeof states }[] }>('POST', '/api/audit/exchange', {
            desk: args[0] ?? null,
          }),
        );
        terminal.result(answer, () =>
          table(
            [terminal.say('columnDesk'), terminal.say('columnState')],
            answer.shown.map(({ desk, shown }) => [desk, terminal.say(states[shown])]),
          ),
        );
        return answer.shown.every(({ shown }) => shown === 'witnessed') ? exitCodes.ok : exitCodes.failed;
      }),
    )
    .argument('[desk]', text('auditPartner'));

  kit
    .withDesk(
      kit.command(audit, 'accept', 'auditAccept', async ({ terminal, args, options, withDoor }) => {
        const accepted = await withDoor((door) =>
          door.call<{ desk: string }>(
            'POST',
            `/api/audit/contradictions/${encodeURIComponent(args[0] ?? '')}/acceptance`,
            {
              reason: String(options.reason),
            },
          ),
        );
        terminal.result(accepted, () => terminal.say('auditAccepted', accepted));
        return undefined;
      }),
    )
    .argument('<id>', text('auditContradiction'))
    .requiredOption('--reason <text>', text('auditReason'));
}

const states = {
  witnessed: 'auditWitnessed',
  contradicted: 'auditContradicted',
  'not-witnessed': 'auditNotWitnessed',
} as const;

const entryPath = (args: readonly string[]) => `/api/audit/entries/${encodeURIComponent(args[0] ?? '')}`;

function entriesText(terminal: Terminal, entries: readonly AuditEntryView[]): string {
  return table(
    [
      terminal.say('columnSeq'),
      terminal.say('columnTime'),
      terminal.say('columnActor'),
      terminal.say('columnAction'),
      terminal.say('columnSubject'),
    ],
    entries.map(({ seq, at, actor, action, subject }) => [String(seq), at, actor, action, subject]),
  );
}

function witnessesText(terminal: Terminal, { ours, theirs, contradictions, omitted }: AuditWitnesses): string {
  const head = [
    terminal.say('columnDesk'),
    terminal.say('columnSize'),
    terminal.say('columnSeen'),
    terminal.say('columnState'),
  ];
  return [
    terminal.say('auditOurs'),
    table(
      head,
      ours.map(({ desk, size, witnessedAt, problem }) => [
        desk,
        String(size),
        witnessedAt ?? '–',
        problem?.text[terminal.language] ?? terminal.say('auditWitnessed'),
      ]),
    ),
    '',
    terminal.say('auditTheirs'),
    table(
      head.slice(0, 3),
      theirs.map(({ desk, size, seenAt }) => [desk, String(size), seenAt]),
    ),
    '',
    terminal.say('auditContradictions'),
    ...(contradictions.length === 0
      ? [terminal.say('auditNone')]
      : contradictions.map((it) => contradictionText(terminal, it))),
    ...(omitted > 0 ? [terminal.say('auditOmitted', { count: omitted })] : []),
  ].join('\n');
}

function contradictionText(terminal: Terminal, { id, desk, kind, held, told, accepted }: ContradictionView): string {
  const what = terminal.say(kind === 'forked' ? 'auditForked' : 'auditShortened', {
    desk,
    held: held.size,
    told: told.size,
    id,
  });
  const state = accepted === null ? terminal.say('auditOpen') : plain(terminal.say('auditWasAccepted', accepted));
  return `${what}: ${state}`;
}
