import {
  disclosures,
  fill,
  type IdentifierKind,
  identifierKinds,
  type OverlapAnswer,
  overlapTerms,
} from '@gongjo/contract';
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { overlaps } from '../../api/overlap.client.ts';
import { queries } from '../../api/queries.ts';
import { useDeskName } from '../../parts/desk-name.ts';
import { Failure, ProblemLine } from '../../parts/Failure.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Section } from '../../parts/Section.tsx';
import { useReader } from '../../texts/language.tsx';
import { type AskErrors, type AskForm, readAskForm, withinOf } from './ask-form.ts';
import { Item } from './Item.tsx';

const empty: AskForm = {
  ...{ kind: 'address', within: '', texts: '', partner: '', purpose: '', basis: '', disclosure: 'contact' },
};

/** Where a desk follows none. */
const usualChain = 'eip155:1';

/** A list that a person asks partners about. */
export function AskPartners({ agreed }: { readonly agreed: readonly string[] }) {
  const { t, say } = useReader();
  const deskName = useDeskName();
  const chains = useQuery(queries.status).data?.chains ?? [];
  const client = useQueryClient();
  const [typed, setTyped] = useState(empty);
  const [errors, setErrors] = useState<AskErrors>({});
  const form = useRef<HTMLFormElement>(null);
  const chainList = useId();
  const inside = withinOf[typed.kind];
  const values =
    inside === 'chain' && typed.within === '' ? { ...typed, within: chains[0]?.chain ?? usualChain } : typed;
  const ask = useMutation({
    mutationFn: overlaps.ask,
    onSettled: () => void client.invalidateQueries({ queryKey: ['overlap'] }),
  });
  useEffect(() => {
    if (Object.keys(errors).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const read = readAskForm(values);
    setErrors('errors' in read ? read.errors : {});
    if ('ask' in read) ask.mutate(read.ask);
  };
  const text = t.overlap.form;
  const field = (name: keyof AskForm) => {
    const code = errors[name];
    return {
      value: values[name],
      onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
        setTyped({ ...values, [name]: event.currentTarget.value }),
      error: code === undefined ? null : text[code],
    };
  };
  return (
    <Section title={t.overlap.ask}>
      <form ref={form} className="panel fields" noValidate onSubmit={submit} aria-label={t.overlap.ask}>
        <NativeSelect
          label={text.kind}
          data={identifierKinds.map((kind) => ({ value: kind, label: say(overlapTerms.kind[kind]) }))}
          value={values.kind}
          onChange={(event) => setTyped({ ...values, kind: event.currentTarget.value as IdentifierKind, within: '' })}
        />
        {inside === null ? null : (
          <TextInput
            label={text[inside]}
            list={inside === 'chain' ? chainList : undefined}
            spellCheck={false}
            {...field('within')}
          />
        )}
        <datalist id={chainList}>
          {chains.map(({ chain, name }) => (
            <option key={chain} value={chain}>
              {name}
            </option>
          ))}
        </datalist>
        <Textarea
          className="wide"
          label={text.texts}
          description={text.textsHint}
          rows={5}
          spellCheck={false}
          classNames={{ input: 'mono' }}
          {...field('texts')}
        />
        <NativeSelect
          label={text.partner}
          data={[
            { value: '', label: text.everyone },
            ...agreed.map((desk) => ({ value: desk, label: deskName(desk) })),
          ]}
          {...field('partner')}
        />
        <NativeSelect
          label={text.disclosure}
          data={disclosures.map((it) => ({ value: it, label: say(overlapTerms.disclosure[it]) }))}
          {...field('disclosure')}
        />
        <TextInput label={text.purpose} description={text.purposeHint} {...field('purpose')} />
        <TextInput label={text.basis} description={text.basisHint} {...field('basis')} />
        <div className="wide">
          <Button type="submit" loading={ask.isPending}>
            {text.submit}
          </Button>
        </div>
        {ask.error === null ? null : (
          <div className="wide">
            <Failure error={ask.error} />
          </div>
        )}
        {ask.data === undefined ? null : <Answers answers={ask.data} />}
      </form>
    </Section>
  );
}

function Answers({ answers }: { readonly answers: readonly OverlapAnswer[] }) {
  const { t, count } = useReader();
  const deskName = useDeskName();
  if (answers.length === 0) return <p className="wide warn-text">{t.overlap.nobody}</p>;
  return (
    <div className="wide stack" role="status" data-testid="overlap-answers">
      {answers.map(({ desk, found, problem }) =>
        problem === null ? (
          <div key={desk} className="done">
            <Icon name={found.length === 0 ? 'check' : 'act'} />
            <div>
              <p>
                {found.length === 0
                  ? fill(t.overlap.answeredNone, { desk: deskName(desk) })
                  : fill(count(t.overlap.answered, found.length), { desk: deskName(desk) })}
              </p>
              <ul>
                {found.map(({ item, note }) => (
                  <li key={`${item.kind} ${item.text}`}>
                    <Item item={item} />{' '}
                    {note === null ? (
                      <span className="soft">{t.overlap.toldNothing}</span>
                    ) : (
                      [note.contact, note.reference].filter((it) => it !== null).join(' · ')
                    )}
                  </li>
                ))}
              </ul>
            </div>
          </div>
        ) : (
          <p key={desk} className="strip-problem">
            <strong>{deskName(desk)}</strong> <ProblemLine problem={problem} />
          </p>
        ),
      )}
    </div>
  );
}
