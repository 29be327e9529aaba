import { type Hold, holdEvents, holdTerms, holdWays } from '@gongjo/contract';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type HoldAct, holding } from '../../api/hold.client.ts';
import { instantOf } from '../../format/local-time.ts';
import { useDeskClock } from '../../parts/clock.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { useReader } from '../../texts/language.tsx';
import { AnswerForm } from './AnswerForm.tsx';
import { OpenForm } from './OpenForm.tsx';
import { ReviseForm } from './ReviseForm.tsx';

export interface ActProps {
  readonly hold: Hold;
  readonly isBusy: boolean;
  readonly onAct: (act: HoldAct) => void;
  readonly onCancel: () => void;
}

/** Answers are all that can happen but what has a button of its own. */
const own: ReadonlySet<string> = new Set(['revise', 'approve', 'send']);

/** What a person can do with a request now. */
export function HoldActions({ hold }: { readonly hold: Hold }) {
  const { t } = useReader();
  const text = t.holds;
  const client = useQueryClient();
  const [form, setForm] = useState<'revise' | 'send' | 'answer' | null>(null);
  const act = useMutation({
    mutationFn: (asked: HoldAct) => holding.act(hold.id, asked),
    onSuccess: () => setForm(null),
    onSettled: () => client.invalidateQueries({ queryKey: ['holds'] }),
  });
  const may = new Set<string>(hold.may);
  const canAnswer = holdEvents.some((event) => may.has(event) && !own.has(event));
  const props: ActProps = { hold, isBusy: act.isPending, onAct: act.mutate, onCancel: () => setForm(null) };
  const open = (what: NonNullable<typeof form>, name: string) => (
    <OpenForm name={name} isOpen={form === what} onToggle={() => setForm(form === what ? null : what)} />
  );
  return (
    <>
      <div className="actions">
        {may.has('approve') ? (
          <Button
            size="compact-sm"
            title={text.approveHint}
            loading={act.isPending && act.variables.act === 'approve'}
            onClick={() => act.mutate({ act: 'approve', body: { digest: hold.digest } })}
          >
            {text.approve}
          </Button>
        ) : null}
        {may.has('send') ? open('send', text.send) : null}
        {may.has('revise') ? open('revise', text.change) : null}
        {canAnswer ? open('answer', text.enter) : null}
      </div>
      {form === 'revise' ? <ReviseForm {...props} /> : null}
      {form === 'send' ? <SendForm {...props} /> : null}
      {form === 'answer' ? <AnswerForm {...props} /> : null}
      {act.error === null ? null : <Failure error={act.error} />}
    </>
  );
}

function SendForm({ hold, isBusy, onAct, onCancel }: ActProps) {
  const { t, say } = useReader();
  const text = t.holds;
  const { kind, to: known } = hold.addressee.channel;
  const ways = holdWays.filter((it) => it !== 'desk' || hold.desk !== null);
  const [way, setWay] = useState(hold.desk === null ? (ways.find((it) => it === kind) ?? 'print') : 'desk');
  const [to, setTo] = useState('');
  const [at, setAt] = useState('');
  const { zones } = useDeskClock();
  const handed = way === 'print' && at !== '' ? instantOf(at, zones[0] ?? 'UTC') : null;
  // What cannot be read as a time is not taken for now.
  const isWrong = way === 'print' && at !== '' && handed === null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAct({
      act: 'send',
      body: {
        way,
        ...(way === 'print' && to.trim() !== '' && { to: to.trim() }),
        ...(handed !== null && { at: handed }),
      },
    });
  };
  return (
    <form className="panel fields" onSubmit={submit}>
      <NativeSelect
        label={text.way}
        value={way}
        data={ways.map((it) => ({ value: it, label: say(holdTerms.way[it]) }))}
        onChange={({ currentTarget }) => setWay(ways.find((it) => it === currentTarget.value) ?? 'print')}
      />
      {way === 'print' ? (
        <>
          <TextInput
            label={text.to}
            placeholder={known ?? ''}
            value={to}
            onChange={({ currentTarget }) => setTo(currentTarget.value)}
          />
          <TextInput
            label={text.handedOver}
            type="datetime-local"
            value={at}
            error={isWrong}
            onChange={({ currentTarget }) => setAt(currentTarget.value)}
          />
        </>
      ) : null}
      <div className="row wide">
        <Button type="submit" size="compact-sm" loading={isBusy} disabled={isWrong}>
          {text.send}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          {text.cancel}
        </Button>
      </div>
    </form>
  );
}
