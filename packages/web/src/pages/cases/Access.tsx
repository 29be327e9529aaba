import { type CaseAccessAct, type CaseDetail, fill } from '@gongjo/contract';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { joint } from '../../api/joint.client.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Section } from '../../parts/Section.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';

/** Who of this desk sees a case: whoever has the clearance, or its members alone. */
export function Access({ it: { id, access } }: { readonly it: CaseDetail }) {
  const { t } = useReader();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const change = useMutation({
    mutationFn: (act: CaseAccessAct) => joint.access(id, act),
    onSuccess: () => setName(''),
    onSettled: () => void client.invalidateQueries({ queryKey: ['cases'] }),
  });
  const failure = change.error === null ? null : <Failure error={change.error} />;
  if (access.restrictedAt === null)
    return (
      <Section title={t.cases.access}>
        <p className="soft">{t.cases.accessOpen}</p>
        <div className="row">
          <Button
            size="compact-sm"
            variant="default"
            loading={change.isPending}
            onClick={() => change.mutate({ act: 'restrict' })}
          >
            {t.cases.restrict}
          </Button>
        </div>
        {failure}
      </Section>
    );
  const admit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== '') change.mutate({ act: 'admit', person: name.trim() });
  };
  return (
    <Section title={t.cases.access}>
      <p className="soft">{t.cases.accessHint}</p>
      <div className="stack">
        <ul className="case-list" data-testid="case-members">
          {access.members.map((member) => (
            <li key={member.person} className="panel case-card row">
              <strong>{member.name}</strong>
              <span className="small soft">
                <When at={member.since} /> {fill(t.cases.admittedBy, { name: member.by })}
              </span>
              <Button
                size="compact-xs"
                variant="subtle"
                disabled={access.members.length < 2}
                onClick={() => change.mutate({ act: 'release', person: member.name })}
              >
                {fill(t.cases.release, { name: member.name })}
              </Button>
            </li>
          ))}
        </ul>
        <form className="panel fields" onSubmit={admit} aria-label={t.cases.admit}>
          <TextInput
            label={t.cases.admitName}
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <div className="wide row">
            <Button type="submit" loading={change.isPending}>
              {t.cases.admit}
            </Button>
            <Button variant="default" onClick={() => change.mutate({ act: 'lift' })}>
              {t.cases.lift}
            </Button>
          </div>
        </form>
      </div>
      {failure}
    </Section>
  );
}
