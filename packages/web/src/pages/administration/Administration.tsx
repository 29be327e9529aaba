import { peopleTerms, terms } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries } from '../../api/queries.ts';
import { CsvButton } from '../../parts/CsvButton.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { useMay } from '../../parts/may.ts';
import { PageHead } from '../../parts/PageHead.tsx';
import { usePageTitle } from '../../parts/page-title.ts';
import { Section } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { useReader } from '../../texts/language.tsx';
import { AddPerson } from './AddPerson.tsx';
import { PeopleTable } from './PeopleTable.tsx';
import { PersonPanel } from './PersonPanel.tsx';
import '../account/account.css';
import './administration.css';

/** Who works here, and what each may do. */
export function AdministrationPage() {
  const { t, say } = useReader();
  const text = t.people.administration;
  usePageTitle(text.title);
  const may = useMay();
  const { data, error, refetch } = useQuery(queries.people);
  const [chosen, setChosen] = useState<string | null>(null);
  const person = data?.find(({ id }) => id === chosen);
  const rows = () => [
    [text.name, text.roles, text.clearance, text.state, text.passkeys, text.sessions, text.seen],
    ...(data ?? []).map(({ name, roles, clearance, state, passkeys, sessions, lastSeenAt }) => [
      ...[name, roles.map((role) => say(peopleTerms.role[role])).join(', '), say(terms.tlp[clearance])],
      ...[state === 'active' ? text.active : text.disabled, String(passkeys), String(sessions), lastSeenAt ?? ''],
    ]),
  ];
  return (
    <div className="stack">
      <PageHead title={text.title} intro={text.intro} />
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <Waiting heights={[240]} /> : null}
      {data === undefined ? null : (
        <Section title={text.people} aside={<CsvButton name={text.people} rows={rows} />}>
          <PeopleTable people={data} chosen={chosen} onChoose={setChosen} />
        </Section>
      )}
      {person === undefined ? null : <PersonPanel key={person.id} person={person} />}
      {may('people:administer') ? <AddPerson /> : null}
    </div>
  );
}
