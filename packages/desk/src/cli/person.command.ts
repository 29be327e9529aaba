import {
  type Person,
  type PersonLink,
  peopleTerms,
  type Right,
  type SessionView,
  tokenDaysMax,
} from '@gongjo/contract';
import type { Command } from 'commander';
import type { Kit } from './program.ts';
import { type Terminal, table } from './terminal.ts';
import { collect } from './up.command.ts';

const at = (name: string | undefined) => `/api/people/${encodeURIComponent(name ?? '')}`;

/** Who works at the desk: accounts, roles, clearance, links to register a passkey by. */
export function personCommands(program: Command, kit: Kit): void {
  const { text } = kit;
  const person = program.command('person').description(text('personGroup'));
  const linked = (terminal: Terminal, { person: made, enrolUrl, expiresAt }: PersonLink) =>
    terminal.say('personLink', { name: made.name, url: enrolUrl, at: expiresAt });

  kit
    .withDesk(
      kit.command(person, 'add', 'personAdd', async ({ terminal, args, options, withDoor }) => {
        const { role, clearance, subject } = options as { role?: string[]; clearance?: string; subject?: string };
        const made = await withDoor((door) =>
          door.call<PersonLink>('POST', '/api/people', { name: args[0], roles: role ?? [], clearance, subject }),
        );
        terminal.result(made, () => linked(terminal, made));
        return undefined;
      }),
    )
    .argument('<name>', text('personName'))
    .option('--role <role>', text('personRole'), collect)
    .option('--clearance <level>', text('personClearance'))
    .option('--subject <subject>', text('personSubject'));

  kit.withDesk(
    kit.command(person, 'list', 'personList', async ({ terminal, withDoor }) => {
      const answer = await withDoor((door) => door.call<{ people: Person[] }>('GET', '/api/people'));
      terminal.result(answer, () =>
        answer.people.length === 0 ? terminal.say('none') : peopleTable(terminal, answer.people),
      );
      return undefined;
    }),
  );

  kit
    .withDesk(
      kit.command(person, 'show', 'personShow', async ({ terminal, args, withDoor }) => {
        const answer = await withDoor(async (door) => ({
          person: await door.call<Person>('GET', at(args[0])),
          ...(await door.call<{ sessions: SessionView[] }>('GET', `${at(args[0])}/sessions`)),
        }));
        terminal.result(answer, () =>
          [
            peopleTable(terminal, [answer.person]),
            ...(answer.sessions.length > 0 ? [sessionTable(terminal, answer.sessions)] : []),
          ].join('\n\n'),
        );
        return undefined;
      }),
    )
    .argument('<name>', text('personName'));

  kit
    .withDesk(
      kit.command(person, 'change', 'personChange', async ({ terminal, args, options, withDoor }) => {
        const { role, clearance, subject } = options as { role?: string[]; clearance?: string; subject?: string };
        const change = { roles: role, clearance, subject: subject === '' ? null : subject };
        const changed = await withDoor((door) => door.call<Person>('PATCH', at(args[0]), change));
        terminal.result(changed, () => peopleTable(terminal, [changed]));
        return undefined;
      }),
    )
    .argument('<name>', text('personName'))
    .option('--role <role>', text('personRole'), collect)
    .option('--clearance <level>', text('personClearance'))
    .option('--subject <subject>', text('personSubject'));

  for (const [name, state, description] of [
    ['disable', 'disabled', 'personDisable'],
    ['enable', 'active', 'personEnable'],
  ] as const)
    kit
      .withDesk(
        kit.command(person, name, description, async ({ terminal, args, withDoor }) => {
          const changed = await withDoor((door) => door.call<Person>('PATCH', at(args[0]), { state }));
          terminal.result(changed, () => peopleTable(terminal, [changed]));
          return undefined;
        }),
      )
      .argument('<name>', text('personName'));

  kit
    .withDesk(
      kit.command(person, 'recover', 'personRecover', async ({ terminal, args, withDoor }) => {
        const made = await withDoor((door) => door.call<PersonLink>('POST', `${at(args[0])}/links`, {}));
        terminal.result(made, () => linked(terminal, made));
        return undefined;
      }),
    )
    .argument('<name>', text('personName'));
}

