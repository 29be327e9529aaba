import { fill, type Hold, type HoldAnswer, type HoldEventKind, holdTerms, type Instant } from '@gongjo/contract';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { amountLine } from '../../format/amount.ts';
import { unitsOf } from '../../format/amount-input.ts';
import { instantOf } from '../../format/local-time.ts';
import { useDeskClock } from '../../parts/clock.tsx';
import { useReader } from '../../texts/language.tsx';
import type { ActProps } from './HoldActions.tsx';

interface AnswerProps extends Omit<ActProps, 'hold'> {
  readonly hold: Pick<Hold, 'facts' | 'may'>;
  /** What the button says, where it is not “save”. */
  readonly submit?: string;
}

const answers = ['acknowledge', 'hold', 'extend', 'order', 'release', 'seize', 'return', 'refuse', 'withdraw'] as const;
type AnswerKind = (typeof answers)[number];

/** The events of the table that an answer can become. */
const becomes: Readonly<Record<AnswerKind, readonly HoldEventKind[]>> = {
  acknowledge: ['acknowledge'],
  hold: ['hold-part', 'hold-full'],
  extend: ['extend'],
  order: ['order'],
  release: ['release'],
  seize: ['seize'],
  return: ['return'],
  refuse: ['refuse'],
  withdraw: ['withdraw'],
};

/** What each must or may say. */
const asks: Readonly<Record<AnswerKind, readonly ('until' | 'reference' | 'reason' | 'amounts')[]>> = {
  acknowledge: ['reference'],
  hold: ['amounts', 'until', 'reference'],
  extend: ['until'],
  order: ['reference', 'until'],
  release: ['reason'],
  seize: ['reference'],
  return: ['reference'],
  refuse: ['reason'],
  withdraw: ['reason'],
};

/** A person enters what came back, or answers a partner's request. */
export function AnswerForm({ hold, isBusy, onAct, onCancel, submit: name }: AnswerProps) {
  const { t, say } = useReader();
  const text = t.holds;
  const { zones } = useDeskClock();
  const possible = answers.filter((it) => becomes[it].some((event) => hold.may.includes(event)));
  const [event, setEvent] = useState<AnswerKind>(possible[0] ?? 'acknowledge');
  const [said, setSaid] = useState({ until: '', reference: '', reason: '' });
  const [amounts, setAmounts] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(hold.facts.amounts.map((it) => [it.asset, amountLine(it.units, it.decimals)])),
  );
  const units = hold.facts.amounts.map((it) => ({ ...it, typed: unitsOf(amounts[it.asset] ?? '', it.decimals) }));
  const isWrong = event === 'hold' && units.some(({ typed }) => 'wrong' in typed);
  const has = (what: (typeof asks)[AnswerKind][number]) => asks[event].includes(what);
  const submit = (sent: FormEvent) => {
    sent.preventDefault();
    const until: Instant | null = said.until === '' ? null : instantOf(said.until, zones[0] ?? 'UTC');
    const body = {
      event,
      ...(has('until') && until !== null && { until }),
      ...(has('reference') && said.reference.trim() !== '' && { reference: said.reference.trim() }),
      ...(has('reason') && { reason: said.reason.trim() }),
      ...(has('amounts') && {
        amounts: units.flatMap(({ asset, typed }) =>
          'units' in typed && typed.units !== '0' ? [{ asset, units: typed.units }] : [],
        ),
      }),
    };
    onAct({ act: 'answer', body: body as HoldAnswer });
  };
  const line = (key: 'reference' | 'reason') => (
    <TextInput
      label={text[key]}
      required={key === 'reason' || ['order', 'seize', 'return'].includes(event)}
      value={said[key]}
      onChange={({ currentTarget: { value } }) => setSaid((before) => ({ ...before, [key]: value }))}
    />
  );
  return (
    <form className="panel fields" onSubmit={submit}>
      <NativeSelect
        label={text.what}
        value={event}
        data={possible.map((it) => ({
          value: it,
          label: becomes[it].map((event) => say(holdTerms.event[event])).join(' / '),
        }))}
        onChange={({ currentTarget }) => setEvent(answers.find((it) => it === currentTarget.value) ?? event)}
      />
      {has('amounts')
        ? units.map(({ asset, symbol, typed }) => (
            <TextInput
              key={asset}
              label={fill(text.amountHeld, { asset: symbol })}
              value={amounts[asset] ?? ''}
              error={'wrong' in typed}
              onChange={({ currentTarget: { value } }) => setAmounts((before) => ({ ...before, [asset]: value }))}
            />
          ))
        : null}
      {has('until') ? (
        <TextInput
          label={text.until}
          type="datetime-local"
          required={event === 'extend'}
          value={said.until}
          onChange={({ currentTarget: { value } }) => setSaid((before) => ({ ...before, until: value }))}
        />
      ) : null}
      {has('reference') ? line('reference') : null}
      {has('reason') ? line('reason') : null}
      <div className="row wide">
        <Button type="submit" size="compact-sm" loading={isBusy} disabled={isWrong}>
          {name ?? text.save}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          {text.cancel}
        </Button>
      </div>
    </form>
  );
}
