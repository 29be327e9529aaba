import type { Pairing, PartnerSummary, PartnerTermsChange, Quotas } from '@gongjo/contract';
import type { Command } from 'commander';
import { GongjoError } from '../kernel/index.ts';
import type { Kit } from './program.ts';
import type { Terminal } from './terminal.ts';
import { collect } from './up.command.ts';

/** Inviting, accepting, comparing words; and what the operator here knows about a partner. */
export function pairingCommands(partner: Command, kit: Kit): void {
  const { text } = kit;

  kit
    .withDesk(
      kit.command(partner, 'invite', 'partnerInvite', async ({ terminal, options, withDoor }) => {
        const made = await withDoor((door) =>
          door.call<{ invitation: string; pairing: Pairing }>('POST', '/api/pairings', {
            name: options.name ?? null,
            agreement: options.agreement ?? null,
            ...(options.expires !== undefined && { expiresInMs: durationMs(String(options.expires)) }),
          }),
        );
        terminal.result(made, () =>
          [made.invitation, terminal.say('invited', { at: made.pairing.expiresAt })].join('\n\n'),
        );
        return undefined;
      }),
    )
    .option('--name <name>', text('inviteName'))
    .option('--agreement <name>', text('agreement'))
    .option('--expires <time>', text('inviteExpires'));

  kit
    .withDesk(
      kit.command(partner, 'accept', 'partnerAccept', async ({ terminal, args, options, withDoor }) => {
        const pairing = await withDoor((door) =>
          door.call<Pairing>('POST', '/api/pairings/accepted', {
            invitation: args[0] ?? '',
            agreement: options.agreement ?? null,
          }),
        );
        terminal.result(pairing, () => pairingText(terminal, pairing));
        return undefined;
      }),
    )
    .argument('<invitation>', text('invitation'))
    .option('--agreement <name>', text('agreement'));

  kit
    .withDesk(
      kit.command(partner, 'confirm', 'partnerConfirm', async ({ terminal, args, options, withDoor }) => {
        const pairing = await withDoor((door) =>
          door.call<Pairing>('POST', `/api/pairings/${encodeURIComponent(args[0] ?? '')}/confirmation`, {
            words: options.words,
          }),
        );
        terminal.result(pairing, () => pairingText(terminal, pairing));
        return undefined;
      }),
    )
    .argument('<desk>', text('desk'))
    .requiredOption('--words <words>', text('words'));

  kit
    .withDesk(
      kit.command(partner, 'withdraw', 'partnerWithdraw', async ({ terminal, args, withDoor }) => {
        await withDoor((door) => door.call('DELETE', `/api/pairings/${encodeURIComponent(args[0] ?? '')}`));
        terminal.result({ withdrawn: args[0] }, () => terminal.say('withdrawn', { id: args[0] ?? '' }));
        return undefined;
      }),
    )
    .argument('<pairing>', text('pairingId'));

  kit
    .withDesk(
      kit.command(partner, 'set', 'partnerSet', async ({ terminal, args, options, withDoor }) => {
        const change = changeIn(options);
        const set = await withDoor((door) =>
          door.call<PartnerSummary>('PATCH', `/api/partners/${encodeURIComponent(args[0] ?? '')}`, change),
        );
        terminal.result(set, () =>
          [
            terminal.say('partnerIs', { desk: set.desk, agreement: set.agreement ?? '–' }),
            `role: ${set.roles.join(', ') || '–'}`,
            `community: ${set.communities.join(', ') || '–'}`,
            `mark-floor: ${set.markFloor ?? '–'}`,
            `basis: ${set.legalBasis ?? '–'}`,
            `quota: ${JSON.stringify(set.quotas)}`,
          ].join('\n'),
        );
        return undefined;
      }),
    )
    .argument('<desk>', text('desk'))
    .option('--agreement <name>', text('agreementSet'))
    .option('--role <word>', text('role'), collect)
    .option('--community <word>', text('community'), collect)
    .option('--mark-floor <level>', text('markFloor'))
    .option('--basis <text>', text('basisSet'))
    .option('--quota <name=number>', text('quota'), collect);

  kit
    .withDesk(
      kit.command(partner, 'revoke-key', 'partnerRevokeKey', async ({ terminal, args, options, withDoor }) => {
        const desk = args[0] ?? '';
        const partner = await withDoor((door) =>
          door.call<PartnerSummary>('POST', `/api/partners/${encodeURIComponent(desk)}/key-revocation`, {
            kid: options.kid,
            reason: options.reason,
          }),
        );
        terminal.result(partner, () => terminal.say('keyRevoked', { kid: String(options.kid) }));
        return undefined;
      }),
    )
    .argument('<desk>', text('desk'))
    .requiredOption('--kid <id>', text('kid'))
    .requiredOption('--reason <text>', text('reasonKey'));
}

/** How a pairing stands, and what to do next. */
export function pairingText({ language, say }: Terminal, pairing: Pairing): string {
  const { id, desk, name, state, words, confirmedHere, confirmedThere, expiresAt, problem } = pairing;
  const who = desk ?? name ?? id;
  if (state === 'paired') return say('paired', { desk: who });
  if (problem) return problem.text[language];
  if (!words) return say('pairingWaits', { who, id, at: expiresAt });
  const other = language === 'en' ? words.ko : words.en;
  const next = confirmedHere ? 'pairingConfirmedHere' : confirmedThere ? 'pairingConfirmedThere' : 'pairingCompare';
  return [say('pairingWords', { who, words: words[language], other }), say(next, { who })].join('\n');
}

const unitsMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `24h`, `90m`, `3d` */
function durationMs(text: string): number {
  const [, count, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? [];
  if (count === undefined || unit === undefined)
    throw new GongjoError('usage-wrong', { detail: `--expires ${text}: 90m, 24h, 3d` });
  return Number(count) * (unitsMs[unit] ?? 0);
}

/** The word that empties a setting. */
const nothing = 'none';

function changeIn(options: Readonly<Record<string, unknown>>): PartnerTermsChange {
  const { agreement, role, community, markFloor, basis, quota } = options as Record<string, string | undefined> & {
    role?: string[];
    community?: string[];
    quota?: string[];
  };
  const one = (value: string | undefined) => (value === nothing ? null : value);
  const many = (values: readonly string[] | undefined) => values?.filter((value) => value !== nothing);
  return JSON.parse(
    JSON.stringify({
      agreement: one(agreement),
      roles: many(role),
      communities: many(community),
      markFloor: one(markFloor),
      legalBasis: one(basis),
      quotas: quota && Object.fromEntries(quota.map(quotaOf)),
    }),
  ) as PartnerTermsChange;
}

const quotaNames: Readonly<Record<string, keyof Quotas>> = {
  requests: 'requestsPerHour',
  deliveries: 'deliveriesPerHour',
  objects: 'objectsPerHour',
  bytes: 'bytesPerHour',
  concurrent: 'concurrent',
  body: 'bodyBytes',
};

/** `deliveries=100` */
function quotaOf(text: string): [keyof Quotas, number] {
  const [name = '', value = ''] = text.split('=');
  const quota = Object.hasOwn(quotaNames, name) ? quotaNames[name] : undefined;
  if (!quota || !/^\d{1,15}$/.test(value))
    throw new GongjoError('usage-wrong', { detail: `--quota ${text}: ${Object.keys(quotaNames).join('|')}=NUMBER` });
  return [quota, Number(value)];
}
