import { type AuditEntryView, fill } from '@gongjo/contract';
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { EntriesAsked } from '../../api/audit.client.ts';
import { queries } from '../../api/queries.ts';
import { CsvButton } from '../../parts/CsvButton.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Empty, Section } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';

const all: EntriesAsked = { actor: '', action: '', subject: '', before: null };
const words = ['actor', 'action', 'subject'] as const;

/** The entries, the newest first, by whom, of what kind and about what. */
export function Entries() {
  const { t } = useReader();
  const [asked, setAsked] = useState(all);
  const [typed, setTyped] = useState(all);
  const [proving, setProving] = useState<number | null>(null);
  const { data, error, refetch } = useQuery(queries.auditEntries(asked));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked({ ...typed, before: null });
  };
  const last = data?.at(-1);
  const rows = () => [
    [t.audit.number, t.audit.time, t.audit.actor, t.audit.action, t.audit.subject, t.audit.details],
    ...(data ?? []).map(({ seq, at, actor, action, subject, details }) => [
      ...[String(seq), at, actor, action, subject ?? '', JSON.stringify(details)],
    ]),
  ];
  return (
    <Section
      title={t.audit.entries}
      aside={
        data === undefined || data.length === 0 ? null : (
          <CsvButton name={`${t.audit.title} ${last?.seq}-${data[0]?.seq}`} rows={rows} />
        )
      }
    >
      <form className="audit-filter" onSubmit={submit}>
        {words.map((word) => (
          <TextInput
            key={word}
            label={t.audit[word]}
            value={typed[word]}
            maxLength={300}
            onChange={({ currentTarget: { value } }) => setTyped((before) => ({ ...before, [word]: value }))}
          />
        ))}
        <Button type="submit">{t.audit.filter}</Button>
      </form>
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <Waiting heights={[240]} /> : null}
      {data?.length === 0 ? <Empty text={t.audit.none} /> : null}
      {data === undefined || data.length === 0 ? null : (
        <div className="panel table-scroll">
          <table className="table audit-entries">
            <thead>
              <tr>
                <th scope="col" className="number">
                  {t.audit.number}
                </th>
                <th scope="col">{t.audit.time}</th>
                <th scope="col">{t.audit.actor}</th>
                <th scope="col">{t.audit.action}</th>
                <th scope="col">{t.audit.subject}</th>
                <th scope="col">{t.audit.details}</th>
                <th scope="col">{t.audit.prove}</th>
              </tr>
            </thead>
            <tbody>
              {data.map((entry) => (
                <Row key={entry.seq} entry={entry} onProve={() => setProving(entry.seq)} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="audit-pages">
        {asked.before === null ? null : (
          <Button variant="default" onClick={() => setAsked({ ...asked, before: null })}>
            {t.audit.newest}
          </Button>
        )}
        {last === undefined || last.seq === 1 ? null : (
          <Button variant="default" onClick={() => setAsked({ ...asked, before: last.seq })}>
            {t.audit.older}
          </Button>
        )}
      </p>
      {proving === null ? null : <Proof seq={proving} />}
    </Section>
  );
}

function Row({ entry, onProve }: { readonly entry: AuditEntryView; readonly onProve: () => void }) {
  const { t } = useReader();
  const { seq, at, actor, action, subject, details } = entry;
  return (
    <tr data-testid="audit-entry">
      <td className="number">{seq}</td>
      <td>
        <When at={at} own />
      </td>
      <td>{actor}</td>
      <td>
        <code>{action}</code>
      </td>
      <td className="audit-subject">{subject}</td>
      <td className="audit-details">
        <code>{JSON.stringify(details)}</code>
      </td>
      <td>
        <Button size="xs" variant="default" onClick={onProve}>
          {t.audit.prove}
        </Button>
      </td>
    </tr>
  );
}

/** That an entry is in the record of the checkpoint that the desk signs now. */
function Proof({ seq }: { readonly seq: number }) {
  const { t } = useReader();
  const { data, error, refetch } = useQuery(queries.auditProof(seq));
  if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Waiting heights={[120]} />;
  const { checkpoint, proof } = data;
  return (
    <div className="panel" data-testid="audit-proof" aria-live="polite">
      <h3>{fill(t.audit.proving, { seq })}</h3>
      <p>{fill(t.audit.proved, { seq, size: checkpoint.size, count: proof.length })}</p>
      <p>
        {t.audit.root} <code>{checkpoint.root}</code>
      </p>
      <pre className="note-text">{checkpoint.note}</pre>
    </div>
  );
}
