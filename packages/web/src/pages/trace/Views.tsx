import { fill, type NewTraceView, viewNameCharsMax } from '@gongjo/contract';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { queries } from '../../api/queries.ts';
import { tracing } from '../../api/trace.client.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Section } from '../../parts/Section.tsx';
import { useTimeLine } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';

/** The desk's saved views, and the way to save this one. */
export function Views({ current }: { readonly current: Omit<NewTraceView, 'name'> | null }) {
  const { t } = useReader();
  const timeLine = useTimeLine();
  const client = useQueryClient();
  const { data: views, error } = useQuery(queries.traceViews);
  const [name, setName] = useState('');
  const [missing, setMissing] = useState(false);
  const [said, setSaid] = useState('');
  const fresh = () => client.invalidateQueries({ queryKey: ['trace-views'] });
  const save = useMutation({
    mutationFn: tracing.save,
    onSuccess: (view) => {
      setName('');
      setSaid(fill(text.saved, { name: view.name }));
    },
    onSettled: fresh,
  });
  const remove = useMutation({
    mutationFn: async (view: { readonly id: string; readonly name: string }) => {
      await tracing.remove(view.id);
      return view;
    },
    onSuccess: (view) => setSaid(fill(text.removed, { name: view.name })),
    onSettled: fresh,
  });
  const text = t.trace.views;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setMissing(name.trim() === '');
    if (current !== null && name.trim() !== '') save.mutate({ ...current, name });
  };
  const failure = error ?? save.error ?? remove.error;
  return (
    <Section title={text.title}>
      <div className="panel trace-views">
        {current === null ? null : (
          <form className="row" onSubmit={submit} noValidate>
            <TextInput
              className="grow"
              aria-label={text.name}
              placeholder={text.name}
              maxLength={viewNameCharsMax}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              error={missing ? text.nameMissing : undefined}
            />
            <Button type="submit" variant="default" loading={save.isPending}>
              {text.save}
            </Button>
          </form>
        )}
        <p className="small" role="status">
          {said}
        </p>
        {failure === null ? null : <Failure error={failure} />}
        {views?.length === 0 ? (
          <p className="soft small">
            {text.none} {text.noneHint}
          </p>
        ) : null}
        <ul>
          {views?.map((view) => (
            <li key={view.id} className="row" data-testid="trace-view">
              <Link to="/trace" search={{ view: view.id }}>
                {view.name}
              </Link>
              <span className="soft small grow">{fill(text.by, { name: view.by, time: timeLine(view.at) })}</span>
              <button
                type="button"
                className="icon-button"
                aria-label={`${text.remove}: ${view.name}`}
                title={text.remove}
                onClick={() => remove.mutate(view)}
              >
                <Icon name="minus" size={14} />
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Section>
  );
}
