import {
  caseTerms,
  fill,
  type NewRequest,
  partnerRequestKinds,
  type RequestKind,
  requestTerms,
  type Text,
} from '@gongjo/contract';
import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { joint } from '../../api/joint.client.ts';
import { queries } from '../../api/queries.ts';
import { instantOf } from '../../format/local-time.ts';
import { zoneName } from '../../format/time.ts';
import { Choice } from '../../parts/Choice.tsx';
import { useDeskClock } from '../../parts/clock.tsx';
import { useDeskName } from '../../parts/desk-name.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Section } from '../../parts/Section.tsx';
import { useReader } from '../../texts/language.tsx';
import {
  charsMaxOf,
  choicesOf,
  emptyFields,
  type FieldName,
  fieldsOfKind,
  isChoice,
  isList,
  readFields,
} from './request-form.ts';

const empty = { title: '', basis: '', purpose: '', deadline: '', case: '' };

/** Asks a partner. */
export function AskPartner() {
  const { t, say } = useReader();
  const nameOf = useDeskName();
  const client = useQueryClient();
  const partners = useQuery(queries.status).data?.partners ?? [];
  const cases = useQuery(queries.cases).data ?? [];
  const [kind, setKind] = useState<RequestKind>('rfi');
  const [chosen, setChosen] = useState('');
  const [typed, setTyped] = useState(empty);
  const [fields, setFields] = useState(emptyFields);
  const [urgent, setUrgent] = useState(false);
  const to = partners.some(({ desk }) => desk === chosen) ? chosen : (partners[0]?.desk ?? '');
  const read = readFields(kind, fields);
  const { zones, now } = useDeskClock();
  const zone = zones[0] ?? 'UTC';
  // On the desk's clock, on which it is shown afterwards, wherever the browser stands.
  const deadline = instantOf(typed.deadline, zone);
  const isReady =
    read !== null &&
    to !== '' &&
    [typed.title, typed.basis, typed.purpose].every((it) => it.trim() !== '') &&
    deadline !== null;
  const ask = useMutation({
    mutationFn: (asked: NewRequest) => joint.ask(asked),
    onSuccess: () => {
      setTyped(empty);
      setFields(emptyFields);
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ['requests'] }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isReady || read === null || deadline === null) return;
    ask.mutate({
      to: to as NewRequest['to'],
      content: {
        ...{ title: typed.title.trim(), fields: read, legalBasis: typed.basis.trim(), purpose: typed.purpose.trim() },
        ...{ deadline, urgent },
        ...(typed.case === '' ? {} : { case: typed.case }),
      },
    });
  };
  if (partners.length === 0) return null;
  const set = (name: keyof typeof empty) => (event: { readonly currentTarget: { readonly value: string } }) =>
    setTyped({ ...typed, [name]: event.currentTarget.value });
  const labels: Readonly<Record<Exclude<FieldName, keyof typeof choicesOf>, string>> = {
    ...t.cases,
    facts: t.cases.facts2,
  };
  return (
    <Section title={t.cases.ask}>
      <form className="panel fields" onSubmit={submit} aria-label={t.cases.ask}>
        <div className="wide">
          <Choice
            legend={t.cases.kind}
            choices={partnerRequestKinds.map((key) => ({ key, name: say(caseTerms.request[key]) }))}
            chosen={kind}
            onChoose={setKind}
          />
        </div>
        <NativeSelect
          label={t.cases.partner}
          value={to}
          data={partners.map(({ desk }) => ({ value: desk, label: nameOf(desk) }))}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
        <TextInput required label={t.cases.factTitle} maxLength={500} value={typed.title} onChange={set('title')} />
        {fieldsOfKind[kind].map((name) => {
          const change = (event: { readonly currentTarget: { readonly value: string } }) =>
            setFields({ ...fields, [name]: event.currentTarget.value });
          if (isChoice(name)) {
            const words: Readonly<Record<string, Text>> =
              name === 'confidential' ? requestTerms.answer : requestTerms[name];
            return (
              <NativeSelect
                key={name}
                required
                label={say(requestTerms.field[name])}
                value={fields[name]}
                data={[
                  { value: '', label: t.common.none },
                  ...choicesOf[name].map((it) => ({ value: it, label: say(words[it] ?? { en: it, ko: it }) })),
                ]}
                onChange={change}
              />
            );
          }
          return isList(name) || name === 'question' || name === 'facts' ? (
            <Textarea
              key={name}
              className="wide"
              rows={3}
              label={labels[name]}
              maxLength={charsMaxOf(name)}
              value={fields[name]}
              onChange={change}
            />
          ) : (
            <TextInput
              key={name}
              label={labels[name]}
              maxLength={charsMaxOf(name)}
              value={fields[name]}
              onChange={change}
            />
          );
        })}
        <TextInput required label={t.cases.basis} maxLength={500} value={typed.basis} onChange={set('basis')} />
        <TextInput required label={t.cases.purpose} maxLength={500} value={typed.purpose} onChange={set('purpose')} />
        <TextInput
          required
          type="datetime-local"
          label={t.cases.deadline}
          description={fill(t.cases.onClock, { zone: zoneName(now, zone) })}
          value={typed.deadline}
          onChange={set('deadline')}
        />
        <NativeSelect
          label={t.cases.ofIncident}
          value={typed.case}
          data={[
            { value: '', label: t.common.none },
            ...cases.map(({ id, title }) => ({ value: id, label: say(title) })),
          ]}
          onChange={set('case')}
        />
        <Checkbox
          label={t.cases.urgent}
          checked={urgent}
          onChange={(event) => setUrgent(event.currentTarget.checked)}
        />
        <div className="wide">
          <Button type="submit" disabled={!isReady} loading={ask.isPending}>
            {t.cases.askButton}
          </Button>
        </div>
        {ask.error === null ? null : <Failure error={ask.error} />}
      </form>
    </Section>
  );
}
