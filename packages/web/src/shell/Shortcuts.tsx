import { fill, type Right } from '@gongjo/contract';
import { Checkbox } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Fragment, useEffect, useId, useRef, useState } from 'react';
import { keep, kept } from '../kept.ts';
import { Icon } from '../parts/Icon.tsx';
import { useMay } from '../parts/may.ts';
import { useReader } from '../texts/language.tsx';
import { type Act, goKey, letterOf, ownKeys, pressed, sequenceMs, shortcuts } from './shortcuts.ts';

/** Who speaks to the computer, or presses keys by accident, turns letters off (WCAG 2.2, success criterion 2.1.4). */
const storageKey = 'gongjo-keys';

/** The keys of every page, and the list of them. */
export function Shortcuts() {
  const { t } = useReader();
  const navigate = useNavigate();
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  const may = useMay();
  const [isOn, setOn] = useState(() => kept(storageKey) !== 'off');
  const isOfUse = ({ right }: { readonly right?: Right }) => right === undefined || may(right);
  // Keys are listened for once; what they may do is looked up when they are pressed.
  const allowed = useRef(isOfUse);
  useEffect(() => {
    allowed.current = isOfUse;
  });
  useEffect(() => {
    if (!isOn) return;
    const before: string[] = [];
    let lastMs = 0;
    const act = (does: Act): void => {
      if (does.act === 'search') document.querySelector<HTMLInputElement>('[data-search-box]')?.select();
      else if (does.act === 'list') dialog.current?.showModal();
      else if (does.act === 'step') step(does.by);
      else void navigate({ to: does.to });
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
      if (document.querySelector('dialog[open]') !== null) return;
      if (event.timeStamp - lastMs > sequenceMs) before.length = 0;
      lastMs = event.timeStamp;
      const letter = letterOf(event);
      const does = pressed(before, letter);
      if (does === 'wait') before.splice(0, before.length, letter);
      else before.length = 0;
      if (does === null || does === 'wait') return;
      const of = shortcuts.find((it) => it.does === does);
      if (of !== undefined && !allowed.current(of)) return;
      event.preventDefault();
      act(does);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [navigate, isOn]);
  return (
    <>
      <button
        type="button"
        className="icon-button large"
        aria-label={t.shortcuts.title}
        title={isOn ? `${t.shortcuts.title} (?)` : t.shortcuts.title}
        aria-haspopup="dialog"
        onClick={() => dialog.current?.showModal()}
      >
        <Icon name="keyboard" />
      </button>
      <dialog ref={dialog} className="shortcuts" aria-labelledby={title} data-testid="shortcuts">
        <div className="row">
          <h2 id={title}>{t.shortcuts.title}</h2>
          <span className="grow" />
          <button
            type="button"
            className="icon-button large"
            aria-label={t.shortcuts.close}
            onClick={() => dialog.current?.close()}
          >
            <Icon name="close" />
          </button>
        </div>
        <Checkbox
          size="sm"
          label={t.shortcuts.letters}
          description={t.shortcuts.lettersHint}
          checked={isOn}
          onChange={({ currentTarget: { checked } }) => {
            keep(storageKey, checked ? 'on' : 'off');
            setOn(checked);
          }}
        />
        <p className="soft small">{fill(t.shortcuts.hint, { key: goKey })}</p>
        <dl>
          {[...shortcuts.slice(0, 4), ...ownKeys, ...shortcuts.slice(4)].filter(isOfUse).map(({ keys, text }) => (
            <div key={keys.join(' ')}>
              <dt>
                {keys.map((key, index) => (
                  <Fragment key={key}>
                    {index === 0 ? null : ' '}
                    <kbd>{key}</kbd>
                  </Fragment>
                ))}
              </dt>
              <dd>{text(t)}</dd>
            </div>
          ))}
        </dl>
      </dialog>
    </>
  );
}

/** Letters belong to whoever writes. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select') !== null)
  );
}

/** To the next or the previous row of what the page lists: its first link or button has the focus, so that Enter opens it. */
function step(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main tbody tr, main [data-row]')].flatMap((row) => {
    const first = row.querySelector<HTMLElement>('a[href], button:not([disabled])');
    return first?.checkVisibility() ? [{ row, first }] : [];
  });
  const at = rows.findIndex(({ row }) => row.contains(document.activeElement));
  const next = at < 0 ? (by === 1 ? 0 : rows.length - 1) : Math.min(Math.max(at + by, 0), rows.length - 1);
  rows[next]?.first.focus();
  rows[next]?.row.scrollIntoView({ block: 'nearest' });
}
