import { fill } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries.ts';
import { group } from '../../format/amount.ts';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { CsvButton } from '../../parts/CsvButton.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { usePageTitle } from '../../parts/page-title.ts';
import { Empty, Section } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { useReader } from '../../texts/language.tsx';
import { AskPartners } from './AskPartners.tsx';
import { MatchTable, useMatchRows } from './MatchTable.tsx';
import { PartnerTable } from './PartnerTable.tsx';
import { SessionTable } from './SessionTable.tsx';

/** What this desk and its partners both work on, and what was asked to find out. */
export function OverlapPage() {
  const { t } = useReader();
  usePageTitle(t.overlap.title);
  const { data, error, refetch } = useQuery(queries.overlap);
  const rows = useMatchRows();
  const text = t.overlap;
  return (
    <div className="stack">
      <PageHead title={text.title} intro={text.intro} />
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <Waiting heights={[160, 220, 120]} /> : null}
      {data === undefined ? null : (
        <>
          <Section
            title={text.matches}
            aside={data.matches.length === 0 ? null : <CsvButton name={text.csvName} rows={() => rows(data.matches)} />}
          >
            {data.matches.length === 0 ? (
              <Empty text={text.matchesNone} hint={text.matchesHint} />
            ) : (
              <>
                <MatchTable matches={data.matches} />
                <p className="small soft">{text.matchesHint}</p>
              </>
            )}
          </Section>
          <AskPartners agreed={data.partners.filter(({ terms }) => terms !== null).map(({ desk }) => desk)} />
          <Section title={text.partners}>
            {data.partners.length === 0 ? <Empty text={text.nobody} /> : <PartnerTable partners={data.partners} />}
            <p className="small">
              {data.epoch === null ? (
                text.noKey
              ) : (
                <>
                  {fill(text.ownKey, { epoch: data.epoch.epoch })} <code className="mono">{data.epoch.digest}</code>{' '}
                  <CopyButton text={data.epoch.digest} what={t.common.fingerprint} />
                </>
              )}
            </p>
            <p className="small soft">
              {fill(text.list, {
                entries: group(String(data.list.entries)),
                silent: group(String(data.list.silent)),
                shown: group(String(data.list.shown)),
              })}
            </p>
          </Section>
          <Section title={text.sessions}>
            {data.sessions.length === 0 ? (
              <Empty text={text.sessionsNone} hint={text.sessionsHint} />
            ) : (
              <>
                <SessionTable sessions={data.sessions} />
                <p className="small soft">{text.sessionsHint}</p>
              </>
            )}
          </Section>
        </>
      )}
    </div>
  );
}
