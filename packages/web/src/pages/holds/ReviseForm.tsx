import { type HoldRevision, holdScopes, holdTerms } from '@gongjo/contract';
import { Button, Checkbox, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useReader } from '../../texts/language.tsx';
import type { ActProps } from './HoldActions.tsx';

/** What a person may say of a draft. */
export function ReviseForm({ hold, isBusy, onAct, onCancel }: ActProps) {
  const { t, say } = useReader();
  const text = t.holds;
  const { facts } = hold;
  const { signatory, legalBasis, disclosureBasis } = facts;
  const [scope, setScope] = useState(facts.scope);
  const [days, setDays] = useState<number | string>(facts.days);
  const [disclosure, setDisclosure] = useState(facts.disclosure);
  const [words, setWords] = useState({
    entity: hold.addressee.entity?.en ?? '',
    hopBefore: facts.hopBefore ?? '',
    reference: facts.reference ?? '',
    caseNumber: facts.caseNumber ?? '',
    basisEn: legalBasis?.en ?? '',
    basisKo: legalBasis?.ko ?? '',
    disclosureEn: disclosureBasis?.en ?? '',
    disclosureKo: disclosureBasis?.ko ?? '',
    nameEn: signatory?.name.en ?? '',
    nameKo: signatory?.name.ko ?? '',
    titleEn: signatory?.title.en ?? '',
    titleKo: signatory?.title.ko ?? '',
    badge: signatory?.badge ?? '',
    email: signatory?.email ?? '',
    phone: signatory?.phone ?? '',
  });
  const labels: Readonly<Record<keyof typeof words, string>> = {
    entity: text.entity,
    hopBefore: text.hopBefore,
    reference: text.customer,
    caseNumber: text.caseNumber,
    ...text.form,
  };
  const field = (key: keyof typeof words) => (
    <TextInput
      key={key}
      label={labels[key]}
      required={isRequired(key, words)}
      {...(key === 'entity' && { description: text.entityHint })}
      {...(key === 'email' && { type: 'email' })}
      value={words[key]}
      onChange={({ currentTarget: { value } }) => setWords((before) => ({ ...before, [key]: value }))}
    />
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { entity, ...said } = revisionOf(words);
    const isNamed = entity !== undefined && entity !== hold.addressee.entity?.en;
    onAct({ act: 'revise', body: { scope, days: Number(days), disclosure, ...said, ...(isNamed && { entity }) } });
  };
  return (
    <form className="panel fields" onSubmit={submit}>
      <NativeSelect
        label={text.scope}
        value={scope}
        data={holdScopes.map((it) => ({ value: it, label: say(holdTerms.scope[it]) }))}
        onChange={({ currentTarget }) => setScope(holdScopes.find((it) => it === currentTarget.value) ?? scope)}
      />
      <NumberInput label={text.form.days} value={days} min={1} max={3650} required onChange={setDays} />
      <Checkbox
        label={text.disclosureAsked}
        checked={disclosure}
        onChange={({ currentTarget }) => setDisclosure(currentTarget.checked)}
      />
      {(Object.keys(words) as (keyof typeof words)[]).map(field)}
      <div className="row wide">
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
    | 'entity'
    | 'hopBefore'
    | 'reference'
    | 'caseNumber'
    | 'basisEn'
    | 'basisKo'
    | 'disclosureEn'
    | 'disclosureKo'
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

/** Nobody is half a signatory: who is named has a rank, and whoever has anything has a name. */
export function isRequired(key: keyof Words, words: Words): boolean {
  const isName = key === 'nameEn' || key === 'nameKo';
  const isTitle = key === 'titleEn' || key === 'titleKo';
  if (!isName && !isTitle) return false;
  const said = (keys: readonly (keyof Words)[]) => keys.some((it) => words[it].trim() !== '');
  const own = isName ? (['nameEn', 'nameKo'] as const) : (['titleEn', 'titleKo'] as const);
  return said(['nameEn', 'nameKo', 'titleEn', 'titleKo', 'badge', 'email', 'phone']) && !said(own);
}

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
    ...(or(words.entity) !== null && { entity: words.entity.trim() }),
    hopBefore: or(words.hopBefore),
    reference: or(words.reference),
    caseNumber: or(words.caseNumber),
    legalBasis: both(words.basisEn, words.basisKo),
    disclosureBasis: both(words.disclosureEn, words.disclosureKo),
    signatory:
      name === null || title === null
        ? null
        : { name, title, badge: or(words.badge), email: or(words.email), phone: or(words.phone) },
  };
}
