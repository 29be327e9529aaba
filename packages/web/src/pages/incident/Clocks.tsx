import { fill, type IncidentDetail, type IncidentMeasures } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queries } from '../../api/queries.ts';
import { shareText } from '../../format/amount.ts';
import { Amount } from '../../parts/Amount.tsx';
import { useAssetOf } from '../../parts/assets.ts';
import { useNow } from '../../parts/clock.tsx';
import { useDuration } from '../../parts/duration.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Section } from '../../parts/Section.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { type ClockRow, clockRows } from './clock-rows.ts';

/** The clocks that matter, and the value that they are about. */
export function Clocks({ incident }: { readonly incident: IncidentDetail }) {
  const { t } = useReader();
  const { data, error, refetch } = useQuery(queries.measuresOf(incident.mainId ?? incident.id));
  return (
    <Section title={t.response.clocks}>
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null ? <Waiting heights={[160]} /> : null}
      {data == null ? null : (
        <div className="panel clocks">
          <dl>
            {clockRows(data).map((row) => (
              <Clock key={row.key} row={row} reportedAt={data.reportedAt} />
            ))}
            <FirstDeposit measures={data} />
          </dl>
          <Value measures={data} />
        </div>
      )}
    </Section>
  );
}

function Clock({ row: { key, at, running }, reportedAt }: { readonly row: ClockRow; readonly reportedAt: string }) {
  const { t } = useReader();
  const length = useDuration();
  const seconds = at === null ? null : (Date.parse(at) - Date.parse(reportedAt)) / 1000;
  return (
    <div data-testid="clock" data-clock={key}>
      <dt>{t.response[key]}</dt>
      <dd>
        {at === null ? null : <When at={at} />}
        {at === null && running ? <Running since={reportedAt} /> : null}
        {at === null && !running ? <span className="soft">{t.response.unknown}</span> : null}
        {seconds === null || key === 'reported' ? null : (
          <span className="offset">
            {fill(seconds < 0 ? t.response.before : t.response.since, { time: length(seconds) })}
          </span>
        )}
      </dd>
    </div>
  );
}

/** A clock that nobody has stopped. */
function Running({ since }: { readonly since: string }) {
  const { t } = useReader();
  const length = useDuration();
  const now = useNow(1000);
  const seconds = Math.max(0, (Date.parse(now) - Date.parse(since)) / 1000);
  return <span className="warn-text running">{fill(t.response.running, { time: length(seconds) })}</span>;
}

function FirstDeposit({ measures: { firstDeposit } }: { readonly measures: IncidentMeasures }) {
  const { t } = useReader();
  const length = useDuration();
  const lead =
    firstDeposit === null || firstDeposit.warnedAt === null
      ? null
      : (Date.parse(firstDeposit.at) - Date.parse(firstDeposit.warnedAt)) / 1000;
  return (
    <div data-testid="clock" data-clock="firstDeposit">
      <dt>{t.response.firstDeposit}</dt>
      <dd>
        {firstDeposit === null ? <span className="soft">{t.response.noDeposit}</span> : <When at={firstDeposit.at} />}
        {firstDeposit === null ? null : (
          <span className={lead !== null && lead >= 0 ? 'offset good-text' : 'offset warn-text'}>
            {lead === null
              ? t.response.notWarned
              : fill(lead >= 0 ? t.response.warnedBefore : t.response.warnedAfter, { time: length(lead) })}
          </span>
        )}
      </dd>
    </div>
  );
}

function Value({
  measures: { atStops, freezable, held, warnedShare, freezableShare },
}: {
  readonly measures: IncidentMeasures;
}) {
  const { t } = useReader();
  const assetOf = useAssetOf();
  const share = (shares: IncidentMeasures['warnedShare'], id: string) => shares.find(({ asset }) => asset === id)?.ppm;
  const line = (name: string, content: ReactNode) => (
    <div>
      <dt>{name}</dt>
      <dd>{content}</dd>
    </div>
  );
  return (
    <dl>
      {line(
        t.response.atStops,
        atStops.length === 0 ? (
          <span className="soft">{t.response.unknown}</span>
        ) : (
          atStops.map(({ asset, units }) => <Amount key={asset} units={units} asset={assetOf(asset)} reading />)
        ),
      )}
      {freezable.length === 0
        ? null
        : line(
            t.response.freezable,
            freezable.map(({ asset, units }) => (
              <span key={asset} className="row">
                <Amount units={units} asset={assetOf(asset)} reading />
                <span className="soft">{shareText(share(freezableShare, asset) ?? 0)}</span>
              </span>
            )),
          )}
      {line(
        t.response.held,
        held.length === 0 ? (
          <span className="soft">{t.response.heldNone}</span>
        ) : (
          held.map(({ asset, units }) => <Amount key={asset} units={units} asset={assetOf(asset)} reading />)
        ),
      )}
      {warnedShare.length === 0
        ? null
        : line(
            t.response.warnedShare,
            warnedShare.map(({ asset, ppm }) => (
              <span key={asset}>
                {shareText(ppm)} <span className="soft">{assetOf(asset)?.symbol}</span>
              </span>
            )),
          )}
    </dl>
  );
}
