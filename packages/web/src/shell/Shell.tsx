import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { queries } from '../api/queries.ts';
import { countryName } from '../format/time.ts';
import { useLive } from '../live/live.tsx';
import { DeskClockProvider } from '../parts/clock.tsx';
import { Failure } from '../parts/Failure.tsx';
import { useMay } from '../parts/may.ts';
import { useReader } from '../texts/language.tsx';
import { AlertAnnouncer } from './AlertAnnouncer.tsx';
import { AccountLink, LanguageSwitch, LiveMark, SignOut, ThemeSwitch } from './controls.tsx';
import { Places } from './Places.tsx';
import { SearchBox } from './SearchBox.tsx';
import { Shortcuts } from './Shortcuts.tsx';
import { StatusStrip } from './StatusStrip.tsx';
import './shell.css';

/** The frame of every page for a person who is signed in. */
export function Shell() {
  const { t, say, language } = useReader();
  const live = useLive();
  const may = useMay();
  const status = useQuery(queries.status);
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
          {may('case:read') ? <SearchBox /> : <span className="grow" />}
          <LiveMark state={live} />
          <LanguageSwitch />
          <ThemeSwitch />
          <Shortcuts />
          <AccountLink />
          <SignOut />
          <Places />
        </div>
        {status.data === undefined ? null : <StatusStrip status={status.data} />}
      </header>
      <main id="content" className="content" tabIndex={-1}>
        {status.isError && status.data === undefined ? (
          <Failure error={status.error} onRetry={() => void status.refetch()} />
        ) : null}
        <Outlet />
      </main>
      {may('alert:read') ? <AlertAnnouncer /> : null}
    </DeskClockProvider>
  );
}
