import { type HoldRevision, holdScopes, holdTerms } from '@gongjo/contract';
import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useReader } from '../../texts/language.tsx';
import type { ActProps } from './HoldActions.tsx';

/** What a person may say of a draft. */
export function ReviseForm({ hold, isBusy, onAct, onCancel }: ActProps) {
  const { t, say } = useReader();
  const text = t.holds;
  const { facts } = hold;
  const { signatory, legalBasis } = facts;
  const [scope, setScope] = useState(facts.scope);
  const [days, setDays] = useState<number | string>(facts.days);
  const [words, setWords] = useState({
    reference: facts.reference ?? '',
    caseNumber: facts.caseNumber ?? '',
    basisEn: legalBasis?.en ?? '',
    basisKo: legalBasis?.ko ?? '',
    nameEn: signatory?.name.en ?? '',
    nameKo: signatory?.name.ko ?? '',
    titleEn: signatory?.title.en ?? '',
    titleKo: signatory?.title.ko ?? '',
    badge: signatory?.badge ?? '',
    email: signatory?.email ?? '',
    phone: signatory?.phone ?? '',
  });
  const labels: Readonly<Record<keyof typeof words, string>> = {
    reference: text.customer,
    caseNumber: text.caseNumber,
    ...text.form,
  };
  const field = (key: keyof typeof words) => (
    <TextInput
      key={key}
      label={labels[key]}
      value={words[key]}
      onChange={({ currentTarget: { value } }) => setWords((before) => ({ ...before, [key]: value }))}
    />
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAct({ act: 'revise', body: { scope, days: Number(days), ...revisionOf(words) } });
  };
  return (
    <form className="panel hold-form" onSubmit={submit}>
      <NativeSelect
        label={text.scope}
        value={scope}
        data={holdScopes.map((it) => ({ value: it, label: say(holdTerms.scope[it]) }))}
        onChange={({ currentTarget }) => setScope(holdScopes.find((it) => it === currentTarget.value) ?? scope)}
      />
      <NumberInput label={text.form.days} value={days} min={1} max={3650} onChange={setDays} />
      {(Object.keys(words) as (keyof typeof words)[]).map(field)}
      <div className="row">
        <Button type="submit" size="compact-sm" loading={isBusy}>
          {text.save}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          {text.cancel}
        </Button>
      </div>
    </form>
  );
}

type Words = Readonly<
  Record<
    | 'reference'
    | 'caseNumber'
    | 'basisEn'
    | 'basisKo'
    | 'nameEn'
    | 'nameKo'
    | 'titleEn'
    | 'titleKo'
    | 'badge'
    | 'email'
    | 'phone',
    string
  >
>;

/** Empty is “not said”; of a text in two languages, the one that is there stands for both. */
export function revisionOf(words: Words): HoldRevision {
  const or = (text: string) => text.trim() || null;
  const both = (en: string, ko: string) => {
    const [one, other] = [or(en) ?? or(ko), or(ko) ?? or(en)];
    return one === null || other === null ? null : { en: one, ko: other };
  };
  const name = both(words.nameEn, words.nameKo);
  const title = both(words.titleEn, words.titleKo);
  return {
    reference: or(words.reference),
    caseNumber: or(words.caseNumber),
    legalBasis: both(words.basisEn, words.basisKo),
    signatory:
      name === null || title === null
        ? null
        : { name, title, badge: or(words.badge), email: or(words.email), phone: or(words.phone) },
  };
}
