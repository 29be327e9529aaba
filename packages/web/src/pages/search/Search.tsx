import { searchLineMax } from '@gongjo/contract';
import { Button, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouterState, useSearch } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { queries } from '../../api/queries.ts';
import { Failure } from '../../parts/Failure.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { usePageTitle } from '../../parts/page-title.ts';
import { Empty } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { useReader } from '../../texts/language.tsx';
import { Found } from './Found.tsx';
import { foundCount, isNothing } from './found.ts';
import './search.css';

/** One line stands in the page's address, so that it can be sent; a pasted text does not. */
export function SearchPage() {
  const { t, count } = useReader();
  const { q = '' } = useSearch({ from: '/shell/search' });
  const pasted = useRouterState({ select: ({ location }) => location.state.pasted ?? '' });
  usePageTitle(q === '' ? t.search.title : `${q.slice(0, 40)} – ${t.search.title}`);
  const line = useQuery({ ...queries.searchLine(q), enabled: q !== '' });
  const text = useQuery({ ...queries.searchText(pasted), enabled: q === '' && pasted !== '' });
  const { data, error, refetch, isFetching } = q === '' ? text : line;
  const isAsked = q !== '' || pasted !== '';
  return (
    <div className="stack">
      <PageHead title={t.search.title} intro={t.search.intro} />
      <Ask asked={q === '' ? pasted : q} />
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      {isAsked && data === undefined && isFetching ? <Waiting heights={[180, 120]} /> : null}
      {isAsked ? null : <Empty text={t.search.start} hint={t.search.startHint} />}
      <p className="visually-hidden" role="status">
        {data === undefined ? '' : isNothing(data) ? t.search.nothing : count(t.search.found, foundCount(data))}
      </p>
      <div className="stack" data-testid="found" data-asked={q === '' ? 'text' : q}>
        {data === undefined ? null : isNothing(data) ? (
          <Empty text={t.search.nothing} hint={t.search.nothingHint} />
        ) : (
          <Found answer={data} />
        )}
      </div>
    </div>
  );
}

function Ask({ asked }: { readonly asked: string }) {
  const { t } = useReader();
  const navigate = useNavigate();
  const [text, setText] = useState(asked);
  // The shell's box may ask for something else; a form made anew would lose the focus.
  useEffect(() => setText(asked), [asked]);
  const isLine = !text.trim().includes('\n') && text.trim().length <= searchLineMax;
  const run = (event?: FormEvent): void => {
    event?.preventDefault();
    const whole = text.trim();
    if (whole === '') return;
    if (isLine) void navigate({ to: '/search', search: { q: whole } });
    else void navigate({ to: '/search', search: {}, state: (state) => ({ ...state, pasted: whole }) });
  };
  return (
    <form className="search-ask" onSubmit={run}>
      <Textarea
        label={t.search.text}
        description={t.search.textHint}
        rows={isLine ? 2 : 8}
        value={text}
        spellCheck={false}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          // A new line belongs to a text of several; of one, Enter sends it as in every search box.
          if (event.key === 'Enter' && (isLine || event.ctrlKey) && !event.shiftKey && !event.nativeEvent.isComposing) {
            event.preventDefault();
            run();
          }
        }}
      />
      <Button type="submit">{t.search.run}</Button>
    </form>
  );
}
