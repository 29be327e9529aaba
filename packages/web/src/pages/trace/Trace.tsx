import { fill, type TraceMethod, terms, traceMethods } from '@gongjo/contract';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { queries } from '../../api/queries.ts';
import type { TraceAnswer } from '../../api/trace.client.ts';
import { Camera } from '../../flow/camera.ts';
import { commonColumns } from '../../flow/columns.ts';
import { FlowPicture } from '../../flow/FlowPicture.tsx';
import { useEdits } from '../../flow/use-edits.ts';
import { group } from '../../format/amount.ts';
import { AddressBookContext } from '../../parts/address-book.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { usePageTitle } from '../../parts/page-title.ts';
import { Empty } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { useTimeLine } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { Gaps } from '../incident/Gaps.tsx';
import '../incident/incident.css';
import { AskForm } from './AskForm.tsx';
import { askedOf, requestOf, type TraceAsked } from './asked.ts';
import { bookOfTrace } from './book.ts';
import { Compare } from './Compare.tsx';
import { ExportButtons } from './ExportButtons.tsx';
import { PlacesTable } from './PlacesTable.tsx';
import { Scrub } from './Scrub.tsx';
import { Views } from './Views.tsx';
import './trace.css';

/** Follow value from any start. The page's address holds the question, so that it can be sent and come back to. */
export function TracePage() {
  const { t } = useReader();
  usePageTitle(t.trace.title);
  const asked = useSearch({ from: '/shell/trace' });
  const navigate = useNavigate();
  const edits = useEdits();
  const ask = (next: TraceAsked, replace = false) => void navigate({ to: '/trace', search: next, replace });
  // A saved view is opened into the page's address and state; from then on the page is its reader's.
  const view = useQuery({ ...queries.traceView(asked.view ?? ''), enabled: asked.view !== undefined });
  const opened = view.data;
  const { start } = edits;
  useEffect(() => {
    if (opened === undefined || asked.view !== opened.id) return;
    start(opened.state);
    void navigate({ to: '/trace', search: askedOf(opened.query, opened.compareWith), replace: true });
  }, [opened, asked.view, start, navigate]);
  const request = useMemo(() => requestOf(asked), [asked]);
  // What is compared, and which view was opened, is no part of what the form asks.
  const { with: _with, view: _view, ...question } = asked;
  return (
    <div className="stack">
      <PageHead title={t.trace.title} intro={t.trace.intro} />
      {view.error === null ? null : <Failure error={view.error} />}
      <AskForm
        key={JSON.stringify(question)}
        asked={asked}
        onAsk={(next) => {
          if (next.start !== asked.start || next.chain !== asked.chain)
            start({ ...edits.state, collapsed: [], hidden: [], pinned: [], notes: [] });
          ask(next);
        }}
      />
      {request === null ? (
        <Empty text={t.trace.emptyTitle} hint={t.trace.emptyHint} />
      ) : (
        <Answer asked={asked} request={request} edits={edits} onAsk={(next) => ask(next, true)} />
      )}
      <Views
        current={request === null ? null : { query: request, compareWith: asked.with ?? [], state: edits.state }}
      />
    </div>
  );
}

