import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { people } from '../../api/people.client.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Section } from '../../parts/Section.tsx';
import { useReader } from '../../texts/language.tsx';
import { EnrolLink } from './EnrolLink.tsx';
import { RoleFields, type RolesChosen } from './RoleFields.tsx';

const usual: RolesChosen = { roles: ['analyst'], clearance: 'amber' };

/** An account for somebody new, and the link with which they register a passkey. */
export function AddPerson() {
  const { t } = useReader();
  const text = t.people.administration;
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [subject, setSubject] = useState('');
  const [chosen, setChosen] = useState(usual);
  const add = useMutation({
    mutationFn: () =>
      people.add({
        ...{ name, roles: [...chosen.roles], clearance: chosen.clearance },
        subject: subject.trim() === '' ? null : subject,
      }),
    onSuccess: () => {
      setName('');
      setSubject('');
      setChosen(usual);
      void client.invalidateQueries({ queryKey: ['people'] });
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (chosen.roles.length > 0) add.mutate();
  };
  return (
    <Section title={text.add}>
      <form className="panel fields" onSubmit={submit} aria-label={text.add}>
        <TextInput
          label={text.name}
          description={text.nameHint}
          value={name}
          required
          maxLength={100}
          autoComplete="off"
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <TextInput
          label={text.subject}
          description={text.subjectHint}
          value={subject}
          maxLength={320}
          autoComplete="off"
          onChange={({ currentTarget }) => setSubject(currentTarget.value)}
        />
        <RoleFields value={chosen} onChange={setChosen} />
        <div className="wide">
          <Button type="submit" loading={add.isPending} disabled={chosen.roles.length === 0}>
            {text.submit}
          </Button>
        </div>
        {add.error === null ? null : (
          <div className="wide">
            <Failure error={add.error} />
          </div>
        )}
        {add.data === undefined ? null : <EnrolLink link={add.data} />}
      </form>
    </Section>
  );
}
