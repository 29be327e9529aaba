import type { IncidentDetail } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries.ts';
import { Section } from '../../parts/Section.tsx';
import { useReader } from '../../texts/language.tsx';
import { MatchTable } from '../overlap/MatchTable.tsx';

/** Partners who work on what this incident is about, as far as a private comparison told. */
export function Overlaps({ incident }: { readonly incident: IncidentDetail }) {
  const { t } = useReader();
  const matches = useQuery(queries.overlapsAbout(incident.id)).data ?? [];
  if (matches.length === 0) return null;
  return (
    <Section title={t.overlap.onIncident}>
      <MatchTable matches={matches} />
    </Section>
  );
}
