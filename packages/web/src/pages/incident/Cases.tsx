import type { IncidentDetail } from '@gongjo/contract';
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { joint } from '../../api/joint.client.ts';
import { queries } from '../../api/queries.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Section } from '../../parts/Section.tsx';
import { useReader } from '../../texts/language.tsx';
import { CaseCard } from '../cases/Cases.tsx';
import '../cases/cases.css';

/** The cases that an incident is in, or a way to open one. */
export function Cases({ incident }: { readonly incident: IncidentDetail }) {
  const { t } = useReader();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data } = useQuery(queries.casesOf(incident.id));
  const open = useMutation({
    mutationFn: () => joint.open({ title: incident.title, tlp: incident.tlp, incidents: [incident.id] }),
    onSuccess: ({ id }) => void navigate({ to: '/cases/$id', params: { id } }),
    onSettled: () => void client.invalidateQueries({ queryKey: ['cases'] }),
  });
  if (data === undefined) return null;
  return (
    <Section title={t.cases.ofIncident}>
      {data.length === 0 ? null : (
        <ul className="case-list">
          {data.map((it) => (
            <CaseCard key={it.id} it={it} heading="h3" />
          ))}
        </ul>
      )}
      {data.length > 0 ? null : (
        <div>
          <Button size="compact-sm" variant="default" loading={open.isPending} onClick={() => open.mutate()}>
            {t.cases.openForIncident}
          </Button>
        </div>
      )}
      {open.error === null ? null : <Failure error={open.error} />}
    </Section>
  );
}
