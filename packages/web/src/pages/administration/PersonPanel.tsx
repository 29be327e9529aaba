import { fill, type Person, type PersonChange } from '@gongjo/contract';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { people } from '../../api/people.client.ts';
import { queries } from '../../api/queries.ts';
import { Failure } from '../../parts/Failure.tsx';
import { useMay } from '../../parts/may.ts';
import { Section } from '../../parts/Section.tsx';
import { useTimeLine } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { SessionTable } from '../account/SessionTable.tsx';
import { EnrolLink } from './EnrolLink.tsx';
import { RoleFields } from './RoleFields.tsx';

/** One person: roles, clearance, whether the account is in use, where they are signed in, a new link. */
export function PersonPanel({ person }: { readonly person: Person }) {
  const { t } = useReader();
  const text = t.people.administration;
  const may = useMay();
  const timeLine = useTimeLine();
  const client = useQueryClient();
  const isMe = useQuery(queries.me).data?.id === person.id;
  const sessions = useQuery(queries.sessionsOf(person.id));
  const [chosen, setChosen] = useState({ roles: person.roles, clearance: person.clearance });
  const settle = { onSettled: () => void client.invalidateQueries({ queryKey: ['people'] }) };
  const change = useMutation({
    mutationFn: (asked: PersonChange) => people.change(person.id, asked),
    ...settle,
  });
  const recover = useMutation({ mutationFn: () => people.link(person.id), ...settle });
  const end = useMutation({ mutationFn: (id: string) => people.endSessionOf(person.id, id), ...settle });
  const endAll = useMutation({ mutationFn: () => people.endSessionsOf(person.id), ...settle });
  const mayChange = may('people:administer') && !isMe;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (chosen.roles.length > 0) change.mutate({ roles: [...chosen.roles], clearance: chosen.clearance });
  };
  const failed = [change.error, recover.error, end.error, endAll.error].find((error) => error !== null);
  return (
    <Section title={person.name} className="one-person">
      <form
        className="panel fields"
        onSubmit={submit}
        aria-label={fill(text.changeOf, { name: person.name })}
        data-testid="person-panel"
      >
        <p className="wide soft">{fill(text.madeBy, { name: person.madeBy, time: timeLine(person.madeAt) })}</p>
        {isMe ? <p className="wide soft">{text.own}</p> : null}
        <RoleFields
          value={chosen}
          disabled={!mayChange}
          onChange={({ roles, clearance }) => setChosen({ roles: [...roles], clearance })}
        />
        {mayChange ? (
          <div className="wide row">
            <Button type="submit" loading={change.isPending} disabled={chosen.roles.length === 0}>
              {text.save}
            </Button>
            <Button variant="default" loading={recover.isPending} onClick={() => recover.mutate()}>
              {text.recover}
            </Button>
            <Button
              variant="default"
              onClick={() => change.mutate({ state: person.state === 'active' ? 'disabled' : 'active' })}
            >
              {person.state === 'active' ? text.disable : text.enable}
            </Button>
          </div>
        ) : null}
        {failed === undefined ? null : (
          <div className="wide">
            <Failure error={failed} />
          </div>
        )}
        {recover.data === undefined ? null : <EnrolLink link={recover.data} />}
      </form>
      {sessions.data === undefined || sessions.data.length === 0 ? (
        <p className="soft below">{text.noSessions}</p>
      ) : (
        <div className="sessions-of">
          <div className="row">
            <h3 className="grow">{t.people.session.title}</h3>
            {mayChange ? (
              <Button size="compact-sm" variant="default" onClick={() => endAll.mutate()}>
                {t.people.session.endAll}
              </Button>
            ) : null}
          </div>
          <SessionTable sessions={sessions.data} onEnd={mayChange ? (id) => end.mutate(id) : undefined} />
        </div>
      )}
    </Section>
  );
}
