import { fill, type HoldFileKind, holdFileKinds, holdTerms } from '@gongjo/contract';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ReceivedFile } from '../../api/hold.client.ts';
import { bytesText } from '../../format/bytes.ts';
import { instantOf } from '../../format/local-time.ts';
import { useDeskClock } from '../../parts/clock.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { useReader } from '../../texts/language.tsx';

interface FileFormProps {
  readonly name: string;
  readonly submit: string;
  readonly bytesMax: number;
  /** From whom it is by itself; null: it is this desk's own, which goes out now. */
  readonly sender: string | null;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onSend: (file: ReceivedFile) => void;
  readonly onCancel: () => void;
}

/** A file with what is said of it: one that came back, or one that goes back. */
export function FileForm({ name, submit, bytesMax, sender, isBusy, error, onSend, onCancel }: FileFormProps) {
  const { t, say } = useReader();
  const text = t.holds.files;
  const { zones } = useDeskClock();
  const [file, setFile] = useState<File | null>(null);
  const [kind, setKind] = useState<HoldFileKind>('reply');
  const [said, setSaid] = useState({ from: '', at: '', note: '' });
  const at = said.at === '' ? null : instantOf(said.at, zones[0] ?? 'UTC');
  const isTimeWrong = said.at !== '' && at === null;
  const isTooLarge = file !== null && file.size > bytesMax;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (file === null) return;
    const [from, note] = [said.from.trim(), said.note.trim()];
    onSend({
      ...{ file, kind },
      ...(from !== '' && { from }),
      ...(at !== null && { receivedAt: at }),
      ...(note !== '' && { note }),
    });
  };
  const line = (key: keyof typeof said, more: object = {}) => (
    <TextInput
      label={text[key]}
      value={said[key]}
      onChange={({ currentTarget: { value } }) => setSaid((before) => ({ ...before, [key]: value }))}
      {...more}
    />
  );
  return (
    <form className="panel fields" onSubmit={send} aria-label={name}>
      <label className="wide hold-choose">
        <span>{fill(text.choose, { limit: bytesText(bytesMax) })}</span>
        <input type="file" required onChange={({ currentTarget }) => setFile(currentTarget.files?.[0] ?? null)} />
        {isTooLarge ? (
          <span className="warn-text small" role="alert">
            {fill(text.tooLarge, { size: bytesText(file.size), limit: bytesText(bytesMax) })}
          </span>
        ) : null}
      </label>
      <NativeSelect
        label={text.kind}
        value={kind}
        data={holdFileKinds.map((it) => ({ value: it, label: say(holdTerms.fileKind[it]) }))}
        onChange={({ currentTarget }) => setKind(holdFileKinds.find((it) => it === currentTarget.value) ?? kind)}
      />
      {sender === null ? null : line('from', { placeholder: sender })}
      {sender === null ? null : line('at', { type: 'datetime-local', error: isTimeWrong })}
      {line('note')}
      <div className="row wide">
        <Button type="submit" size="compact-sm" loading={isBusy} disabled={file === null || isTooLarge || isTimeWrong}>
          {submit}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          {t.holds.cancel}
        </Button>
      </div>
      {error === null ? null : (
        <div className="wide">
          <Failure error={error} />
        </div>
      )}
    </form>
  );
}
