import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queries } from '../api/queries.ts';
import { useReader } from '../texts/language.tsx';
import { useMay } from './may.ts';

/** The way to an incident, under its title where its reader sees it. */
export function IncidentLink({ id }: { readonly id: string }) {
  const { say } = useReader();
  const enabled = useMay()('incident:read');
  const title = useQuery({ ...queries.incidents, enabled }).data?.find((incident) => incident.id === id)?.title;
  return (
    <Link to="/incidents/$id" params={{ id }}>
      {title === undefined ? id : say(title)}
    </Link>
  );
}

/** The way to a case, as to an incident. */
export function CaseLink({ id }: { readonly id: string }) {
  const { say } = useReader();
  const enabled = useMay()('case:read');
  const title = useQuery({ ...queries.cases, enabled }).data?.find((one) => one.id === id)?.title;
  return (
    <Link to="/cases/$id" params={{ id }}>
      {title === undefined ? id : say(title)}
    </Link>
  );
}
