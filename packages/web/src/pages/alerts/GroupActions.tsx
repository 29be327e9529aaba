import type { AlertGroup } from '@gongjo/contract';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { deskNowMs } from '../../api/desk-time.ts';
import { queries } from '../../api/queries.ts';
import { type GroupAct, watching } from '../../api/watch.client.ts';
import { Failure } from '../../parts/Failure.tsx';
import { useReader } from '../../texts/language.tsx';
import { reasonCharsMax, reasonError } from '../reason.ts';

/** Longer, a silence is forgotten: the desk takes thirty days at most. */
const silenceHours = [1, 8, 24, 24 * 7, 24 * 30] as const;

/** What a person can do with a group. */
export function GroupActions({ group, children }: { readonly group: AlertGroup; readonly children: ReactNode }) {
  const { t } = useReader();
  const client = useQueryClient();
  const [form, setForm] = useState<'assign' | 'silence' | null>(null);
  const act = useMutation({
    mutationFn: (asked: GroupAct) => watching.act(group.id, asked),
    onSuccess: () => setForm(null),
    onSettled: () => {
      for (const key of ['alert-groups', 'alerts']) void client.invalidateQueries({ queryKey: [key] });
    },
  });
  if (group.count === 0) return <div className="actions">{children}</div>;
  const { alerts: text } = t;
  const isBusy = (what: GroupAct['act']) => act.isPending && act.variables.act === what;
  return (
    <>
      <div className="actions">
        {group.open === 0 ? null : (
          <Button size="compact-sm" loading={isBusy('acknowledge')} onClick={() => act.mutate({ act: 'acknowledge' })}>
            {text.acknowledge}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={form === 'assign'}
          onClick={() => setForm(form === 'assign' ? null : 'assign')}
        >
          {text.assign}
        </Button>
        {group.silence === null ? (
          <Button
            size="compact-sm"
            variant="default"
            aria-expanded={form === 'silence'}
            onClick={() => setForm(form === 'silence' ? null : 'silence')}
          >
            {text.silence}
          </Button>
        ) : (
          <Button
            size="compact-sm"
            variant="default"
            loading={isBusy('unsilence')}
            onClick={() => act.mutate({ act: 'unsilence' })}
          >
            {text.unsilence}
          </Button>
        )}
        {children}
      </div>
      {form === 'assign' ? (
        <Assign group={group} isBusy={isBusy('assign')} onAct={act.mutate} onCancel={() => setForm(null)} />
      ) : null}
      {form === 'silence' ? (
        <Silence isBusy={isBusy('silence')} onAct={act.mutate} onCancel={() => setForm(null)} />
      ) : null}
      {act.error === null ? null : <Failure error={act.error} />}
    </>
  );
}

interface FormProps {
  readonly isBusy: boolean;
  readonly onAct: (act: GroupAct) => void;
  readonly onCancel: () => void;
}

function Assign({ group, isBusy, onAct, onCancel }: FormProps & { readonly group: AlertGroup }) {
  const { t } = useReader();
  const me = useQuery(queries.me).data?.name ?? '';
  const [to, setTo] = useState(group.assignedTo ?? me);
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const name = to.trim();
    setWrong(name === '');
    if (name !== '') onAct({ act: 'assign', to: name });
  };
  return (
    <form className="group-form" noValidate onSubmit={submit}>
      <TextInput
        label={t.alerts.to}
        value={to}
        maxLength={200}
        autoFocus
        error={wrong ? t.alerts.nameMissing : null}
        onChange={(event) => setTo(event.currentTarget.value)}
      />
      <div className="actions">
        <Button type="submit" size="compact-sm" loading={isBusy}>
          {t.alerts.done}
        </Button>
        {group.assignedTo === null ? null : (
          <Button size="compact-sm" variant="default" onClick={() => onAct({ act: 'assign', to: null })}>
            {t.alerts.nobody}
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" onClick={onCancel}>
          {t.alerts.cancel}
        </Button>
      </div>
    </form>
  );
}

function Silence({ isBusy, onAct, onCancel }: FormProps) {
  const { t, count } = useReader();
  const [reason, setReason] = useState('');
  const [hours, setHours] = useState('8');
  const [wrong, setWrong] = useState<string | null>(null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const error = reasonError(reason, t);
    setWrong(error);
    const until = new Date(deskNowMs() + Number(hours) * 3_600_000 - 1000).toISOString();
    if (error === null) onAct({ act: 'silence', reason: reason.trim(), until });
  };
  return (
    <form className="group-form" noValidate onSubmit={submit}>
      <TextInput
        label={t.alerts.reason}
        value={reason}
        maxLength={reasonCharsMax}
        autoFocus
        error={wrong}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <NativeSelect
        label={t.alerts.until}
        value={hours}
        data={silenceHours.map((each) => ({
          value: String(each),
          label: each < 24 ? count(t.alerts.hours, each) : count(t.alerts.days, each / 24),
        }))}
        onChange={(event) => setHours(event.currentTarget.value)}
      />
      <div className="actions">
        <Button type="submit" size="compact-sm" loading={isBusy}>
          {t.alerts.done}
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={onCancel}>
          {t.alerts.cancel}
        </Button>
      </div>
    </form>
  );
}
