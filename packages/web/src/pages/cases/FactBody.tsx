import { type FactBody as Body, caseTerms, fill } from '@gongjo/contract';
import { useDeskName } from '../../parts/desk-name.ts';
import { IncidentLink } from '../../parts/NamedLinks.tsx';
import { useTimeLine } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';

/** What a fact says, by its kind. */
export function FactBody({ body }: { readonly body: Body }) {
  const { t, say } = useReader();
  const timeLine = useTimeLine();
  const nameOf = useDeskName();
  switch (body.kind) {
    case 'case':
      return (
        <p className="case-text">
          {[say(body.title), say(caseTerms.caseState[body.state]), body.summary ?? ''].join('\n')}
        </p>
      );
    case 'incident':
      return (
        <p>
          <IncidentLink id={body.incident} />
        </p>
      );
    case 'desk':
      return <p>{`${nameOf(body.desk)}: ${say(caseTerms.standing[body.standing])}`}</p>;
    case 'member':
      return <p>{[body.name, body.role, body.contact ?? ''].filter((it) => it !== '').join(' · ')}</p>;
    case 'task':
      return (
        <>
          <p className={body.done ? 'case-done' : ''}>{body.title}</p>
          {body.text === undefined ? null : <p className="case-text">{body.text}</p>}
          <p className="row small soft">
            {body.assignee === undefined ? null : <span>{body.assignee}</span>}
            {body.due === undefined ? null : <span>{fill(t.cases.due, { time: timeLine(body.due) })}</span>}
          </p>
        </>
      );
    case 'finding':
      return (
        <>
          <p>
            <strong>{body.title}</strong>
          </p>
          <p className="case-text">{body.text}</p>
          {body.about === undefined ? null : <p className="mono small case-text">{body.about.join('\n')}</p>}
        </>
      );
    case 'document':
      return (
        <>
          <p>{`${body.name} (${body.mediaType}, ${body.bytes.toLocaleString('en-US')} B)`}</p>
          <p className="mono small case-text">{body.sha256}</p>
        </>
      );
    case 'note':
      return <p className="case-text">{body.text}</p>;
  }
}
