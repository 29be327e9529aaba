import {
  caseTerms,
  fill,
  type Instant,
  type RefusalGround,
  type RequestEventName,
  type RequestHappening,
  type RequestView,
  refusalGrounds,
  requestTerms,
} from '@gongjo/contract';
import { Button, Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { deskNowMs } from '../../api/desk-time.ts';
import { joint } from '../../api/joint.client.ts';
import { capital } from '../../format/capital.ts';
import { instantOf, localOf } from '../../format/local-time.ts';
import { zoneName } from '../../format/time.ts';
import { useDeskClock } from '../../parts/clock.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { useReader } from '../../texts/language.tsx';
import { readAnswer } from './request-form.ts';

const dayMs = 86_400_000;
/** What an extension is offered as; the person changes it. */
const extensionDays = 3;

/** What can be done about a request now: one button for each event that its state allows, and its words. */
export function Act({ request }: { readonly request: RequestView }) {
  const { t, say } = useReader();
  const client = useQueryClient();
  const [event, setEvent] = useState<RequestEventName | null>(null);
  const [text, setText] = useState('');
  const [missing, setMissing] = useState('');
  const [ground, setGround] = useState<RefusalGround>('no-legal-basis');
  const { zones, now } = useDeskClock();
  const zone = zones[0] ?? 'UTC';
  const [until, setUntil] = useState('');
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const act = useMutation({
    mutationFn: (what: RequestHappening) => joint.act(request.id, { what }),
    onSuccess: () => {
      setEvent(null);
      setText('');
      setMissing('');
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ['requests'] }),
  });
  const chosen = event !== null && request.mayDo.includes(event) ? event : null;
  const what =
    chosen === null
      ? null
      : happening(chosen, request, {
          ...{ text: text.trim(), missing: missing.trim(), ground, seen },
          until: instantOf(until, zone),
        });
  const submit = (submitted: FormEvent): void => {
    submitted.preventDefault();
    if (what !== null) act.mutate(what);
  };
  const { fields } = request.content;
  const choose = (name: RequestEventName | null): void => {
    setEvent(name);
    const offered = name === null ? null : untilOffered(name, request, deskNowMs());
    setUntil(offered === null ? '' : localOf(offered, zone));
  };
  return (
    <div className="case-acts">
      <div className="row">
        {request.mayDo.map((name) => (
          <Button
            key={name}
            size="compact-xs"
            variant={name === chosen ? 'filled' : 'default'}
            aria-expanded={name === chosen}
            onClick={() => choose(name === chosen ? null : name)}
          >
            {capital(say(caseTerms.requestEvent[name]))}
          </Button>
        ))}
      </div>
      {chosen === null ? null : (
        <form className="case-acts" onSubmit={submit} aria-label={say(caseTerms.requestEvent[chosen])}>
          {chosen === 'refuse' ? (
            <NativeSelect
              label={t.cases.ground}
              value={ground}
              data={refusalGrounds.map((it) => ({ value: it, label: say(caseTerms.refusalGround[it]) }))}
              onChange={(changed) => setGround(changed.currentTarget.value as RefusalGround)}
            />
          ) : null}
          {chosen.startsWith('answer') && fields.kind === 'sighting'
            ? fields.subjects.map((subject) => (
                <Checkbox
                  key={subject}
                  label={subject}
                  checked={seen.has(subject)}
                  onChange={() =>
                    setSeen(
                      seen.has(subject)
                        ? new Set([...seen].filter((it) => it !== subject))
                        : new Set([...seen, subject]),
                    )
                  }
                />
              ))
            : null}
          <Textarea
            rows={3}
            label={t.cases.say}
            description={t.cases.sayHint}
            value={text}
            maxLength={20_000}
            onChange={(changed) => setText(changed.currentTarget.value)}
          />
          {untilOffered(chosen, request, 0) === null ? null : (
            <TextInput
              required
              type="datetime-local"
              label={chosen === 'extend' ? t.cases.deadline : say(requestTerms.field.preserved)}
              description={fill(t.cases.onClock, { zone: zoneName(now, zone) })}
              value={until}
              onChange={(changed) => setUntil(changed.currentTarget.value)}
            />
          )}
          {chosen === 'answer-partly' ? (
            <TextInput
              required
              label={t.cases.missing}
              maxLength={20_000}
              value={missing}
              onChange={(changed) => setMissing(changed.currentTarget.value)}
            />
          ) : null}
          <div>
            <Button type="submit" size="compact-sm" disabled={what === null} loading={act.isPending}>
              {capital(say(caseTerms.requestEvent[chosen]))}
            </Button>
          </div>
        </form>
      )}
      {act.error === null ? null : <Failure error={act.error} />}
    </div>
  );
}

interface Typed {
  readonly text: string;
  readonly missing: string;
  readonly ground: RefusalGround;
  readonly seen: ReadonlySet<string>;
  readonly until: Instant | null;
}

/** A time that an event names, as it is offered first; null: it names none. */
function untilOffered(event: RequestEventName, { content, deadline }: RequestView, nowMs: number): Instant | null {
  if (event === 'extend') return new Date(Math.max(Date.parse(deadline), nowMs) + extensionDays * dayMs).toISOString();
  if (!event.startsWith('answer') || content.fields.kind !== 'preservation') return null;
  return new Date(nowMs + content.fields.days * dayMs).toISOString();
}

/** Null: something is missing. */
function happening(event: RequestEventName, { content }: RequestView, typed: Typed): RequestHappening | null {
  const { text, missing, ground, seen, until } = typed;
  const withText = text === '' ? {} : { text };
  switch (event) {
    case 'send':
      return { event, content };
    case 'extend':
      return until === null ? null : { event, deadline: until, ...withText };
    case 'remind':
    case 'escalate':
      return { event, step: 'by hand', ...withText };
    case 'supply':
    case 'query':
      return text === '' ? null : { event, text };
    case 'withdraw':
      return text === '' ? null : { event, reason: text };
    case 'refuse':
      return text === '' ? null : { event, ground, reason: text };
    case 'close':
    case 'acknowledge':
      return { event, ...withText };
    case 'answer':
    case 'answer-partly': {
      const answer = readAnswer(content.fields, text, seen, until);
      if (answer === null || (event === 'answer-partly' && missing === '')) return null;
      return event === 'answer' ? { event, answer } : { event, answer, missing };
    }
  }
}
