import { type IncidentMatch, noticeTerms } from '@gongjo/contract';
import type { Command } from 'commander';
import type { Kit } from './program.ts';
import { table } from './terminal.ts';

/** Incidents that may be one: listed, joined, kept apart. */
export function matchCommands(incident: Command, kit: Kit): void {
  const { text } = kit;
  kit
    .withDesk(
      kit.command(incident, 'matches', 'incidentMatches', async ({ terminal, args, withDoor }) => {
        const answer = await withDoor((door) =>
          door.call<{ matches: IncidentMatch[] }>('GET', `/api/incidents/${encodeURIComponent(args[0] ?? '')}/matches`),
        );
        const { language } = terminal;
        terminal.result(answer, () =>
          answer.matches.length === 0
            ? terminal.say('none')
            : table(
                (['columnIncident', 'columnTitle', 'columnLikeness', 'columnState', 'columnProblem'] as const).map(
                  (key) => terminal.say(key),
                ),
                answer.matches.map((it) => [
                  it.other,
                  it.title[language],
                  noticeTerms.matchCertainty[it.certainty][language],
                  noticeTerms.matchState[it.state][language],
                  it.reasons.map((reason) => noticeTerms.matchReason[reason][language]).join('; '),
                ]),
              ),
        );
        return undefined;
      }),
    )
    .argument('<id>', text('incidentId'));

  for (const [verb, description, decision] of [
    ['join', 'incidentJoin', 'join'],
    ['apart', 'incidentApart', 'apart'],
  ] as const)
    kit
      .withDesk(
        kit.command(incident, verb, description, async ({ terminal, args, withDoor }) => {
          const [id = '', other = ''] = args;
          const answer = await withDoor((door) =>
            door.call<{ main: string }>('POST', `/api/incidents/${encodeURIComponent(id)}/matches`, {
              other,
              decision,
            }),
          );
          terminal.result(answer, () => terminal.say('decided', { id: answer.main }));
          return undefined;
        }),
      )
      .argument('<id>', text('incidentId'))
      .argument('<other>', text('incidentOther'));
}
