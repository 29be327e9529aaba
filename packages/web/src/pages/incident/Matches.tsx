import { fill, type IncidentDetail, type IncidentMatch, noticeTerms } from '@gongjo/contract';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { cases } from '../../api/case.client.ts';
import { queries } from '../../api/queries.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Section } from '../../parts/Section.tsx';
import { useTimeLine } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { inOrder } from './match-order.ts';

/** Incidents that may have to do with this one; those about which a person is asked stand first. */
export function Matches({ incident }: { readonly incident: IncidentDetail }) {
  const { t } = useReader();
  const matches = inOrder(useQuery(queries.matches(incident.id)).data ?? []);
  if (matches.length === 0) return null;
  return (
    <Section title={t.response.matches}>
      <ul className="panel matches">
        {matches.map((match) => (
          <Match key={match.other} match={match} incident={incident.id} />
        ))}
      </ul>
      <p className="small soft">{t.response.matchesHint}</p>
    </Section>
  );
}

const tone = { certain: 'act', probable: 'warn', related: 'know' } as const;

function Match({ match, incident }: { readonly match: IncidentMatch; readonly incident: string }) {
  const { t, say } = useReader();
  const timeLine = useTimeLine();
  const client = useQueryClient();
  const { other, title, origin, certainty, reasons, state, decidedBy, decidedAt } = match;
  const decide = useMutation({
    mutationFn: (decision: 'join' | 'apart') => cases.decideMatch(incident, other, decision),
    onSettled: () => {
      for (const key of ['incidents', 'notices', 'measures']) void client.invalidateQueries({ queryKey: [key] });
    },
  });
  return (
    <li data-testid="match" data-state={state}>
      <div className="row">
        <span className={`chip ${tone[certainty]}`}>{say(noticeTerms.matchCertainty[certainty])}</span>
        <Link to="/incidents/$id" params={{ id: other }}>
          {say(title)}
        </Link>
        <span className="soft">
          {origin === null ? t.response.thisDesk : fill(t.today.fromDesk, { name: say(origin.name) })}
        </span>
      </div>
      <p className="small">{reasons.map((reason) => say(noticeTerms.matchReason[reason])).join(' · ')}</p>
      {state === 'proposed' ? (
        <div className="actions">
          {(['join', 'apart'] as const).map((decision) => (
            <Button
              key={decision}
              size="compact-sm"
              variant={decision === 'join' ? 'filled' : 'default'}
              loading={decide.isPending && decide.variables === decision}
              disabled={decide.isPending}
              onClick={() => decide.mutate(decision)}
            >
              {t.response[decision]}
            </Button>
          ))}
        </div>
      ) : (
        <p className="small soft">
          {decidedBy === null || decidedAt === null
            ? say(noticeTerms.matchState[state])
            : fill(t.response.decidedBy, {
                state: say(noticeTerms.matchState[state]),
                name: decidedBy,
                time: timeLine(decidedAt),
              })}
        </p>
      )}
      {decide.error === null ? null : <Failure error={decide.error} />}
    </li>
  );
}
