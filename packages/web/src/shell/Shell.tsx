import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { queries } from '../api/queries.ts';
import { countryName } from '../format/time.ts';
import { useLive } from '../live/live.tsx';
import { needsMe } from '../pages/alert-order.ts';
import { isMine } from '../pages/approvals/order.ts';
import { DeskClockProvider } from '../parts/clock.tsx';
import { Failure } from '../parts/Failure.tsx';
import { useReader } from '../texts/language.tsx';
import { AlertAnnouncer } from './AlertAnnouncer.tsx';
import { LanguageSwitch, LiveMark, SignOut, ThemeSwitch } from './controls.tsx';
import { StatusStrip } from './StatusStrip.tsx';
import './shell.css';

/** The frame of every page for a person who is signed in. */
export function Shell() {
  const { t, say, language, count } = useReader();
  const live = useLive();
  const status = useQuery(queries.status);
  const waiting = useQuery(queries.alerts).data?.filter(needsMe).length ?? 0;
  const undecided = useQuery(queries.approvals).data?.filter(isMine).length ?? 0;
  const contradicted =
    useQuery(queries.auditWitnesses).data?.contradictions.filter(({ accepted }) => accepted === null).length ?? 0;
  const desk = status.data?.desk;
  return (
    <DeskClockProvider status={status.data}>
      <a className="skip" href="#content">
        {t.common.skip}
      </a>
      <header className="top">
        <div className="top-row">
          <Link to="/" className="brand">
            <span className="brand-mark" aria-hidden="true" />
            <span className="brand-name">{t.common.product}</span>
          </Link>
          {desk === undefined ? null : (
            <span className="desk-name">
              {say(desk.name)} <span className="soft">{countryName(desk.country, language)}</span>
            </span>
          )}
          <nav className="nav" aria-label={t.shell.nav}>
            <Link to="/" activeOptions={{ exact: true }}>
              {t.shell.today}
              <Badge count={waiting} says={count(t.shell.actCount, waiting)} />
            </Link>
            <Link to="/alerts">{t.shell.alerts}</Link>
            <Link to="/cases">{t.cases.title}</Link>
            <Link to="/requests">{t.cases.requests}</Link>
            <Link to="/approvals">
              {t.shell.approvals}
              <Badge count={undecided} says={count(t.shell.approvalCount, undecided)} />
            </Link>
            <Link to="/holds">{t.shell.holds}</Link>
            <Link to="/trace">{t.trace.nav}</Link>
            <Link to="/watches">{t.shell.watches}</Link>
            <Link to="/overlap">{t.overlap.title}</Link>
            <Link to="/measures">{t.shell.measures}</Link>
            <Link to="/directory">{t.shell.directory}</Link>
            <Link to="/audit">
              {t.shell.audit}
              <Badge count={contradicted} says={count(t.audit.openCount, contradicted)} />
            </Link>
          </nav>
          <span className="grow" />
          <LiveMark state={live} />
          <LanguageSwitch />
          <ThemeSwitch />
          <SignOut />
        </div>
        {status.data === undefined ? null : <StatusStrip status={status.data} />}
      </header>
      <main id="content" className="content" tabIndex={-1}>
        {status.isError && status.data === undefined ? (
          <Failure error={status.error} onRetry={() => void status.refetch()} />
        ) : null}
        <Outlet />
      </main>
      <AlertAnnouncer />
    </DeskClockProvider>
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
