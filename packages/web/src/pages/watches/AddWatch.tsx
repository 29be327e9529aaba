import { fill, tagCategories, terms, type Watch, watchKinds } from '@gongjo/contract';
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ChangeEvent, type FormEvent, useEffect, useRef, useState } from 'react';
import { deskNow } from '../../api/desk-time.ts';
import { queries } from '../../api/queries.ts';
import { type ImportedList, watching } from '../../api/watch.client.ts';
import { group } from '../../format/amount.ts';
import { Choice } from '../../parts/Choice.tsx';
import { useDeskClock } from '../../parts/clock.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Section } from '../../parts/Section.tsx';
import { useReader } from '../../texts/language.tsx';
import { reasonCharsMax, reasonCharsMin } from '../reason.ts';
import { NAME_CHARACTERS_MAX, type ReadWatch, readWatchForm, type WatchErrors, type WatchForm } from './watch-form.ts';

const empty: WatchForm = {
  ...{
    kind: 'address',
    chain: '',
    address: '',
    category: 'sanctioned',
    addresses: '',
    name: '',
    reason: '',
    until: '',
  },
};

async function order({ asked, addresses }: ReadWatch): Promise<ImportedList> {
  if (asked.kind === 'list') return watching.importList(asked, addresses);
  return { watch: await watching.add(asked), refused: 0, refusals: [] };
}

/** Orders a watch by hand: an address, a list, or a category of tags. */
export function AddWatch() {
  const { t, say } = useReader();
  const { zones } = useDeskClock();
  const chains = useQuery(queries.status).data?.chains ?? [];
  const client = useQueryClient();
  const [typed, setTyped] = useState(empty);
  const [errors, setErrors] = useState<WatchErrors>({});
  const form = useRef<HTMLFormElement>(null);
  const values = typed.chain === '' ? { ...typed, chain: chains[0]?.chain ?? '' } : typed;
  const add = useMutation({
    mutationFn: order,
    onSuccess: () => setTyped({ ...empty, kind: values.kind, chain: values.chain }),
    onSettled: () => void client.invalidateQueries({ queryKey: ['watches'] }),
  });
  useEffect(() => {
    if (Object.keys(errors).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const read = readWatchForm(values, { now: deskNow(), timeZone: zones[0] ?? 'UTC' });
    setErrors('errors' in read ? read.errors : {});
    if ('watch' in read) add.mutate(read.watch);
  };
  const set = (field: keyof WatchForm) => (event: { readonly currentTarget: { readonly value: string } }) =>
    setTyped({ ...values, [field]: event.currentTarget.value });
  const readFile = (event: ChangeEvent<HTMLInputElement>): void => {
    const [file] = event.currentTarget.files ?? [];
    if (file === undefined) return;
    void file
      .text()
      .then((addresses) =>
        setTyped((before) => ({ ...before, addresses, name: before.name === '' ? file.name : before.name })),
      );
  };
  const text = t.watches.form;
  const error = (field: keyof WatchForm): string | null => {
    const code = errors[field];
    if (code === undefined) return null;
    const max = field === 'name' ? NAME_CHARACTERS_MAX : reasonCharsMax;
    return fill(t.watches.errors[code], { min: reasonCharsMin, max });
  };
  const field = (name: keyof WatchForm) => ({ value: values[name], onChange: set(name), error: error(name) });
  return (
    <Section title={t.watches.add}>
      <form ref={form} className="panel fields watch-form" noValidate onSubmit={submit} aria-label={t.watches.add}>
        <div className="wide">
          <Choice
            legend={text.kind}
            choices={watchKinds.map((kind) => ({ key: kind, name: say(terms.watchKind[kind]) }))}
            chosen={values.kind}
            onChoose={(kind) => {
              setTyped({ ...values, kind });
              setErrors({});
            }}
          />
        </div>
        <NativeSelect
          label={text.chain}
          data={chains.map(({ chain, name }) => ({ value: chain, label: name }))}
          {...field('chain')}
        />
        {values.kind === 'category' ? (
          <NativeSelect
            label={text.category}
            data={tagCategories.map((category) => ({ value: category, label: say(terms.category[category]) }))}
            {...field('category')}
          />
        ) : (
          <TextInput label={values.kind === 'list' ? text.name : text.nameOptional} {...field('name')} />
        )}
        {values.kind === 'address' ? (
          <TextInput
            className="wide"
            label={text.address}
            spellCheck={false}
            classNames={{ input: 'mono' }}
            {...field('address')}
          />
        ) : null}
        {values.kind === 'list' ? (
          <>
            <Textarea
              className="wide"
              label={text.addresses}
              description={text.addressesHint}
              rows={4}
              spellCheck={false}
              classNames={{ input: 'mono' }}
              {...field('addresses')}
            />
            <label className="wide file">
              <span>{text.file}</span>
              <input type="file" accept=".txt,.csv,text/plain,text/csv" onChange={readFile} />
            </label>
          </>
        ) : null}
        <TextInput className="wide" label={text.reason} description={text.reasonHint} {...field('reason')} />
        <TextInput type="date" label={text.until} description={text.untilHint} {...field('until')} />
        <div className="wide">
          <Button type="submit" loading={add.isPending}>
            {text.submit}
          </Button>
        </div>
        {add.error === null ? null : (
          <div className="wide">
            <Failure error={add.error} />
          </div>
        )}
        {add.data === undefined ? null : <Added added={add.data} />}
      </form>
    </Section>
  );
}

function Added({ added: { watch, refused, refusals } }: { readonly added: ImportedList }) {
  const { t, count } = useReader();
  const text = t.watches;
  return (
    <div className={watch === null ? 'wide failure' : 'wide done'} role="status" data-testid="watch-added">
      <Icon name={watch === null ? 'act' : 'check'} />
      <div>
        <p>{watch === null ? text.importedNone : sentence(watch)}</p>
        {refused === 0 ? null : (
          <>
            <p className="warn-text">{count(text.refused, refused)}</p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
            <ul className="mono small refusals" aria-label={count(text.refused, refused)} tabIndex={0}>
              {refusals.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </>
        )}
      </div>
    </div>
  );

  function sentence({ kind, name, count: addresses }: Watch): string {
    return kind === 'list'
      ? fill(text.imported, { name, count: group(String(addresses ?? 0)) })
      : fill(text.added_ok, { name });
  }
}
