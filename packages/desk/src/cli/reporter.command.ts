import type { ReporterAccount } from '@gongjo/contract';
import type { Command } from 'commander';
import type { Kit } from './program.ts';
import { table } from './terminal.ts';

/** Programs of exchanges that may report incidents. */
export function reporterCommands(program: Command, kit: Kit): void {
  const { text } = kit;
  const reporter = program.command('reporter').description(text('reporterGroup'));

  kit
    .withDesk(
      kit.command(reporter, 'add', 'reporterAdd', async ({ terminal, args, options, withDoor }) => {
        const { organisation, country, perHour } = options as Record<string, string | undefined>;
        const asked = {
          name: args[0],
          organisation: organisation ?? args[0],
          country,
          ...(perHour !== undefined && { reportsPerHour: Number(perHour) }),
        };
        const made = await withDoor((door) =>
          door.call<ReporterAccount & { token: string }>('POST', '/api/reporters', asked),
        );
        terminal.result(made, () => terminal.say('reporterAdded', { name: made.name, token: made.token }));
        return undefined;
      }),
    )
    .argument('<name>', text('reporterName'))
    .option('--organisation <name>', text('reporterOrganisation'))
    .option('--country <code>', text('incidentCountry'))
    .option('--per-hour <number>', text('reporterPerHour'));

  kit.withDesk(
    kit.command(reporter, 'list', 'reporterList', async ({ terminal, withDoor }) => {
      const answer = await withDoor((door) => door.call<{ reporters: ReporterAccount[] }>('GET', '/api/reporters'));
      terminal.result(answer, () =>
        answer.reporters.length === 0
          ? terminal.say('none')
          : table(
              (['columnName', 'columnOrganisation', 'columnPerHour', 'columnLastReport', 'columnState'] as const).map(
                (key) => terminal.say(key),
              ),
              answer.reporters.map((it) => [
                it.name,
                it.organisation,
                String(it.reportsPerHour),
                it.lastUsedAt ?? '–',
                terminal.say(it.revokedAt === null ? 'reporterActive' : 'reporterRevoked'),
              ]),
            ),
      );
      return undefined;
    }),
  );

  kit
    .withDesk(
      kit.command(reporter, 'revoke', 'reporterRevoke', async ({ terminal, args, withDoor }) => {
        const answer = await withDoor((door) =>
          door.call<ReporterAccount>('DELETE', `/api/reporters/${encodeURIComponent(args[0] ?? '')}`),
        );
        terminal.result(answer, () => terminal.say('reporterRevoked'));
        return undefined;
      }),
    )
    .argument('<name>', text('reporterName'));
}
