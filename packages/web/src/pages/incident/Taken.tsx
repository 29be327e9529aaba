import type { IncidentDetail } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { queries } from '../../api/queries.ts';
import { Icon } from '../../parts/Icon.tsx';
import { useReader } from '../../texts/language.tsx';

/** What became of the report that the reader has just made. */
export function Taken({ incident }: { readonly incident: IncidentDetail }) {
  const { t, count } = useReader();
  const { taken } = useSearch({ from: '/shell/incidents/$id' });
  const matches = useQuery({ ...queries.matches(incident.id), enabled: taken !== undefined }).data ?? [];
  if (taken === undefined) return null;
  const proposed = matches.filter(({ state }) => state === 'proposed').length;
  return (
    <div className="done" role="status" data-testid="taken" data-outcome={taken}>
      <Icon name="check" />
      <span>{t.report.taken[taken]}</span>
      {proposed === 0 ? null : <strong className="warn-text">{count(t.report.taken.proposed, proposed)}</strong>}
    </div>
  );
}
