import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queries } from '../api/queries.ts';
import { useReader } from '../texts/language.tsx';
import { useMay } from './may.ts';

/** The way to an incident under its title; of one that is not here, or that its reader does not see, only what it is called. */
export function IncidentLink({ id }: { readonly id: string }) {
  const { say } = useReader();
  const enabled = useMay()('incident:read');
  const title = useQuery({ ...queries.incidents, enabled }).data?.find((incident) => incident.id === id)?.title;
  if (title === undefined) return <span className="mono">{id}</span>;
  return (
    <Link to="/incidents/$id" params={{ id }}>
      {say(title)}
    </Link>
  );
}

/** The way to a case, as to an incident. */
export function CaseLink({ id }: { readonly id: string }) {
  const { say } = useReader();
  const enabled = useMay()('case:read');
  const title = useQuery({ ...queries.cases, enabled }).data?.find((one) => one.id === id)?.title;
  if (title === undefined) return <span className="mono">{id}</span>;
  return (
    <Link to="/cases/$id" params={{ id }}>
      {say(title)}
    </Link>
  );
}
