import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queries } from '../api/queries.ts';
import { needsMe } from '../pages/alert-order.ts';
import { isMine } from '../pages/approvals/order.ts';
import { useMay } from '../parts/may.ts';
import { useReader } from '../texts/language.tsx';

/** The pages that the reader may read, each with how much waits behind it. */
export function Nav() {
  const { t, count } = useReader();
  const may = useMay();
  const waiting = useQuery({ ...queries.alerts, enabled: may('alert:read') }).data?.filter(needsMe).length ?? 0;
  const undecided = useQuery({ ...queries.approvals, enabled: may('approval:read') }).data?.filter(isMine).length ?? 0;
  const contradicted = useQuery({ ...queries.status, enabled: may('audit:read') }).data?.openContradictions ?? 0;
  return (
    <nav className="nav" aria-label={t.shell.nav}>
      {may('incident:read') ? (
        <Link to="/" activeOptions={{ exact: true }}>
          {t.shell.today}
          <Badge count={waiting} says={count(t.shell.actCount, waiting)} />
        </Link>
      ) : null}
      {may('alert:read') ? <Link to="/alerts">{t.shell.alerts}</Link> : null}
      {may('case:read') ? <Link to="/cases">{t.cases.title}</Link> : null}
      {may('request:read') ? <Link to="/requests">{t.cases.requests}</Link> : null}
      {may('approval:read') ? (
        <Link to="/approvals">
          {t.shell.approvals}
          <Badge count={undecided} says={count(t.shell.approvalCount, undecided)} />
        </Link>
      ) : null}
      {may('hold:read') ? <Link to="/holds">{t.shell.holds}</Link> : null}
      {may('watch:read') ? <Link to="/watches">{t.shell.watches}</Link> : null}
      {may('overlap:read') ? <Link to="/overlap">{t.overlap.title}</Link> : null}
      {may('measure:read') ? <Link to="/measures">{t.shell.measures}</Link> : null}
      {may('directory:read') ? <Link to="/directory">{t.shell.directory}</Link> : null}
      {may('audit:read') ? (
        <Link to="/audit">
          {t.shell.audit}
          <Badge count={contradicted} says={count(t.audit.openCount, contradicted)} />
        </Link>
      ) : null}
      {may('people:read') ? <Link to="/administration">{t.people.administration.title}</Link> : null}
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
