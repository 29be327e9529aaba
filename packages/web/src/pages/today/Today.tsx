import { usePageTitle } from '../../parts/page-title.ts';
import { useReader } from '../../texts/language.tsx';
import { AlertList } from './AlertList.tsx';
import { IncidentList } from './IncidentList.tsx';
import './today.css';

/** What needs the reader now: alerts first, then the incidents. */
export function TodayPage() {
  const { t } = useReader();
  usePageTitle(t.today.title);
  return (
    <>
      <h1 className="visually-hidden">{t.today.title}</h1>
      <div className="today">
        <AlertList />
        <IncidentList />
      </div>
    </>
  );
}
