import type { IncidentMeasures, MonthMeasures } from '@gongjo/contract';
import type { Command } from 'commander';
import { measuresCsv } from './measures-csv.ts';
import type { Kit } from './program.ts';
import { type Terminal, table } from './terminal.ts';

export function measuresCommand(program: Command, kit: Kit): void {
  const { text } = kit;
  kit
    .withDesk(
      kit.command(program, 'measures', 'measures', async ({ terminal, options, withDoor }) => {
        const { incident, csv } = options as { incident?: string; csv?: boolean };
        const asked = new URLSearchParams(incident === undefined ? {} : { incident });
        const answer = await withDoor((door) =>
          door.call<{ incidents: IncidentMeasures[]; months: MonthMeasures[] }>('GET', `/api/measures?${asked}`),
        );
        terminal.result(answer, () =>
          csv
            ? measuresCsv(answer.incidents)
            : answer.incidents.length === 0
              ? terminal.say('none')
              : `${incidentsText(terminal, answer.incidents)}\n\n${monthsText(terminal, answer.months)}`,
        );
        return undefined;
      }),
    )
    .option('--incident <id>', text('incidentId'))
    .option('--csv', text('measuresCsv'));
}

const spell = (value: number | null) => (value === null ? '–' : `${value} s`);

function incidentsText(terminal: Terminal, incidents: readonly IncidentMeasures[]): string {
  const keys = [
    'columnTitle',
    'columnReported',
    'columnFirstTold',
    'columnAllTold',
    'columnFirstAck',
    'columnWarned',
    'columnLead',
  ] as const;
  return table(
    keys.map((key) => terminal.say(key)),
    incidents.map((it) => [
      `${it.incident.drill ? `${terminal.say('drillMark')} ` : ''}${it.incident.title[terminal.language]}`,
      it.reportedAt,
      spell(it.firstToldSeconds),
      spell(it.allToldSeconds),
      spell(it.firstAcknowledgedSeconds),
      `${it.warnedBefore}/${it.deposits.length}`,
      spell(it.medianLeadSeconds),
    ]),
  );
}

function monthsText(terminal: Terminal, months: readonly MonthMeasures[]): string {
  const keys = [
    'columnMonth',
    'columnIncidents',
    'columnFirstTold',
    'columnAllTold',
    'columnFirstAck',
    'columnWarned',
    'columnLead',
  ] as const;
  return table(
    keys.map((key) => terminal.say(key)),
    months.map((it) => [
      `${it.month}${it.drill ? ` ${terminal.say('drillMark')}` : ''}`,
      String(it.incidents),
      spell(it.medianFirstToldSeconds),
      spell(it.medianAllToldSeconds),
      spell(it.medianFirstAcknowledgedSeconds),
      `${it.warnedBefore}/${it.deposits}`,
      spell(it.medianLeadSeconds),
    ]),
  );
}
