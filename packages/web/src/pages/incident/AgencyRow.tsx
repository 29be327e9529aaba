import { fill, type Notice, noticeTerms } from '@gongjo/contract';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { cases } from '../../api/case.client.ts';
import { countryName } from '../../format/time.ts';
import { Failure } from '../../parts/Failure.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { useTimeLine, When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { type AgencyTold, isWaiting } from './told.ts';

/** One agency: every way to it with what became of it, since when it knows, and whether somebody there has said so. */
export function AgencyRow({ told }: { readonly told: AgencyTold }) {
  const { t, say, language } = useReader();
  const { agency, notices, state, toldAt } = told;
  const [insteadOf] = notices.flatMap((notice) => notice.insteadOf ?? []);
  return (
    <tr data-testid="agency" data-agency={agency.id} data-state={state}>
      <th scope="row">
        <div className="told-agency">
          <strong>{say(agency.name)}</strong>
          <span className="soft">{countryName(agency.country, language)}</span>
          {insteadOf === undefined ? null : (
            <span className="soft small">{fill(t.response.instead, { agency: say(insteadOf.name) })}</span>
          )}
        </div>
      </th>
      <td>
        <ul className="ways">
          {notices.map((notice) => (
            <Way key={notice.id} notice={notice} />
          ))}
        </ul>
      </td>
      <td>{toldAt === null ? <span className="warn-text">{t.response.notYet}</span> : <When at={toldAt} />}</td>
      <td>
        <Acknowledged told={told} />
      </td>
    </tr>
  );
}

const tone = {
  due: '',
  failed: 'act',
  sent: 'know',
  delivered: 'good',
  'by-hand': 'warn',
  dropped: 'quiet',
} as const satisfies Record<Notice['state'], string>;

function Way({ notice }: { readonly notice: Notice }) {
  const { t, say, count } = useReader();
  const timeLine = useTimeLine();
  const { channel, state, attempts, nextAt, round } = notice;
  const waits = isWaiting(notice);
  return (
    <li data-testid="notice" data-state={state}>
      <span className="row">
        <span className="way-name">{say(noticeTerms.channel[channel])}</span>
        <span className={`chip ${tone[state]}`}>{say(noticeTerms.state[state])}</span>
        {round > 1 ? <span className="soft small">{count(t.response.reminders, round - 1)}</span> : null}
        {waits && attempts > 0 ? <span className="soft small">{count(t.response.tries, attempts)}</span> : null}
        {state === 'failed' && waits ? (
          <span className="soft small">
            {nextAt === null ? t.response.givenUp : fill(t.response.nextTry, { time: timeLine(nextAt) })}
          </span>
        ) : null}
      </span>
    </li>
  );
}

function Acknowledged({ told }: { readonly told: AgencyTold }) {
  const { t } = useReader();
  const client = useQueryClient();
  const { acknowledgedAt, acknowledgedBy, notices } = told;
  const [newest] = notices.filter(({ state }) => state !== 'dropped').toReversed();
  const acknowledge = useMutation({
    mutationFn: (id: string) => cases.acknowledgeNotice(id),
    onSettled: () => {
      for (const key of ['notices', 'measures', 'incidents']) void client.invalidateQueries({ queryKey: [key] });
    },
  });
  if (acknowledgedAt !== null) {
    return (
      <span className="good-text">
        <Icon name="check" size={13} /> <When at={acknowledgedAt} />
        {acknowledgedBy === null ? null : <span className="soft acknowledged-by">{acknowledgedBy}</span>}
      </span>
    );
  }
  if (newest === undefined) return null;
  const byVoice = told.state === 'waiting';
  return (
    <>
      <Button
        size="compact-xs"
        variant="default"
        title={byVoice ? t.response.calledHint : undefined}
        loading={acknowledge.isPending}
        onClick={() => acknowledge.mutate(newest.id)}
      >
        {byVoice ? t.response.called : t.response.acknowledge}
      </Button>
      {acknowledge.error === null ? null : <Failure error={acknowledge.error} />}
    </>
  );
}
