import { useEffect } from 'react';
import { useReader } from '../texts/language.tsx';

/** Says on top of a page that nothing of it has happened, and in the name of its tab, too. */
export function DrillBanner() {
  const { t } = useReader();
  useEffect(() => {
    document.documentElement.dataset.drill = 'yes';
    return () => {
      delete document.documentElement.dataset.drill;
    };
  }, []);
  return (
    <p className="drill-banner" role="status" data-testid="drill">
      <strong>{t.response.drill}</strong> {t.response.drillLine}
    </p>
  );
}

/** The same beside a name in a list. */
export function DrillMark() {
  const { t } = useReader();
  return (
    <span className="drill-mark" title={t.response.drillLine}>
      {t.response.drill}
    </span>
  );
}
