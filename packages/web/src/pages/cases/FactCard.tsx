import { caseTerms, type FactView, fill, type RevisionView } from '@gongjo/contract';
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { joint } from '../../api/joint.client.ts';
import { useDeskName } from '../../parts/desk-name.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Tlp } from '../../parts/Tlp.tsx';
import { useTimeLine } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { FactBody } from './FactBody.tsx';

/** One fact with its flag, its source, whom it was given to, and what can be done with it. */
export function FactCard({ caseId, fact }: { readonly caseId: string; readonly fact: FactView }) {
  const { t, say, count } = useReader();
  const [head] = fact.heads;
  if (head === undefined) return null;
  return (
    <li className="panel case-card" data-testid="fact" data-flag={fact.flag}>
      <header className="row small">
        <span className={`chip ${fact.flag === 'evidence' ? 'good' : ''}`}>{say(caseTerms.flag[fact.flag])}</span>
        <span className="soft">{say(caseTerms.fact[fact.kind])}</span>
        {head.tlp === null ? null : <Tlp level={head.tlp} />}
        <span className="soft">{count(t.cases.history, fact.revisions)}</span>
      </header>
      <FactBody body={head.body} />
      <Said revision={head} />
      <Acts caseId={caseId} fact={fact} head={head} />
    </li>
  );
}

/** Who wrote a revision, where it comes from, and who has it. */
export function Said({ revision }: { readonly revision: RevisionView }) {
  const { t, say } = useReader();
  const nameOf = useDeskName();
  const timeLine = useTimeLine();
  const { about, given } = revision;
  return (
    <div className="small soft">
      <p className="row">
        <span>{fill(t.cases.says, { desk: nameOf(revision.desk), time: timeLine(revision.at) })}</span>
        {revision.by === null ? null : <span>{fill(t.cases.by, { name: revision.by })}</span>}
        {about.source === undefined ? null : <span>{`${t.cases.source}: ${about.source}`}</span>}
        {about.terms === undefined ? null : <span>{`${t.cases.terms}: ${about.terms}`}</span>}
      </p>
      {about.conversion === undefined ? null : (
        <p>
          {fill(t.cases.conversion, {
            desk: nameOf(about.conversion.desk),
            basis: about.conversion.legalBasis,
            time: timeLine(about.conversion.at),
          })}
        </p>
      )}
      <p className="row">
        {revision.keptHere ? <span>{t.cases.keptHere}</span> : null}
        {given.map(({ desk, outcome, reasons }) => (
          <span key={desk}>
            {outcome === 'release' || outcome === 'withdrawn'
              ? fill(outcome === 'release' ? t.cases.givenTo : t.cases.takenBackFrom, { desk: nameOf(desk) })
              : fill(t.cases.heldBack, {
                  desk: nameOf(desk),
                  why: outcome === 'ask-person' ? t.cases.waits : reasons.map(say).join(' '),
                })}
          </span>
        ))}
      </p>
    </div>
  );
}

function Acts({
  caseId,
  fact,
  head,
}: {
  readonly caseId: string;
  readonly fact: FactView;
  readonly head: RevisionView;
}) {
  const { t } = useReader();
  const client = useQueryClient();
  const [converting, setConverting] = useState(false);
  const [basis, setBasis] = useState('');
  const based = fact.heads.map(({ id }) => id);
  const onSettled = () => void client.invalidateQueries({ queryKey: ['cases'] });
  const change = useMutation({
    mutationFn: (more: { readonly done?: boolean; readonly removed?: true }) =>
      joint.change(caseId, fact.id, {
        based,
        ...(head.body.kind === 'task' && more.done !== undefined ? { body: { ...head.body, done: more.done } } : {}),
        ...(more.removed === undefined ? {} : { removed: true }),
      }),
    onSettled,
  });
  const convert = useMutation({
    mutationFn: () => joint.convert(caseId, fact.id, based, basis.trim()),
    onSuccess: () => setConverting(false),
    onSettled,
  });
  const { body } = head;
  return (
    <div className="case-acts">
      <div className="row">
        {body.kind === 'task' ? (
          <Button size="compact-xs" variant="default" onClick={() => change.mutate({ done: !body.done })}>
            {body.done ? t.cases.undone : t.cases.done}
          </Button>
        ) : null}
        {fact.flag === 'intelligence' && body.kind !== 'task' && body.kind !== 'member' ? (
          <Button
            size="compact-xs"
            variant="default"
            aria-expanded={converting}
            onClick={() => setConverting(!converting)}
          >
            {t.cases.convert}
          </Button>
        ) : null}
        <Button size="compact-xs" variant="subtle" onClick={() => change.mutate({ removed: true })}>
          {t.cases.remove}
        </Button>
      </div>
      {converting ? (
        <form
          className="row case-convert"
          onSubmit={(event) => {
            event.preventDefault();
            if (basis.trim() !== '') convert.mutate();
          }}
        >
          <TextInput
            required
            label={t.cases.basis}
            description={t.cases.convertHint}
            value={basis}
            maxLength={500}
            onChange={(event) => setBasis(event.currentTarget.value)}
          />
          <Button type="submit" size="compact-sm" loading={convert.isPending}>
            {t.cases.convert}
          </Button>
        </form>
      ) : null}
      {change.error === null ? null : <Failure error={change.error} />}
      {convert.error === null ? null : <Failure error={convert.error} />}
    </div>
  );
}
