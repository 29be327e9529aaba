import { type IncidentDetail, type TimelineEntry, terms } from '@gongjo/contract';
import { useState } from 'react';
import { Holder, Transaction } from '../../parts/Address.tsx';
import { Amount } from '../../parts/Amount.tsx';
import { Filled } from '../../parts/Filled.tsx';
import { Icon, type IconName } from '../../parts/Icon.tsx';
import { Empty, Section } from '../../parts/Section.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { joinRepeated } from './joined-entries.ts';

/** Entries in sight at first; a trace of a thousand hops has as many. */
const SHOWN_FIRST = 40;

const icons: Readonly<Record<TimelineEntry['kind'], IconName>> = {
  opened: 'plus',
  received: 'last',
  moved: 'arrow',
  swapped: 'swap',
  deposited: 'service',
  mixed: 'mixer',
  decoy: 'limit',
  sighted: 'act',
  released: 'check',
  refused: 'minus',
  receipted: 'key',
  reorganised: 'act',
  revised: 'last',
  recalled: 'minus',
  'approval-asked': 'limit',
  'approval-given': 'check',
  'approval-refused': 'minus',
  'consent-asked': 'limit',
  'consent-given': 'check',
  'consent-refused': 'minus',
  'reported-again': 'plus',
  joined: 'check',
  'kept-apart': 'minus',
  notified: 'act',
  acknowledged: 'check',
  escalated: 'limit',
  'hold-sent': 'service',
  'hold-answered': 'service',
  'hold-expiring': 'limit',
  'hold-expired': 'limit',
  'hold-unacknowledged': 'limit',
};

/** What happened, the latest first. */
export function Timeline({ incident }: { readonly incident: IncidentDetail }) {
  const { t, count } = useReader();
  const [all, setAll] = useState(false);
  const latest = joinRepeated([...incident.timeline].sort((a, b) => b.seq - a.seq));
  const shown = all ? latest : latest.slice(0, SHOWN_FIRST);
  return (
    <Section title={t.incident.timeline}>
      {latest.length === 0 ? <Empty text={t.incident.timelineEmpty} /> : null}
      <ol className="timeline">
        {shown.map(({ entry, times }) => (
          <Entry key={entry.seq} entry={entry} times={times} incident={incident} />
        ))}
      </ol>
      {latest.length > shown.length ? (
        <button type="button" className="more" onClick={() => setAll(true)}>
          <Icon name="down" size={14} />
          {count(t.incident.showAll, latest.length - shown.length)}
        </button>
      ) : null}
    </Section>
  );
}

function Entry({
  entry,
  times,
  incident,
}: {
  readonly entry: TimelineEntry;
  readonly times: number;
  readonly incident: IncidentDetail;
}) {
  const { t, say, count } = useReader();
  const { kind, who, address, asset, units, txid } = entry;
  const values = {
    who: <strong>{who === null ? t.common.unnamed : say(who)}</strong>,
    address: address === null ? t.common.unnamed : <Holder address={address} />,
    amount:
      units === null ? t.common.none : <Amount units={units} asset={incident.assets.find(({ id }) => id === asset)} />,
    count: String(entry.count ?? 0),
  };
  return (
    <li data-testid="timeline" data-kind={kind}>
      <span className={`timeline-mark ${kind}`}>
        <Icon name={icons[kind]} size={13} />
      </span>
      <div>
        <p>
          <Filled text={say(terms.timeline[kind])} values={values} />
          {times === 1 ? null : <span className="soft"> {count(t.incident.times, times)}</span>}
        </p>
        <p className="row small soft">
          <When at={entry.at} />
          {txid === null ? null : <Transaction txid={txid} />}
        </p>
      </div>
    </li>
  );
}
