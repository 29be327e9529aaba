import { feeRules, fill, terms, traceDirections, traceMethods } from '@gongjo/contract';
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { queries } from '../../api/queries.ts';
import { Section } from '../../parts/Section.tsx';
import { useReader } from '../../texts/language.tsx';
import { readStart, startsMax, type TraceAsked } from './asked.ts';

type Field = 'chain' | 'start' | 'direction' | 'method' | 'fees' | 'hops' | 'min' | 'until';
type Typed = Record<Field, string>;
type Code = 'start-missing' | 'start-many' | 'number';

/** More starts than that are scrolled to. */
const startRowsMax = 6;

/** Asks for a trace. What is asked goes into the page's address, and from there to the desk. */
export function AskForm({ asked, onAsk }: { readonly asked: TraceAsked; readonly onAsk: (asked: TraceAsked) => void }) {
  const { t, say } = useReader();
  const chains = useQuery(queries.status).data?.chains ?? [];
  const [typed, setTyped] = useState<Typed>(() => typedOf(asked));
  const [errors, setErrors] = useState<Partial<Record<Field, Code>>>({});
  const values = typed.chain === '' ? { ...typed, chain: chains[0]?.chain ?? '' } : typed;
  const text = t.trace.ask;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const found = errorsIn(values);
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    const number = (field: 'hops' | 'until') => (values[field] === '' ? undefined : Number(values[field]));
    onAsk({
      chain: values.chain,
      start: values.start
        .split(/[\s,;]+/)
        .filter((word) => word !== '')
        .join(','),
      direction: traceDirections.find((one) => one === values.direction),
      method: traceMethods.find((one) => one === values.method),
      fees: feeRules.find((one) => one === values.fees),
      hops: number('hops'),
      min: values.min === '' ? undefined : values.min,
      until: number('until'),
      with: asked.with,
    });
  };
  const field = (name: Field) => {
    const code = errors[name];
    return {
      value: values[name],
      onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
        setTyped({ ...values, [name]: event.currentTarget.value }),
      error: code === undefined ? undefined : fill(text.errors[code], { max: startsMax }),
    };
  };
  const known = chains.some(({ chain }) => chain === values.chain);
  const choices = chains.map(({ chain, name }) => ({ value: chain as string, label: name }));
  return (
    <Section title={text.title}>
      <form className="panel fields trace-ask" noValidate onSubmit={submit} aria-label={text.title}>
        <Textarea
          className="wide"
          label={text.start}
          description={text.startHint}
          rows={Math.min(startRowsMax, values.start.split('\n').length)}
          spellCheck={false}
          classNames={{ input: 'mono' }}
          {...field('start')}
        />
        <NativeSelect
          label={text.chain}
          data={known || values.chain === '' ? choices : [...choices, { value: values.chain, label: values.chain }]}
          {...field('chain')}
        />
        <NativeSelect
          label={text.direction}
          data={traceDirections.map((value) => ({ value, label: text[value] }))}
          {...field('direction')}
        />
        <NativeSelect
          label={text.method}
          data={traceMethods.map((value) => ({ value, label: say(terms.rule[value]) }))}
          {...field('method')}
        />
        <details className="wide">
          <summary>{text.bounds}</summary>
          <div className="trace-bounds">
            <NativeSelect
              label={text.fees}
              data={feeRules.map((value) => ({ value, label: text.feesOf[value] }))}
              {...field('fees')}
            />
            <TextInput label={text.hops} inputMode="numeric" {...field('hops')} />
            <TextInput label={text.min} inputMode="numeric" {...field('min')} />
            <TextInput label={text.until} inputMode="numeric" {...field('until')} />
          </div>
        </details>
        <div className="wide">
          <Button type="submit">{text.submit}</Button>
        </div>
      </form>
    </Section>
  );
}

function typedOf({ chain, start, direction, method, fees, hops, min, until }: TraceAsked): Typed {
  return {
    ...{ chain: chain ?? '', start: (start ?? '').split(',').join('\n') },
    ...{ direction: direction ?? 'forward', method: method ?? 'fifo', fees: fees ?? 'drop' },
    ...{ hops: String(hops ?? ''), min: min ?? '', until: String(until ?? '') },
  };
}

function errorsIn(values: Typed): Partial<Record<Field, Code>> {
  const starts = readStart(values.start).length;
  const start = starts === 0 ? 'start-missing' : starts > startsMax ? 'start-many' : null;
  const wrong = (['hops', 'min', 'until'] as const).filter((name) => !/^\d{0,18}$/.test(values[name].trim()));
  return {
    ...(start !== null && { start }),
    ...Object.fromEntries(wrong.map((name) => [name, 'number'] as const)),
  };
}
