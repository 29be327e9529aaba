import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries.ts';
import { Section } from '../../parts/Section.tsx';
import { useReader } from '../../texts/language.tsx';
import { HoldTable } from './HoldTable.tsx';
import './holds.css';

/** The requests of one incident; nothing where there is none. */
export function HoldsOfIncident({ incident }: { readonly incident: string }) {
  const { t } = useReader();
  const { data } = useQuery(queries.holdsOf(incident));
  if (data === undefined || data.length === 0) return null;
  return (
    <Section title={t.holds.ofIncident}>
      <HoldTable holds={data} />
    </Section>
  );
}
