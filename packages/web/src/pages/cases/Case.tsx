import { type CaseDetail, caseTerms, fill } from '@gongjo/contract';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { joint } from '../../api/joint.client.ts';
import { queries } from '../../api/queries.ts';
import { useDeskName } from '../../parts/desk-name.ts';
import { Failure } from '../../parts/Failure.tsx';
import { IncidentLink } from '../../parts/NamedLinks.tsx';
import { usePageTitle } from '../../parts/page-title.ts';
import { Empty, Section } from '../../parts/Section.tsx';
import { Tlp } from '../../parts/Tlp.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { RequestCard } from '../requests/RequestCard.tsx';
import { Access } from './Access.tsx';
import { AddFact } from './AddFact.tsx';
import { Conflict } from './Conflict.tsx';
import { Desks } from './Desks.tsx';
import { FactCard } from './FactCard.tsx';
import './cases.css';

/** One case: what is known, what desks disagree about, who is in it, and what was asked of whom. */
export function CasePage() {
  const { id } = useParams({ from: '/shell/cases/$id' });
  const { data, error, refetch } = useQuery(queries.case(id));
  const { t, say } = useReader();
  usePageTitle(data === undefined ? t.cases.title : say(data.title));
  if (data === undefined)
    return error === null ? (
      <Waiting heights={[64, 160, 320]} />
    ) : (
      <Failure error={error} onRetry={() => void refetch()} />
    );
  const conflicts = data.facts.filter(({ conflict }) => conflict);
  const facts = data.facts.filter(
    ({ kind, conflict, heads }) =>
      !conflict && kind !== 'desk' && kind !== 'case' && heads.some(({ about }) => about.removed !== true),
  );
  return (
    <div className="stack">
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      <Head it={data} />
      {conflicts.length === 0 ? null : (
        <Section title={t.cases.conflictsTitle}>
          <p className="soft">{t.cases.conflictHint}</p>
          {conflicts.map((fact) => (
            <Conflict key={fact.id} caseId={id} fact={fact} />
          ))}
        </Section>
      )}
      <Section title={t.cases.kinds}>
        {facts.length === 0 ? (
          <Empty text={t.cases.factsNone} />
        ) : (
          <ul className="case-list">
            {facts.map((fact) => (
              <FactCard key={fact.id} caseId={id} fact={fact} />
            ))}
          </ul>
        )}
      </Section>
      <AddFact caseId={id} />
      <Requests caseId={id} />
      <Desks it={data} />
      <Access it={data} />
    </div>
  );
}

function Head({ it }: { readonly it: CaseDetail }) {
  const { t, say } = useReader();
  const nameOf = useDeskName();
  const client = useQueryClient();
  const answer = useMutation({
    mutationFn: (standing: 'joined' | 'declined' | 'left') => joint.answer(it.id, standing),
    onSettled: () => void client.invalidateQueries({ queryKey: ['cases'] }),
  });
  const fact = it.facts.find(({ id }) => id === 'case');
  const [head] = fact?.heads ?? [];
  const close = useMutation({
    mutationFn: async () => {
      if (fact === undefined || fact.conflict || head?.body.kind !== 'case') return it;
      const state = head.body.state === 'open' ? ('closed' as const) : ('open' as const);
      return joint.change(it.id, fact.id, { based: fact.heads.map((one) => one.id), body: { ...head.body, state } });
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ['cases'] }),
  });
  const isOffered = it.origin !== null && it.standing !== 'joined' && !it.recalled;
  return (
    <header className="stack">
      <div className="row">
        <Tlp level={it.tlp} />
        <h1>{say(it.title)}</h1>
        <span className="chip">{say(caseTerms.caseState[it.state])}</span>
        {it.access.restrictedAt === null ? null : <span className="chip">{t.cases.restricted}</span>}
        {it.recalled ? <span className="chip act">{t.cases.takenBack}</span> : null}
      </div>
      {head?.body.kind === 'case' && head.body.summary !== undefined ? (
        <p className="case-text">{head.body.summary}</p>
      ) : null}
      <p className="row small soft">
        <When at={it.openedAt} />
        {it.incidents.map((incident) => (
          <IncidentLink key={incident} id={incident} />
        ))}
      </p>
      {isOffered ? (
        <div className="panel case-offer">
          <p>
            <strong>{fill(t.cases.offered, { desk: nameOf(it.origin ?? '') })}</strong> {t.cases.answerAsk}
          </p>
          <div className="row">
            <Button size="compact-sm" loading={answer.isPending} onClick={() => answer.mutate('joined')}>
              {t.cases.join}
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => answer.mutate('declined')}>
              {t.cases.decline}
            </Button>
          </div>
        </div>
      ) : (
        <div className="row">
          <Button
            size="compact-sm"
            variant="default"
            // Desks disagree about the case itself: closing it would settle that unseen.
            disabled={fact?.conflict === true}
            loading={close.isPending}
            onClick={() => close.mutate()}
          >
            {it.state === 'open' ? t.cases.close : t.cases.reopen}
          </Button>
          {it.origin === null || it.recalled ? null : (
            <Button size="compact-sm" variant="default" onClick={() => answer.mutate('left')}>
              {t.cases.leave}
            </Button>
          )}
        </div>
      )}
      {[answer.error, close.error].map((error) =>
        error === null ? null : <Failure key={error.message} error={error} />,
      )}
    </header>
  );
}

function Requests({ caseId }: { readonly caseId: string }) {
  const { t } = useReader();
  const { data } = useQuery(queries.requestsOf(caseId));
  if (data === undefined || data.length === 0) return null;
  return (
    <Section title={t.cases.requests}>
      <ul className="case-list">
        {data.map((request) => (
          <RequestCard key={request.id} request={request} heading="h3" />
        ))}
      </ul>
    </Section>
  );
}
