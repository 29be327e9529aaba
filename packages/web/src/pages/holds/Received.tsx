import { fill, type Hold, type HoldFileKind, holdFileKinds, holdTerms } from '@gongjo/contract';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { holding, type ReceivedFile } from '../../api/hold.client.ts';
import { bytesText } from '../../format/bytes.ts';
import { instantOf } from '../../format/local-time.ts';
import { useDeskClock } from '../../parts/clock.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Section } from '../../parts/Section.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';

/** Enough of a hash to tell files apart at a glance; the whole of it is its title. */
const hashShown = 12;

/** Files that came back, and one more. */
export function Received({ hold }: { readonly hold: Hold }) {
  const { t, say } = useReader();
  const text = t.holds.files;
  const [isOpen, setOpen] = useState(false);
  if (hold.receivedBytesMax === null) return null;
  return (
    <Section title={text.title}>
      <div className="panel" data-testid="hold-files">
        <p className="panel-note small soft">{text.hint}</p>
        <ul className="hold-list">
          {hold.received.map(({ id, kind, name, bytes, sha256, from, receivedAt, by, note }) => (
            <li key={id} data-testid="hold-file" data-kind={kind}>
              <a href={holding.receivedAt(hold.id, id)} download={name}>
                {name}
              </a>{' '}
              <span className="soft small">
                {say(holdTerms.fileKind[kind])} · {bytesText(bytes)} ·{' '}
                <span className="mono" title={`${text.sha256} ${sha256}`}>
                  {sha256.slice(0, hashShown)}
                </span>
              </span>
              <div className="soft small">
                <When at={receivedAt} own /> {fill(text.fromWhom, { name: from })} ·{' '}
                {fill(t.holds.enteredBy, { name: by })}
                {note === null ? null : ` · ${note}`}
              </div>
            </li>
          ))}
          <li>
            <Button
              size="compact-sm"
              variant="default"
              aria-expanded={isOpen}
              onClick={() => setOpen((before) => !before)}
            >
              {text.add}
            </Button>
          </li>
        </ul>
      </div>
      {isOpen ? <ReceiveForm hold={hold} bytesMax={hold.receivedBytesMax} onDone={() => setOpen(false)} /> : null}
    </Section>
  );
}

function ReceiveForm({
  hold,
  bytesMax,
  onDone,
}: {
  readonly hold: Hold;
  readonly bytesMax: number;
  readonly onDone: () => void;
}) {
  const { t, say } = useReader();
  const text = t.holds.files;
  const client = useQueryClient();
  const { zones } = useDeskClock();
  const [file, setFile] = useState<File | null>(null);
  const [kind, setKind] = useState<HoldFileKind>('reply');
  const [said, setSaid] = useState({ from: '', at: '', note: '' });
  const receive = useMutation({
    mutationFn: (received: ReceivedFile) => holding.receive(hold.id, received),
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: ['holds'] }),
  });
  const at = said.at === '' ? null : instantOf(said.at, zones[0] ?? 'UTC');
  const isTimeWrong = said.at !== '' && at === null;
  const isTooLarge = file !== null && file.size > bytesMax;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (file === null) return;
    const [from, note] = [said.from.trim(), said.note.trim()];
    receive.mutate({
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
    <form className="panel fields" onSubmit={submit} aria-label={text.add}>
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
      {line('from', { placeholder: say(hold.addressee.name) })}
      {line('at', { type: 'datetime-local', error: isTimeWrong })}
      {line('note')}
      <div className="row wide">
        <Button
          type="submit"
          size="compact-sm"
          loading={receive.isPending}
          disabled={file === null || isTooLarge || isTimeWrong}
        >
          {text.receive}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onDone}>
          {t.holds.cancel}
        </Button>
      </div>
      {receive.error === null ? null : (
        <div className="wide">
          <Failure error={receive.error} />
        </div>
      )}
    </form>
  );
}
