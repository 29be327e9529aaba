import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queries } from '../../api/queries.ts';
import { useMay } from '../../parts/may.ts';
import { usePageTitle } from '../../parts/page-title.ts';
import { Waiting } from '../../parts/Waiting.tsx';
import { places } from '../../shell/places.ts';
import { useReader } from '../../texts/language.tsx';
import { AlertList } from './AlertList.tsx';
import { DueList } from './DueList.tsx';
import { FirstSteps } from './FirstSteps.tsx';
import { IncidentList } from './IncidentList.tsx';
import './today.css';

/** What needs the reader now: alerts first, then the incidents. */
export function TodayPage() {
  const { t } = useReader();
  usePageTitle(t.today.title);
  const may = useMay();
  const isKnown = useQuery(queries.me).data !== undefined;
  if (!isKnown) return <Waiting heights={[200, 240]} />;
  if (!may('incident:read')) return <NoContent />;
  return (
    <div className="stack">
      <h1 className="visually-hidden">{t.today.title}</h1>
      <FirstSteps />
      <DueList />
      <div className="today">
        {may('alert:read') ? <AlertList /> : null}
        <IncidentList />
      </div>
    </div>
  );
}

/** Whoever runs or audits the desk begins elsewhere. */
function NoContent() {
  const { t } = useReader();
  const may = useMay();
  const text = t.people.noContent;
  return (
    <div className="panel empty">
      <h1>{text.title}</h1>
      <p className="soft">{text.hint}</p>
      <ul className="row">
        {places
          .filter(({ right }) => may(right))
          .map(({ path, text: called }) => (
            <li key={path}>
              <Link to={path}>{called(t)}</Link>
            </li>
          ))}
        <li>
          <Link to="/account">{t.people.account.title}</Link>
        </li>
      </ul>
    </div>
  );
}
