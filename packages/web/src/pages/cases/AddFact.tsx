import { type CaseFlag, caseFlags, caseTerms, type FactBody } from '@gongjo/contract';
import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { joint } from '../../api/joint.client.ts';
import { Choice } from '../../parts/Choice.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Section } from '../../parts/Section.tsx';
import { useReader } from '../../texts/language.tsx';

const kinds = ['note', 'finding', 'task', 'member'] as const;
type Kind = (typeof kinds)[number];

const empty = { title: '', text: '', name: '', role: '', source: '', terms: '' };

/** Writes a fact into a case. */
export function AddFact({ caseId }: { readonly caseId: string }) {
  const { t, say } = useReader();
  const client = useQueryClient();
  const [kind, setKind] = useState<Kind>('note');
  const [flag, setFlag] = useState<CaseFlag>('intelligence');
  const [keptHere, setKeptHere] = useState(false);
  const [typed, setTyped] = useState(empty);
  const body = bodyOf(kind, typed);
  const isMissing = body === null || (flag === 'evidence' && typed.source.trim() === '');
  const add = useMutation({
    mutationFn: async (said: FactBody) =>
      joint.add(caseId, {
        ...{ body: said, flag, keptHere },
        ...(typed.source.trim() === '' ? {} : { source: typed.source.trim() }),
        ...(typed.terms.trim() === '' ? {} : { terms: typed.terms.trim() }),
      }),
    onSuccess: () => setTyped(empty),
    onSettled: () => void client.invalidateQueries({ queryKey: ['cases'] }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (body !== null && !isMissing) add.mutate(body);
  };
  const field = (name: keyof typeof empty) => ({
    value: typed[name],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      setTyped({ ...typed, [name]: event.currentTarget.value }),
  });
  return (
    <Section title={t.cases.add}>
      <form className="panel fields" onSubmit={submit} aria-label={t.cases.add}>
        <div className="wide">
          <Choice
            legend={t.cases.kind}
            choices={kinds.map((key) => ({ key, name: say(caseTerms.fact[key]) }))}
            chosen={kind}
            onChoose={setKind}
          />
        </div>
        {kind === 'member' ? (
          <>
            <TextInput required label={t.cases.name} maxLength={500} {...field('name')} />
            <TextInput required label={t.cases.role} maxLength={500} {...field('role')} />
          </>
        ) : null}
        {kind === 'task' || kind === 'finding' ? (
          <TextInput required className="wide" label={t.cases.factTitle} maxLength={500} {...field('title')} />
        ) : null}
        {kind === 'task' ? <TextInput label={t.cases.assignee} maxLength={500} {...field('name')} /> : null}
        {kind === 'member' ? null : (
          <Textarea
            className="wide"
            rows={3}
            required={kind !== 'task'}
            label={t.cases.text}
            maxLength={20_000}
            {...field('text')}
          />
        )}
        <NativeSelect
          label={t.cases.flag}
          value={flag}
          data={caseFlags.map((it) => ({ value: it, label: say(caseTerms.flag[it]) }))}
          onChange={(event) => setFlag(event.currentTarget.value as CaseFlag)}
        />
        <TextInput
          label={t.cases.source}
          required={flag === 'evidence'}
          description={flag === 'evidence' ? t.cases.sourceNeeded : undefined}
          maxLength={500}
          {...field('source')}
        />
        <TextInput label={t.cases.terms} maxLength={500} {...field('terms')} />
        <Checkbox
          label={t.cases.keptHere}
          checked={keptHere}
          onChange={(event) => setKeptHere(event.currentTarget.checked)}
        />
        <div className="wide">
          <Button type="submit" loading={add.isPending} disabled={isMissing}>
            {t.cases.save}
          </Button>
        </div>
        {add.error === null ? null : <Failure error={add.error} />}
      </form>
    </Section>
  );
}

/** Null: something is missing. */
function bodyOf(kind: Kind, typed: typeof empty): FactBody | null {
  const title = typed.title.trim();
  const text = typed.text.trim();
  const name = typed.name.trim();
  const role = typed.role.trim();
  if (kind === 'note') return text === '' ? null : { kind, text };
  if (kind === 'finding') return title === '' || text === '' ? null : { kind, title, text };
  if (kind === 'member') return name === '' || role === '' ? null : { kind, name, role };
  if (title === '') return null;
  return { kind, title, done: false, ...(text === '' ? {} : { text }), ...(name === '' ? {} : { assignee: name }) };
}
