import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries } from '../../api/queries.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Empty, Section } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { useReader } from '../../texts/language.tsx';
import { IncidentCard } from './IncidentCard.tsx';
import { OpenIncident } from './OpenIncident.tsx';

export function IncidentList() {
  const { t } = useReader();
  const { data, error, refetch } = useQuery(queries.incidents);
  const [opening, setOpening] = useState(false);
  const newest = [...(data ?? [])].sort((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  return (
    <Section
      title={t.today.incidents}
      aside={
        <Button
          size="compact-sm"
          variant={opening ? 'default' : 'filled'}
          aria-expanded={opening}
          leftSection={opening ? null : <Icon name="plus" size={14} />}
          onClick={() => setOpening(!opening)}
        >
          {opening ? t.today.cancel : t.today.open}
        </Button>
      }
    >
      {opening ? <OpenIncident /> : null}
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <Waiting heights={[150, 150]} /> : null}
      {data?.length === 0 && !opening ? <Empty text={t.today.noIncidents} hint={t.today.noIncidentsHint} /> : null}
      <ul className="incidents">
        {newest.map((incident) => (
          <IncidentCard key={incident.id} incident={incident} />
        ))}
      </ul>
    </Section>
  );
}
