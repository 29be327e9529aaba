import { searchLineMax } from '@gongjo/contract';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { type ClipboardEvent, type FormEvent, useEffect, useId, useState } from 'react';
import { Icon } from '../parts/Icon.tsx';
import { useReader } from '../texts/language.tsx';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** A text that was pasted to be searched: too long, and too telling, for the address of a page. */
    readonly pasted?: string;
  }
}

/** Asks for everything of this name, number, address or transaction; of a pasted text, for all that it names. */
export function SearchBox() {
  const { t } = useReader();
  const id = useId();
  const navigate = useNavigate();
  const asked = useRouterState({
    select: ({ location }) => (location.pathname === '/search' ? ((location.search as { q?: string }).q ?? '') : null),
  });
  const [text, setText] = useState(asked ?? '');
  useEffect(() => {
    if (asked !== null) setText(asked);
  }, [asked]);
  const search = (event: FormEvent): void => {
    event.preventDefault();
    const q = text.trim();
    if (q === '') return;
    void navigate({ to: '/search', search: { q } });
    toResults();
  };
  const paste = (event: ClipboardEvent): void => {
    const pasted = event.clipboardData.getData('text/plain').trim();
    if (!pasted.includes('\n') && pasted.length <= searchLineMax) return;
    event.preventDefault();
    void navigate({ to: '/search', search: {}, state: (state) => ({ ...state, pasted }) });
    toResults();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: the element <search> is not known to every screen reader that is in use
    <form role="search" className="search-box" onSubmit={search}>
      <label className="visually-hidden" htmlFor={id}>
        {t.search.label}
      </label>
      <Icon name="search" size={15} />
      <input
        id={id}
        type="search"
        data-search-box
        autoComplete="off"
        spellCheck={false}
        maxLength={searchLineMax}
        placeholder={t.search.placeholder}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onPaste={paste}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
      />
      <span className="key" aria-hidden="true">
        /
      </span>
    </form>
  );
}

/** From the question to the answers: the keys of rows count there, and a screen reader goes on with them. */
function toResults(): void {
  document.getElementById('content')?.focus();
}
