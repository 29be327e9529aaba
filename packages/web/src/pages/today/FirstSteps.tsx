import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queries } from '../../api/queries.ts';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { useMay } from '../../parts/may.ts';
import { Section } from '../../parts/Section.tsx';
import { useReader } from '../../texts/language.tsx';

type StepName = 'chain' | 'people' | 'partner' | 'directory' | 'watch' | 'report';

interface Step {
  readonly name: StepName;
  /** Null: only a person can say. */
  readonly isDone: boolean | null;
  readonly to?: '/administration' | '/directory' | '/watches' | '/report';
  /** What the operator types on the desk's machine. */
  readonly commands?: readonly string[];
}

/** A way through a desk in which nothing has happened yet: what it needs, in order, and what of it is there. */
export function FirstSteps() {
  const { t } = useReader();
  const may = useMay();
  const incidents = useQuery(queries.incidents).data;
  const status = useQuery(queries.status).data;
  const people = useQuery({ ...queries.people, enabled: may('people:read') }).data;
  const watches = useQuery({ ...queries.watches, enabled: may('watch:read') }).data;
  if (incidents === undefined || incidents.length > 0 || status === undefined) return null;
  const text = t.firstSteps;
  const steps: readonly Step[] = [
    {
      name: 'chain',
      isDone: status.chains.some(({ tip }) => tip !== null),
      commands: ['gongjo ingest evm --rpc URL --follow', 'gongjo ingest bitcoin --rpc URL --follow'],
    },
    ...(people === undefined
      ? []
      : [{ name: 'people', isDone: people.length > 1, to: '/administration' } satisfies Step]),
    { name: 'partner', isDone: status.partners.length > 0, commands: ['gongjo partner invite --agreement "…"'] },
    ...(may('directory:read') ? [{ name: 'directory', isDone: null, to: '/directory' } satisfies Step] : []),
    ...(watches === undefined ? [] : [{ name: 'watch', isDone: watches.length > 0, to: '/watches' } satisfies Step]),
    ...(may('incident:write')
      ? [{ name: 'report', isDone: false, to: '/report', commands: ['gongjo drill start'] } satisfies Step]
      : []),
  ];
  return (
    <Section title={text.title} className="first-steps">
      <p className="soft">{text.hint}</p>
      <ol className="panel">
        {steps.map(({ name, isDone, to, commands = [] }) => (
          <li key={name} data-done={isDone}>
            <h3>{to === undefined ? text.step[name].title : <Link to={to}>{text.step[name].title}</Link>}</h3>
            <p className="small">{text.step[name].why}</p>
            {commands.map((command) => (
              <p key={command} className="small">
                <code>{command}</code> <CopyButton text={command} what={text.command} />
              </p>
            ))}
            {isDone === null ? null : (
              <span className="chip small">
                {isDone ? <Icon name="check" size={13} /> : null}
                {isDone ? text.done : text.open}
              </span>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}
