import { Link } from '@tanstack/react-router';
import { usePageTitle } from '../parts/page-title.ts';
import { useReader } from '../texts/language.tsx';

export function NotFoundPage() {
  const { t } = useReader();
  usePageTitle(t.failure.notFound);
  return (
    <div className="panel empty">
      <h1>{t.failure.notFound}</h1>
      <p>{t.failure.notFoundHint}</p>
      <p>
        <Link to="/">{t.failure.toToday}</Link>
      </p>
    </div>
  );
}