function Answer({
  asked,
  request,
  edits,
  onAsk,
}: {
  readonly asked: TraceAsked;
  readonly request: NonNullable<ReturnType<typeof requestOf>>;
  readonly edits: ReturnType<typeof useEdits>;
  readonly onAsk: (asked: TraceAsked) => void;
}) {
  const { t, say } = useReader();
  const [live, setLive] = useState(false);
  // The desk says over server-sent events that its status changed; a new tip is a new question.
  const tip = useQuery(queries.status).data?.chains.find(({ chain }) => chain === request.chain)?.tip?.height;
  const asOf = live && asked.until === undefined ? (tip ?? null) : null;
  const method = asked.method ?? 'fifo';
  const others = traceMethods.filter((one) => one !== method && asked.with?.includes(one));
  const main = useQuery(queries.trace(request, asOf));
  const compared = useQueries({ queries: others.map((one) => queries.trace({ ...request, method: one }, asOf)) });
  const toggle = (one: TraceMethod, on: boolean) => {
    const next = traceMethods.filter((it) => (it === one ? on : others.includes(it)));
    onAsk({ ...asked, with: next.length === 0 ? undefined : next });
  };
  return (
    <>
      <div className="trace-controls">
        <fieldset>
          <legend>{t.trace.compare.with}</legend>
          {traceMethods
            .filter((one) => one !== method)
            .map((one) => (
              <label key={one}>
                <input
                  type="checkbox"
                  checked={others.includes(one)}
                  onChange={(event) => toggle(one, event.currentTarget.checked)}
                />
                {say(terms.rule[one])}
              </label>
            ))}
        </fieldset>
        {asked.until === undefined ? (
          <label title={t.trace.following}>
            <input type="checkbox" checked={live} onChange={(event) => setLive(event.currentTarget.checked)} />
            {t.trace.follow}
          </label>
        ) : null}
      </div>
      {main.error === null ? null : <Failure error={main.error} onRetry={() => void main.refetch()} />}
      {main.data === undefined ? (
        main.error === null ? (
          <Waiting heights={[40, 520, 240]} />
        ) : null
      ) : (
        <Pictures
          main={main.data}
          others={compared.flatMap(({ data }) => (data === undefined ? [] : [data]))}
          edits={edits}
          fixed={asked.until !== undefined}
        />
      )}
      {compared.map(({ error, refetch }, index) =>
        error === null ? null : <Failure key={others[index]} error={error} onRetry={() => void refetch()} />,
      )}
    </>
  );
}

/** One picture, or one for each method under the other, moved together. */
function Pictures({
  main,
  others,
  edits,
  fixed,
}: {
  readonly main: TraceAnswer;
  readonly others: readonly TraceAnswer[];
  readonly edits: ReturnType<typeof useEdits>;
  readonly fixed: boolean;
}) {
  const { t, say } = useReader();
  const timeLine = useTimeLine();
  const [until, setUntil] = useState<number | null>(null);
  const answers = useMemo(() => [main, ...others], [main, others]);
  const traces = answers.map(({ trace }) => trace);
  const camera = useMemo(() => new Camera(!matchMedia('(prefers-reduced-motion: reduce)').matches), []);
  const key = traces.map(({ method, asOf }) => `${method} ${asOf.hash}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says when the traces are others
  const skeleton = useMemo(
    () => (traces.length > 1 ? commonColumns(traces.map(({ hops }) => hops)) : undefined),
    [main, key],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  const book = useMemo(() => bookOfTrace(traces), [main, key]);
  const { height, time } = main.trace.asOf;
  return (
    <AddressBookContext value={book}>
      <p className="small soft" data-testid="trace-as-of" data-height={height}>
        {fill(t.trace.asOf, { height: group(String(height)), time: timeLine(time) })}
        {main.trace.hops.length === 0 ? ` · ${t.trace.nothing}` : ''}
      </p>
      {fixed && main.trace.hops.length === 0 ? null : <Scrub trace={main.trace} until={until} onUntil={setUntil} />}
      {answers.map(({ trace }) => (
        <FlowPicture
          key={trace.method}
          trace={trace}
          edits={edits}
          title={`${t.flow.title} · ${say(terms.rule[trace.method])}`}
          camera={camera}
          skeleton={skeleton}
          untilHeight={until}
          aside={(flow, painted) => <ExportButtons trace={trace} flow={flow} painted={painted} />}
        />
      ))}
      {others.length === 0 ? null : <Compare answers={answers} />}
      <PlacesTable answer={main} />
      <Gaps gaps={main.trace.gaps} />
    </AddressBookContext>
  );
}
