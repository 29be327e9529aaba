import { fill, type Hold, holdTerms } from '@gongjo/contract';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { holding, type ReceivedFile } from '../../api/hold.client.ts';
import { bytesText } from '../../format/bytes.ts';
import { Section } from '../../parts/Section.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { FileForm } from './FileForm.tsx';

/** Enough of a hash to tell files apart at a glance; the whole of it is its title. */
const hashShown = 12;

/** How the record names a partner's desk. */
const byDesk = 'desk:';

/** Files that came back, and one more. */
export function Received({ hold }: { readonly hold: Hold }) {
  const { t, say } = useReader();
  const text = t.holds.files;
  const [isOpen, setOpen] = useState(false);
  const client = useQueryClient();
  const receive = useMutation({
    mutationFn: (received: ReceivedFile) => holding.receive(hold.id, received),
    onSuccess: () => setOpen(false),
    onSettled: () => client.invalidateQueries({ queryKey: ['holds'] }),
  });
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
                {by.startsWith(byDesk)
                  ? fill(t.holds.toldBy, { desk: by.slice(byDesk.length) })
                  : fill(t.holds.enteredBy, { name: by })}
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
      {isOpen ? (
        <FileForm
          name={text.add}
          submit={text.receive}
          bytesMax={hold.receivedBytesMax}
          sender={say(hold.addressee.name)}
          isBusy={receive.isPending}
          error={receive.error}
          onSend={receive.mutate}
          onCancel={() => setOpen(false)}
        />
      ) : null}
    </Section>
  );
}
