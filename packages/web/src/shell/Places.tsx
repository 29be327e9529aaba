import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queries } from '../api/queries.ts';
import { needsMe } from '../pages/alert-order.ts';
import { isMine } from '../pages/approvals/order.ts';
import { useMay } from '../parts/may.ts';
import { useReader } from '../texts/language.tsx';
import { placeGroups, places } from './places.ts';

/** The pages, in groups, with what waits behind them. */
export function Places() {
  const { t, count } = useReader();
  const may = useMay();
  const alerts = useQuery({ ...queries.alerts, enabled: may('alert:read') }).data?.filter(needsMe).length ?? 0;
  const approvals = useQuery({ ...queries.approvals, enabled: may('approval:read') }).data?.filter(isMine).length ?? 0;
  const contradictions = useQuery({ ...queries.status, enabled: may('audit:read') }).data?.openContradictions ?? 0;
  const waiting = {
    alerts: { count: alerts, says: count(t.shell.actCount, alerts) },
    approvals: { count: approvals, says: count(t.shell.approvalCount, approvals) },
    contradictions: { count: contradictions, says: count(t.audit.openCount, contradictions) },
  } as const;
  const groups = placeGroups
    .map((group) => ({ group, there: places.filter((it) => it.group === group && may(it.right)) }))
    .filter(({ there }) => there.length > 0);
  return (
    <nav className="nav" aria-label={t.shell.nav}>
      {groups.map(({ group, there }) => (
        <span key={group} className="nav-group">
          {there.map(({ path, text, waiting: behind }) => (
            <Link key={path} to={path} activeOptions={{ exact: path === '/' }}>
              {text(t)}
              {behind === undefined ? null : <Badge {...waiting[behind]} />}
            </Link>
          ))}
        </span>
      ))}
    </nav>
  );
}

/** How much waits behind a link; nothing where nothing does. */
function Badge({ count, says }: { readonly count: number; readonly says: string }) {
  if (count === 0) return null;
  return (
    <span className="badge" title={says}>
      {count}
      <span className="visually-hidden">{says}</span>
    </span>
  );
}
