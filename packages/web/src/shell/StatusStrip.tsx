import {
  type ChainStatus,
  type DeskStatus,
  fill,
  noticeTerms,
  type PartnerSummary,
  type Problem,
} from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { queries } from '../api/queries.ts';
import { group } from '../format/amount.ts';
import { ago, clock, zoneName } from '../format/time.ts';
import { useDeskClock, useNow } from '../parts/clock.tsx';
import { ProblemLine } from '../parts/Failure.tsx';
import { Icon } from '../parts/Icon.tsx';
import { useMay } from '../parts/may.ts';
import { useTimeLine } from '../parts/When.tsx';
import { useReader } from '../texts/language.tsx';
import { type WaitingChannel, waitingNotices } from './waiting-notices.ts';

/** Clocks here show minutes. */
const CLOCK_MS = 5000;
/** A reorganisation is told for as long as people may wonder what became of an alert. */
const REORGANISED_TOLD_MS = 3_600_000;

/** The state of the desk in one line: its chains, its partners, the time in their countries. */
export function StatusStrip({ status }: { readonly status: DeskStatus }) {
  const { t, say } = useReader();
  const chains = status.chains.flatMap(({ chain, name, source }) =>
    source?.problem ? [{ key: chain, name, problem: source.problem }] : [],
  );
  const partners = status.partners.flatMap(({ desk, name, link }) =>
    link.problem ? [{ key: desk, name: say(name), problem: link.problem }] : [],
  );
  const now = useNow(CLOCK_MS);
  const waiting = waitingNotices(
    useQuery({ ...queries.waitingNotices, enabled: useMay()('notice:read') }).data ?? [],
    now,
  );
  const notices = waiting.flatMap(({ channel, problem }) =>
    problem === null ? [] : [{ key: channel, name: say(noticeTerms.channel[channel]), problem }],
  );
  return (
    <section className="strip" aria-label={t.shell.status}>
      <div className="strip-row">
        {status.chains.map((chain) => (
          <Chain key={chain.chain} chain={chain} />
        ))}
        {status.partners.length === 0 ? <span className="soft">{t.shell.noPartners}</span> : null}
        {status.partners.map((partner) => (
          <Partner key={partner.desk} partner={partner} />
        ))}
        {waiting.map((one) => (
          <NoticesWaiting key={one.channel} waiting={one} />
        ))}
        <span className="grow" />
        <Clocks />
      </div>
      <Troubles troubles={[...chains, ...partners, ...notices]} />
    </section>
  );
}

interface Trouble {
  readonly key: string;
  readonly name: string;
  readonly problem: Problem;
}

/** The header stays in sight, so it must leave room for the page. */
const TROUBLES_SHOWN = 3;

/** What is wrong and what can be done, the first few at once. */
function Troubles({ troubles }: { readonly troubles: readonly Trouble[] }) {
  const { t, count } = useReader();
  const [all, setAll] = useState(false);
  const more = troubles.length - TROUBLES_SHOWN;
  return (
    <div className="troubles">
      {troubles.slice(0, all ? troubles.length : TROUBLES_SHOWN).map(({ key, name, problem }) => (
        <p key={key} className="strip-problem" role="status" data-testid="trouble" data-code={problem.code}>
          {fill(t.shell.troubleOf, { name })} <ProblemLine problem={problem} />
        </p>
      ))}
      {more <= 0 ? null : (
        <p className="strip-problem">
          <button type="button" className="troubles-more" aria-expanded={all} onClick={() => setAll(!all)}>
            <Icon name={all ? 'up' : 'down'} size={13} />
            {all ? t.shell.fewerTroubles : count(t.shell.moreTroubles, more)}
          </button>
        </p>
      )}
    </div>
  );
}

const chainTone = {
  following: 'good',
  'catching-up': 'busy',
  starting: 'busy',
  stalled: 'bad',
  unreachable: 'bad',
  none: 'quiet',
} as const;

function Chain({ chain: { name, tip, source } }: { readonly chain: ChainStatus }) {
  const { t, count, language } = useReader();
  const now = useNow(CLOCK_MS);
  const state = source?.state ?? 'none';
  // It follows, and says something strange: its tip fell, or its time lies ahead.
  const isDoubtful = state === 'following' && source?.problem != null;
  const behind = tip === null || source?.nodeHeight == null ? 0 : source.nodeHeight - tip.height;
  return (
    <span className="strip-item">
      <span className={`dot ${isDoubtful ? 'busy' : chainTone[state]}`} aria-hidden="true" />
      <strong>{name}</strong>
      <span>{tip === null ? t.shell.noBlock : fill(t.shell.block, { height: group(String(tip.height)) })}</span>
      <span className={isDoubtful ? 'warn-text' : source?.problem ? 'bad-text' : 'soft'}>
        {isDoubtful ? t.shell.doubtful : t.shell.source[state]}
        {source?.reorganised !== undefined && Date.parse(now) - Date.parse(source.reorganised.at) < REORGANISED_TOLD_MS
          ? ` · ${fill(count(t.shell.reorganised, source.reorganised.blocks), { time: ago(source.reorganised.at, now, language) })}`
          : ''}
        {state === 'catching-up' && behind > 0 ? ` · ${count(t.shell.behind, behind)}` : ''}
      </span>
    </span>
  );
}

const linkTone = { ok: 'good', idle: 'quiet', down: 'bad' } as const;

function Partner({ partner: { desk, name, link, waiting } }: { readonly partner: PartnerSummary }) {
  const { t, say, language, count } = useReader();
  const timeLine = useTimeLine();
  const now = useNow(CLOCK_MS);
  return (
    <span className="strip-item">
      <span className={`dot ${linkTone[link.state]}`} aria-hidden="true" />
      <Link to="/partners/$desk" params={{ desk }}>
        {say(name)}
      </Link>
      <span className={link.state === 'down' ? 'bad-text' : 'soft'}>
        {t.shell.link[link.state]}
        {link.downSince === null ? '' : ` · ${fill(t.shell.downSince, { time: timeLine(link.downSince) })}`}
        {link.lastContactAt === null ? '' : ` · ${ago(link.lastContactAt, now, language)}`}
        {waiting === 0 ? '' : ` · ${count(t.shell.waiting, waiting)}`}
      </span>
    </span>
  );
}

/** Notices that a way does not take, with their number. */
function NoticesWaiting({
  waiting: { channel, count: number, oldest, problem },
}: {
  readonly waiting: WaitingChannel;
}) {
  const { t, say, count, language } = useReader();
  const now = useNow(CLOCK_MS);
  return (
    <span className="strip-item" data-testid="notices-waiting" data-channel={channel}>
      <span className={`dot ${problem === null ? 'busy' : 'bad'}`} aria-hidden="true" />
      <strong>{say(noticeTerms.channel[channel])}</strong>
      <Link to="/incidents/$id" params={{ id: oldest.incident.id }} title={say(oldest.incident.title)}>
        {count(t.shell.noticesWaiting, number)}
      </Link>
      <span className="soft">{ago(oldest.at, now, language)}</span>
    </span>
  );
}

function Clocks() {
  const { zones } = useDeskClock();
  const now = useNow(CLOCK_MS);
  return (
    <span className="strip-item soft">
      {zones.map((zone) => `${clock(now, zone).slice(0, 5)} ${zoneName(now, zone)}`).join(' · ')}
    </span>
  );
}
