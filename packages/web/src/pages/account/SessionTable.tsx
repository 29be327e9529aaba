import { fill, peopleTerms, type SessionView } from '@gongjo/contract';
import { Button } from '@mantine/core';
import { Scroll } from '../../parts/Scroll.tsx';
import { useTimeLine, When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';

/** Where somebody is signed in. */
export function SessionTable({
  sessions,
  onEnd,
}: {
  readonly sessions: readonly SessionView[];
  /** Absent: the reader may look and no more. */
  readonly onEnd?: ((id: string) => void) | undefined;
}) {
  const { t, say } = useReader();
  const timeLine = useTimeLine();
  const text = t.people.session;
  return (
    <Scroll className="panel" label={t.people.administration.sessions}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{text.browser}</th>
            <th scope="col">{text.way}</th>
            <th scope="col">{text.signedIn}</th>
            <th scope="col">{text.used}</th>
            <th scope="col">{text.ends}</th>
            <th scope="col">
              <span className="visually-hidden">{text.end}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <tr key={session.id} data-testid="session" data-current={session.current}>
              <td>
                {session.browser === '' ? t.common.none : session.browser}
                {session.current ? <strong className="current"> {text.current}</strong> : null}
              </td>
              <td>{say(peopleTerms.sessionWay[session.way])}</td>
              <td>
                <When at={session.signedInAt} own />
              </td>
              <td>
                <When at={session.usedAt} own />
              </td>
              <td>
                <When at={session.expiresAt} own />
              </td>
              <td className="acts">
                {session.current || onEnd === undefined ? null : (
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={fill(text.endOf, { time: timeLine(session.signedInAt) })}
                    onClick={() => onEnd(session.id)}
                  >
                    {text.end}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
