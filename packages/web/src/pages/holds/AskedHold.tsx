import { type AskedHold, fill, holdDeskTerms, holdTerms } from '@gongjo/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { askedHolds } from '../../api/asked-hold.client.ts';
import type { HoldAct, ReceivedFile } from '../../api/hold.client.ts';
import { queries } from '../../api/queries.ts';
import { bytesText } from '../../format/bytes.ts';
import { DrillBanner } from '../../parts/Drill.tsx';
import { Fact } from '../../parts/Fact.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { usePageTitle } from '../../parts/page-title.ts';
import { Section } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { useTimeLine, When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { AnswerForm } from './AnswerForm.tsx';
import { ClockLine } from './ClockLine.tsx';
import { FileForm } from './FileForm.tsx';
import { OpenForm } from './OpenForm.tsx';
import { WhatIsAsked } from './WhatIsAsked.tsx';
import './holds.css';

/** One request that a partner makes to this desk: what it asks, its documents, and what was said to it. */
export function AskedHoldPage() {
  const { desk, id } = useParams({ from: '/shell/holds/asked/$desk/$id' });
  const { t, say } = useReader();
  const { data, error, refetch } = useQuery(queries.askedHold(desk, id));
  usePageTitle(data === undefined ? t.holds.asked.title : fill(t.holds.asked.requestOf, { who: say(data.desk.name) }));
  if (data === undefined)
    return error === null ? (
      <Waiting heights={[64, 260, 240]} />
    ) : (
      <Failure error={error} onRetry={() => void refetch()} />
    );
  return <Loaded hold={data} />;
}

function Loaded({ hold }: { readonly hold: AskedHold }) {
  const { t, say } = useReader();
  const text = t.holds.asked;
  return (
    <div className="stack" data-testid="asked-hold-page" data-state={hold.state}>
      {hold.drill ? <DrillBanner /> : null}
      <PageHead
        title={fill(text.requestOf, { who: say(hold.desk.name) })}
        intro={`${hold.number} · ${say(hold.title)}`}
      >
        <span className={`chip hold-${hold.state}`}>
          {hold.state === 'sent' ? text.isNew : say(holdTerms.state[hold.state])}
        </span>
      </PageHead>
      {hold.stateThere === 'withdrawn' ? (
        <div className="panel" role="status">
          <p className="panel-note warn-text">{fill(text.withdrawn, { who: say(hold.desk.name) })}</p>
        </div>
      ) : null}
      <Acts hold={hold} />
      <div className="hold-page">
        <div className="stack">
          <Facts hold={hold} />
          <Documents hold={hold} />
        </div>
        <div className="stack">
          <Clocks hold={hold} />
          <Words hold={hold} />
        </div>
      </div>
    </div>
  );
}

function Acts({ hold }: { readonly hold: AskedHold }) {
  const { t } = useReader();
  const text = t.holds.asked;
  const client = useQueryClient();
  const [form, setForm] = useState<'answer' | 'file' | null>(null);
  const options = {
    onSuccess: () => setForm(null),
    onSettled: () => client.invalidateQueries({ queryKey: ['holds'] }),
  };
  const answer = useMutation({
    mutationFn: (asked: HoldAct) => askedHolds.answer(hold.desk.id, hold.id, asked.body),
    ...options,
  });
  const give = useMutation({
    mutationFn: (given: ReceivedFile) => askedHolds.give(hold.desk.id, hold.id, given),
    ...options,
  });
  const open = (what: NonNullable<typeof form>, name: string) => (
    <OpenForm name={name} isOpen={form === what} onToggle={() => setForm(form === what ? null : what)} />
  );
  const cancel = () => setForm(null);
  return (
    <>
      <div className="actions">
        {hold.may.length > 0 ? open('answer', text.answer) : null}
        {open('file', text.give)}
      </div>
      {form === 'answer' ? (
        <AnswerForm
          hold={hold}
          isBusy={answer.isPending}
          onAct={answer.mutate}
          onCancel={cancel}
          submit={text.submit}
        />
      ) : null}
      {form === 'file' ? (
        <FileForm
          name={text.give}
          submit={text.giveSubmit}
          bytesMax={hold.fileBytesMax}
          sender={null}
          isBusy={give.isPending}
          error={give.error}
          onSend={give.mutate}
          onCancel={cancel}
        />
      ) : null}
      {answer.error === null ? null : <Failure error={answer.error} />}
    </>
  );
}

function Facts({ hold }: { readonly hold: AskedHold }) {
  const { t, say } = useReader();
  const text = t.holds;
  const { facts, addressee, entity, held } = hold;
  return (
    <Section title={text.facts}>
      <dl className="panel facts-line hold-facts">
        <Fact name={text.asked.from}>{say(hold.desk.name)}</Fact>
        <Fact name={text.entity}>{say(entity ?? addressee)}</Fact>
        <WhatIsAsked facts={facts} held={held} />
      </dl>
    </Section>
  );
}

function Documents({ hold }: { readonly hold: AskedHold }) {
  const { t } = useReader();
  const text = t.holds;
  return (
    <Section title={text.letters}>
      <div className="panel">
        <p className="panel-note small soft">{text.asked.documentsHint}</p>
        <ul className="hold-list">
          {hold.documents.map(({ name, sha256, here, bytes }) => (
            <li key={name} data-testid="asked-document" data-here={here}>
              {here ? (
                <a href={askedHolds.documentAt(hold.desk.id, hold.id, name)} download={name}>
                  {name}
                </a>
              ) : (
                <>
                  {name} <span className="soft small">{text.asked.notHere}</span>
                </>
              )}{' '}
              <span className="soft small">{bytesText(bytes)}</span>
              <div className="hold-hash">
                {text.sha256} {sha256}
              </div>
            </li>
          ))}
        </ul>
      </div>
    </Section>
  );
}

function Clocks({ hold }: { readonly hold: AskedHold }) {
  const { t } = useReader();
  if (hold.clocks.length === 0) return null;
  return (
    <Section title={t.holds.clocks}>
      <div className="panel">
        <ul className="hold-list">
          {hold.clocks.map((clock) => (
            <li key={clock.kind}>
              <ClockLine clock={clock} />
            </li>
          ))}
        </ul>
      </div>
    </Section>
  );
}

function Words({ hold }: { readonly hold: AskedHold }) {
  const { t, say } = useReader();
  const timeLine = useTimeLine();
  if (hold.words.length === 0) return null;
  return (
    <Section title={t.holds.asked.words}>
      <div className="panel">
        <ol className="hold-list">
          {hold.words.map(({ n, at, by, what, carriage }) => (
            <li key={n} data-testid="asked-word" data-event={what.event} data-carriage={carriage.state}>
              <When at={at} own /> <strong>{say(holdDeskTerms.word[what.event])}</strong>{' '}
              {[
                'name' in what ? what.name : null,
                'reference' in what ? what.reference : null,
                'reason' in what ? what.reason : null,
                'until' in what && what.until !== undefined
                  ? fill(t.holds.asked.until, { time: timeLine(what.until) })
                  : null,
                'note' in what ? what.note : null,
              ]
                .filter(Boolean)
                .join(' · ')}{' '}
              <span className="soft small">
                {fill(t.holds.enteredBy, { name: by })} · {say(holdDeskTerms.carriage[carriage.state])}
              </span>
              {carriage.reasons.map((reason) => (
                <div key={reason.en} className="warn-text small">
                  {say(reason)}
                </div>
              ))}
            </li>
          ))}
        </ol>
      </div>
    </Section>
  );
}
