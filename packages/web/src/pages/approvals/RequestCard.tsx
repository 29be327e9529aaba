import { fill, type ReleaseRequest, terms } from '@gongjo/contract';
import { countryName } from '../../format/time.ts';
import { useDeskName } from '../../parts/desk-name.ts';
import { Fact } from '../../parts/Fact.tsx';
import { IncidentLink } from '../../parts/NamedLinks.tsx';
import { Tlp } from '../../parts/Tlp.tsx';
import { useTimeLine } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { Reasons } from '../partner/Reasons.tsx';
import { Decide } from './Decide.tsx';
import { isMine } from './order.ts';

const tone = { open: 'warn', approved: 'good', refused: 'act', expired: '', superseded: '' } as const satisfies Record<
  ReleaseRequest['state'],
  string
>;

/** One release that waits for somebody's word, or waited: who is to get what, why, and what was said. */
export function RequestCard({ request }: { readonly request: ReleaseRequest }) {
  const { t, say, count, language } = useReader();
  const timeLine = useTimeLine();
  const nameOf = useDeskName();
  const { kind, state, approvals, objects, objectCount } = request;
  const recipient = request.recipientName === null ? nameOf(request.recipient) : say(request.recipientName);
  const country = request.recipientCountry === null ? '' : ` (${countryName(request.recipientCountry, language)})`;
  const given = approvals.filter(({ verdict }) => verdict === 'approve').length;
  return (
    <li className="panel request" data-testid="approval" data-state={state}>
      <header className="row">
        <span className={`chip ${tone[state]}`}>{t.approvals.state[state]}</span>
        <h3>{fill(t.approvals.kind[kind], { recipient: `${recipient}${country}`, origin: nameOf(request.origin) })}</h3>
      </header>
      <p className="row small soft">
        <span>{fill(t.approvals.asked, { name: request.askedBy, time: timeLine(request.askedAt) })}</span>
        {state === 'open' ? <span>{fill(t.approvals.expires, { time: timeLine(request.expiresAt) })}</span> : null}
        {kind === 'origin' ? null : <span>{fill(t.approvals.persons, { given, needed: request.persons })}</span>}
      </p>
      <dl className="facts">
        <Fact name={t.approvals.purpose}>{say(terms.purpose[request.purpose])}</Fact>
        <Fact name={t.approvals.basis}>
          {request.legalBasis ?? <span className="soft">{t.approvals.noBasis}</span>}
        </Fact>
        {request.incident === null ? null : (
          <Fact name={t.approvals.incident}>
            <IncidentLink id={request.incident} />
          </Fact>
        )}
        <Fact name={t.approvals.why}>
          <Reasons reasons={request.reasons} />
        </Fact>
      </dl>
      <p className="small soft">{count(t.approvals.objects, objectCount)}</p>
      <ul className="request-objects small">
        {objects.map((object) => (
          <li key={`${object.id} ${object.modified}`} className="row">
            {object.tlp === null ? null : <Tlp level={object.tlp} />}
            <span title={object.id}>{object.label}</span>
            <span className="soft">{object.type}</span>
          </li>
        ))}
        {objectCount > objects.length ? (
          <li className="soft">{count(t.approvals.more, objectCount - objects.length)}</li>
        ) : null}
      </ul>
      {approvals.map(({ person, verdict, at, reason }) => (
        <p key={`${person} ${at}`} className="small">
          {fill(t.approvals.word[verdict], { name: person, time: timeLine(at) })}
          {reason === null ? null : <q className="request-reason">{reason}</q>}
        </p>
      ))}
      {isMine(request) ? <Decide id={request.id} /> : null}
      {state === 'open' && kind === 'origin' ? <p className="small soft">{t.approvals.elsewhere}</p> : null}
    </li>
  );
}
