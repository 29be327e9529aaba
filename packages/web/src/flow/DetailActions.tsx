import { fill, noteCharsMax, type Trace } from '@gongjo/contract';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { useReader } from '../texts/language.tsx';
import type { Edits } from './use-edits.ts';
import type { Flow } from './use-flow.ts';

export interface DetailProps {
  readonly trace: Trace;
  readonly flow: Flow;
  readonly edits: Edits;
  /** Kept in view: then there is room for what can be done. */
  readonly isPicked: boolean;
  readonly noting: boolean;
  readonly onNoting: (noting: boolean) => void;
  /** The form is done with, by a note or without one. */
  readonly onNoted: () => void;
}
type Acting = Omit<DetailProps, 'isPicked'>;

/** What can be done with a mark: pin it, write a note on it, and what its kind adds. */
export function DetailActions({
  mark,
  edits,
  noting,
  onNoting,
  onNoted,
  children,
}: Acting & { readonly mark: string; readonly children: ReactNode }) {
  const { t } = useReader();
  const isPinned = edits.state.pinned.includes(mark);
  const note = edits.state.notes.find(({ on }) => on === mark)?.text ?? '';
  return (
    <div className="flow-actions">
      <Act
        name={isPinned ? t.flow.unpin : t.flow.pin}
        run={() => edits.edit({ do: isPinned ? 'unpin' : 'pin', mark })}
      />
      <Act name={t.flow.note} run={() => onNoting(!noting)} />
      {children}
      {note === '' || noting ? null : <p className="flow-note">{note}</p>}
      {noting ? (
        <NoteForm
          text={note}
          onKeep={(text) => {
            edits.edit({ do: 'note', mark, text });
            onNoted();
          }}
          onLeave={onNoted}
        />
      ) : null}
    </div>
  );
}

/** What can be done with a holder: fold away what is behind it, or leave it out. */
export function HolderActions({ address, edits, trace }: Acting & { readonly address: string }) {
  const { t } = useReader();
  const isCollapsed = (edits.state.collapsed as readonly string[]).includes(address);
  const leads = trace.hops.some(({ rule, from, to }) =>
    rule === 'lead' ? address === (trace.question.direction === 'forward' ? from : to) : false,
  );
  return (
    <>
      <Act
        name={isCollapsed ? t.flow.expand : t.flow.collapse}
        run={() => edits.edit({ do: isCollapsed ? 'expand' : 'collapse', holder: address })}
      />
      {/* With the source of all, everything would go. */}
      {leads ? null : <Act name={t.flow.hide} run={() => edits.edit({ do: 'hide', holder: address })} />}
    </>
  );
}

/** Who says whose address it is. */
export function TagSource({ trace, address }: { readonly trace: Trace; readonly address: string }) {
  const { t } = useReader();
  const tag = trace.stops.find((stop) => stop.address === address && stop.tag !== null)?.tag;
  return (
    <span className="small soft">
      {tag ? fill(t.flow.tag, { source: tag.source, confidence: tag.confidence }) : t.flow.sourceNone}
    </span>
  );
}

function Act({ name, run }: { readonly name: string; readonly run: () => void }) {
  return (
    <button type="button" className="flow-act" onClick={run}>
      {name}
    </button>
  );
}

function NoteForm({
  text,
  onKeep,
  onLeave,
}: {
  readonly text: string;
  readonly onKeep: (text: string) => void;
  readonly onLeave: () => void;
}) {
  const { t } = useReader();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const keep = (event: FormEvent): void => {
    event.preventDefault();
    onKeep(field.current?.value ?? '');
  };
  return (
    <form className="flow-note-form" onSubmit={keep}>
      <label>
        <span className="visually-hidden">{t.flow.noteOf}</span>
        <input
          ref={field}
          type="text"
          defaultValue={text}
          maxLength={noteCharsMax}
          placeholder={t.flow.noteHint}
          onKeyDown={({ key, nativeEvent }) => {
            if (key === 'Escape' && !nativeEvent.isComposing) onLeave();
          }}
        />
      </label>
      <button type="submit" className="flow-act">
        {t.flow.noteSave}
      </button>
    </form>
  );
}