type Token = {
  readonly id: string;
  readonly name: string;
  readonly rights: readonly Right[];
  readonly expiresAt: string;
  readonly usedAt: string | null;
  readonly revokedAt: string | null;
};

/** Tokens with which a person's programs call the API. */
export function tokenCommands(program: Command, kit: Kit): void {
  const { text } = kit;
  const token = program.command('token').description(text('tokenGroup'));

  kit
    .withDesk(
      kit.command(token, 'add', 'tokenAdd', async ({ terminal, args, options, withDoor }) => {
        const { person, right, days } = options as { person: string; right: string[]; days?: string };
        const asked = { name: args[0], rights: right, ...(days !== undefined && { days: Number(days) }) };
        const made = await withDoor((door) =>
          door.call<Token & { secret: string }>('POST', `${at(person)}/tokens`, asked),
        );
        terminal.result(made, () =>
          terminal.say('tokenMade', { name: made.name, at: made.expiresAt, secret: made.secret }),
        );
        return undefined;
      }),
    )
    .argument('<name>', text('tokenName'))
    .requiredOption('--person <name>', text('tokenPerson'))
    .requiredOption('--right <right>', text('tokenRight'), collect)
    .option('--days <number>', text('tokenDays').replace('{max}', String(tokenDaysMax)));

  kit
    .withDesk(
      kit.command(token, 'list', 'tokenList', async ({ terminal, options, withDoor }) => {
        const answer = await withDoor((door) =>
          door.call<{ tokens: Token[] }>('GET', `${at(String(options.person))}/tokens`),
        );
        terminal.result(answer, () =>
          answer.tokens.length === 0 ? terminal.say('none') : tokenTable(terminal, answer.tokens),
        );
        return undefined;
      }),
    )
    .requiredOption('--person <name>', text('tokenPerson'));

  kit
    .withDesk(
      kit.command(token, 'revoke', 'tokenRevoke', async ({ terminal, args, options, withDoor }) => {
        const revoked = await withDoor((door) =>
          door.call<Token>('DELETE', `${at(String(options.person))}/tokens/${encodeURIComponent(args[0] ?? '')}`),
        );
        terminal.result(revoked, () => tokenTable(terminal, [revoked]));
        return undefined;
      }),
    )
    .argument('<id>', text('tokenId'))
    .requiredOption('--person <name>', text('tokenPerson'));
}

function peopleTable(terminal: Terminal, people: readonly Person[]): string {
  const head = [
    'columnName',
    'columnRoles',
    'columnClearance',
    'columnState',
    'columnPasskeys',
    'columnLastUsed',
  ] as const;
  return table(
    head.map((key) => terminal.say(key)),
    people.map((it) => [
      it.name,
      it.roles.map((role) => peopleTerms.role[role][terminal.language]).join(', '),
      it.clearance,
      terminal.say(it.state === 'active' ? 'personActive' : 'personDisabled'),
      String(it.passkeys),
      it.lastSeenAt ?? '–',
    ]),
  );
}

function sessionTable(terminal: Terminal, sessions: readonly SessionView[]): string {
  return table(
    (['columnSignedIn', 'columnLastUsed', 'columnUntil', 'columnWay', 'columnBrowser'] as const).map((key) =>
      terminal.say(key),
    ),
    sessions.map((it) => [
      it.signedInAt,
      it.usedAt,
      it.expiresAt,
      peopleTerms.sessionWay[it.way][terminal.language],
      it.browser,
    ]),
  );
}

function tokenTable(terminal: Terminal, tokens: readonly Token[]): string {
  return table(
    (['columnId', 'columnName', 'columnRights', 'columnUntil', 'columnLastUsed', 'columnState'] as const).map((key) =>
      terminal.say(key),
    ),
    tokens.map((it) => [
      it.id,
      it.name,
      it.rights.join(' '),
      it.expiresAt,
      it.usedAt ?? '–',
      terminal.say(it.revokedAt === null ? 'tokenStands' : 'tokenRevoked'),
    ]),
  );
}
