import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queries } from '../../api/queries.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Empty, Section } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { useReader } from '../../texts/language.tsx';
import { IncidentCard } from './IncidentCard.tsx';

export function IncidentList() {
  const { t } = useReader();
  const { data, error, refetch } = useQuery(queries.incidents);
  const newest = [...(data ?? [])].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  return (
    <Section
      title={t.today.incidents}
      aside={
        <Button
          size="compact-sm"
          leftSection={<Icon name="plus" size={14} />}
          renderRoot={(props) => <Link to="/report" {...props} />}
        >
          {t.report.open}
        </Button>
      }
    >
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <Waiting heights={[150, 150]} /> : null}
      {data?.length === 0 ? <Empty text={t.today.noIncidents} hint={t.today.noIncidentsHint} /> : null}
      <ul className="incidents">
        {newest.map((incident) => (
          <IncidentCard key={incident.id} incident={incident} />
        ))}
      </ul>
    </Section>
  );
}
