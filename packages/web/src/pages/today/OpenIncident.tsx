import { fill, type IncidentKind, incidentKinds, type Tlp, terms, tlpLevels } from '@gongjo/contract';
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { desk } from '../../api/desk.client.ts';
import { queries } from '../../api/queries.ts';
import { Failure } from '../../parts/Failure.tsx';
import { useReader } from '../../texts/language.tsx';
import type { Texts } from '../../texts/texts.ts';
import {
  type FormError,
  type IncidentForm,
  readIncidentForm,
  TITLE_CHARACTERS_MAX,
  TXIDS_MAX,
} from '../new-incident.ts';

const empty: IncidentForm = { chain: '', txids: '', kind: 'theft', titleEn: '', titleKo: '', tlp: 'amber' };

export function OpenIncident() {
  const { t, say } = useReader();
  const chains = useQuery(queries.status).data?.chains ?? [];
  const client = useQueryClient();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(empty);
  const [errors, setErrors] = useState<readonly FormError[]>([]);
  const form = useRef<HTMLFormElement>(null);
  const values = typed.chain === '' ? { ...typed, chain: chains[0]?.chain ?? '' } : typed;
  const open = useMutation({
    mutationFn: desk.openIncident,
    onSuccess: async ({ id }) => {
      void client.invalidateQueries({ queryKey: queries.incidents.queryKey });
      await navigate({ to: '/incidents/$id', params: { id } });
    },
  });
  useEffect(() => {
    if (errors.length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [errors]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const read = readIncidentForm(values);
    setErrors('errors' in read ? read.errors : []);
    if ('incident' in read) open.mutate(read.incident);
  };
  const set = (field: keyof IncidentForm) => (event: { readonly currentTarget: { readonly value: string } }) =>
    setTyped({ ...values, [field]: event.currentTarget.value });
  const error = (field: FormError['field']) => {
    const found = errors.find((one) => one.field === field);
    return found === undefined ? null : errorText(found, t);
  };
  return (
    <form ref={form} className="panel open-incident" noValidate onSubmit={submit} aria-label={t.today.open}>
      <TextInput
        label={t.today.form.titleEn}
        lang="en"
        value={values.titleEn}
        onChange={set('titleEn')}
        error={error('titleEn')}
      />
      <TextInput
        label={t.today.form.titleKo}
        lang="ko"
        value={values.titleKo}
        onChange={set('titleKo')}
        error={error('titleKo')}
      />
      <p className="wide small soft">{t.today.form.titleHint}</p>
      <Textarea
        className="wide"
        label={t.today.form.txids}
        description={t.today.form.txidsHint}
        rows={2}
        spellCheck={false}
        classNames={{ input: 'mono' }}
        value={values.txids}
        onChange={set('txids')}
        error={error('txids')}
        required
      />
      <div className="wide three">
        <NativeSelect
          label={t.today.form.chain}
          data={chains.map(({ chain, name }) => ({ value: chain, label: name }))}
          value={values.chain}
          onChange={set('chain')}
          error={error('chain')}
        />
        <NativeSelect
          label={t.today.form.kind}
          data={incidentKinds.map((kind: IncidentKind) => ({ value: kind, label: say(terms.incidentKind[kind]) }))}
          value={values.kind}
          onChange={set('kind')}
        />
        <NativeSelect
          label={t.today.form.tlp}
          data={tlpLevels.map((level: Tlp) => ({ value: level, label: say(terms.tlp[level]) }))}
          value={values.tlp}
          onChange={set('tlp')}
        />
      </div>
      {open.error === null ? null : (
        <div className="wide">
          <Failure error={open.error} />
        </div>
      )}
      <div className="wide">
        <Button type="submit" loading={open.isPending}>
          {t.today.submit}
        </Button>
      </div>
    </form>
  );
}

function errorText(error: FormError, t: Texts): string {
  const max = error.code === 'titleLong' ? TITLE_CHARACTERS_MAX : TXIDS_MAX;
  return fill(t.today.errors[error.code], { max, line: error.code === 'txidWrong' ? error.line : '' });
}
