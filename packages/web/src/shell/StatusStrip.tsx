import type { ChainStatus, DeskStatus, PartnerSummary } from '@gongjo/contract';
import { fill } from '@gongjo/contract';
import { Link } from '@tanstack/react-router';
import { group } from '../format/amount.ts';
import { ago, clock, zoneName } from '../format/time.ts';
import { useDeskClock, useNow } from '../parts/clock.tsx';
import { ProblemLine } from '../parts/Failure.tsx';
import { useReader } from '../texts/language.tsx';

/** Clocks here show minutes. */
const CLOCK_MS = 5000;

/** The state of the desk in one line: its chains, its partners, the time in their countries. */
export function StatusStrip({ status }: { readonly status: DeskStatus }) {
  const { t } = useReader();
  const problems = [
    ...status.chains.flatMap(({ chain, source }) => (source?.problem ? [{ key: chain, problem: source.problem }] : [])),
    ...status.partners.flatMap(({ desk, link }) => (link.problem ? [{ key: desk, problem: link.problem }] : [])),
  ];
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
        <span className="grow" />
        <Clocks />
      </div>
      {problems.map(({ key, problem }) => (
        <p key={key} className="strip-problem" role="status">
          <ProblemLine problem={problem} />
        </p>
      ))}
    </section>
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

/** After a reorganisation, alerts and traces may have changed under a reader's eyes: so long it is said why. */
const REORGANISED_MS = 3_600_000;

function Chain({ chain: { name, tip, source } }: { readonly chain: ChainStatus }) {
  const { t, count, language } = useReader();
  const now = useNow(CLOCK_MS);
  const replaced = source?.reorganised;
  const recent = replaced !== undefined && Date.parse(now) - Date.parse(replaced.at) < REORGANISED_MS;
  const state = source?.state ?? 'none';
  const behind = tip === null || source?.nodeHeight == null ? 0 : source.nodeHeight - tip.height;
  return (
    <span className="strip-item">
      <span className={`dot ${chainTone[state]}`} aria-hidden="true" />
      <strong>{name}</strong>
      <span>{tip === null ? t.shell.noBlock : fill(t.shell.block, { height: group(String(tip.height)) })}</span>
      <span className={source?.problem ? 'bad-text' : 'soft'}>
        {t.shell.source[state]}
        {state === 'catching-up' && behind > 0 ? ` · ${count(t.shell.behind, behind)}` : ''}
        {recent ? ` · ${count(t.shell.reorganised, replaced.blocks)} ${ago(replaced.at, now, language)}` : ''}
      </span>
    </span>
  );
}

const linkTone = { ok: 'good', idle: 'quiet', down: 'bad' } as const;

function Partner({ partner: { desk, name, link, waiting } }: { readonly partner: PartnerSummary }) {
  const { t, say, language, count } = useReader();
  const now = useNow(CLOCK_MS);
  return (
    <span className="strip-item">
      <span className={`dot ${linkTone[link.state]}`} aria-hidden="true" />
      <Link to="/partners/$desk" params={{ desk }}>
        {say(name)}
      </Link>
      <span className={link.state === 'down' ? 'bad-text' : 'soft'}>
        {t.shell.link[link.state]}
        {link.lastContactAt === null ? '' : ` · ${ago(link.lastContactAt, now, language)}`}
        {waiting === 0 ? '' : ` · ${count(t.shell.waiting, waiting)}`}
      </span>
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
