import { PageHead } from '../../parts/PageHead.tsx';
import { usePageTitle } from '../../parts/page-title.ts';
import { useReader } from '../../texts/language.tsx';
import { AddWatch } from './AddWatch.tsx';
import { Rules } from './Rules.tsx';
import { Sources } from './Sources.tsx';
import { Standing } from './Standing.tsx';
import './watches.css';

/** What is watched, on whose account, and by which rules. */
export function WatchesPage() {
  const { t } = useReader();
  usePageTitle(t.watches.title);
  return (
    <div className="stack">
      <PageHead title={t.watches.title} intro={t.watches.intro} />
      <div className="watch-top">
        <Sources />
        <AddWatch />
      </div>
      <Standing />
      <Rules />
    </div>
  );
}
