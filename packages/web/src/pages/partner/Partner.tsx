import { fill, type PartnerDetail } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { queries } from '../../api/queries.ts';
import { clock, countryName, zoneName } from '../../format/time.ts';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { useNow } from '../../parts/clock.tsx';
import { Fact } from '../../parts/Fact.tsx';
import { Failure, ProblemLine } from '../../parts/Failure.tsx';
import { usePageTitle } from '../../parts/page-title.ts';
import { Waiting } from '../../parts/Waiting.tsx';
import { useTimeLine } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { Deliveries } from './Deliveries.tsx';
import { Quarantine } from './Quarantine.tsx';
import { Refusals } from './Refusals.tsx';
import './partner.css';

/** A partner's clock shows minutes. */
const CLOCK_MS = 5000;

export function PartnerPage() {
  const { desk } = useParams({ from: '/shell/partners/$desk' });
  const { data, error, refetch } = useQuery(queries.partner(desk));
  const { t, say } = useReader();
  usePageTitle(data === undefined ? t.shell.partners : say(data.name));
  if (data === undefined) {
    return error === null ? (
      <Waiting heights={[32, 96, 220, 220]} />
    ) : (
      <Failure error={error} onRetry={() => void refetch()} />
    );
  }
  return (
    <div className="stack">
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      <PartnerHeader partner={data} />
      <Deliveries
        direction="out"
        deliveries={data.deliveries.filter(({ direction }) => direction === 'out')}
        desk={desk}
      />
      <Refusals refusals={data.refusals} desk={desk} />
      <Deliveries
        direction="in"
        deliveries={data.deliveries.filter(({ direction }) => direction === 'in')}
        desk={desk}
      />
      <Quarantine desk={desk} />
    </div>
  );
}

function PartnerHeader({ partner }: { readonly partner: PartnerDetail }) {
  const { t, say, language } = useReader();
  const now = useNow(CLOCK_MS);
  const timeLine = useTimeLine();
  const { link } = partner;
  const tone = { ok: 'good', idle: 'quiet', down: 'bad' } as const;
  return (
    <header className="partner-header">
      <h1>
        {say(partner.name)} <span className="soft">{countryName(partner.country, language)}</span>
      </h1>
      <dl className="panel facts">
        <Fact name={t.partner.link}>
          <span className="row">
            <span className={`dot ${tone[link.state]}`} aria-hidden="true" />
            {t.shell.link[link.state]}
          </span>
          <span className="soft small">
            {link.lastContactAt === null
              ? t.partner.never
              : fill(t.partner.lastContact, { time: timeLine(link.lastContactAt) })}
          </span>
        </Fact>
        <Fact name={t.partner.sent}>
          <strong className="big">{partner.sent.toLocaleString('en-US')}</strong>
        </Fact>
        <Fact name={t.partner.received}>
          <strong className="big">{partner.received.toLocaleString('en-US')}</strong>
        </Fact>
        <Fact name={t.partner.waiting}>
          <strong className="big">{partner.waiting.toLocaleString('en-US')}</strong>
        </Fact>
        <Fact name={t.partner.localTime}>
          {clock(now, partner.timeZone).slice(0, 5)} {zoneName(now, partner.timeZone)}
          <span className="soft small mono">{partner.url}</span>
        </Fact>
        <Fact name={t.partner.fingerprint}>
          <span className="row">
            <code className="mono fingerprint">{partner.fingerprint}</code>
            <CopyButton text={partner.fingerprint} what={t.common.fingerprint} />
          </span>
          <span className="soft small">{t.partner.fingerprintHint}</span>
        </Fact>
        <Fact name={t.partner.agreement}>
          {partner.agreement ?? <span className="warn-text">{t.partner.noAgreement}</span>}
        </Fact>
      </dl>
      {link.problem === null ? null : (
        <p className="strip-problem" role="status">
          <ProblemLine problem={link.problem} />
        </p>
      )}
    </header>
  );
}
