import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queries } from '../api/queries.ts';
import { needsMe } from '../pages/alert-order.ts';
import { isMine } from '../pages/approvals/order.ts';
import { useReader } from '../texts/language.tsx';
import { placeGroups, places } from './places.ts';

/** The pages, in groups, with what waits behind them. */
export function Places() {
  const { t, count } = useReader();
  const alerts = useQuery(queries.alerts).data?.filter(needsMe).length ?? 0;
  const approvals = useQuery(queries.approvals).data?.filter(isMine).length ?? 0;
  const contradictions =
    useQuery(queries.auditWitnesses).data?.contradictions.filter(({ accepted }) => accepted === null).length ?? 0;
  const waiting = {
    alerts: { count: alerts, says: count(t.shell.actCount, alerts) },
    approvals: { count: approvals, says: count(t.shell.approvalCount, approvals) },
    contradictions: { count: contradictions, says: count(t.audit.openCount, contradictions) },
  } as const;
  return (
    <nav className="nav" aria-label={t.shell.nav}>
      {placeGroups.map((group) => (
        <span key={group} className="nav-group">
          {places
            .filter((it) => it.group === group)
            .map(({ path, text, waiting: behind }) => (
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
