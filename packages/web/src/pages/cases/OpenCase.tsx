import { type Tlp, terms, tlpLevels } from '@gongjo/contract';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { joint } from '../../api/joint.client.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Section } from '../../parts/Section.tsx';
import { useReader } from '../../texts/language.tsx';

/** Opens a case and goes to it. */
export function OpenCase() {
  const { t, say } = useReader();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [en, setEn] = useState('');
  const [ko, setKo] = useState('');
  const [tlp, setTlp] = useState<Tlp>('amber');
  const open = useMutation({
    mutationFn: () => joint.open({ title: { en: en.trim(), ko: ko.trim() }, tlp }),
    onSuccess: ({ id }) => void navigate({ to: '/cases/$id', params: { id } }),
    onSettled: () => void client.invalidateQueries({ queryKey: ['cases'] }),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (en.trim() !== '' && ko.trim() !== '') open.mutate();
  };
  return (
    <Section title={t.cases.open}>
      <form className="panel fields" onSubmit={submit} aria-label={t.cases.open}>
        <TextInput
          required
          label={t.cases.titleEn}
          value={en}
          maxLength={500}
          onChange={(event) => setEn(event.currentTarget.value)}
        />
        <TextInput
          required
          label={t.cases.titleKo}
          value={ko}
          maxLength={500}
          onChange={(event) => setKo(event.currentTarget.value)}
        />
        <NativeSelect
          label={t.cases.marking}
          value={tlp}
          data={tlpLevels.map((level) => ({ value: level, label: say(terms.tlp[level]) }))}
          onChange={(event) => setTlp(event.currentTarget.value as Tlp)}
        />
        <div className="wide">
          <Button type="submit" loading={open.isPending}>
            {t.cases.open}
          </Button>
        </div>
        {open.error === null ? null : <Failure error={open.error} />}
      </form>
    </Section>
  );
}
