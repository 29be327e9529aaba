import { fill, holdTerms, type KnownAddress, type KnownTransaction, terms } from '@gongjo/contract';
import { Link } from '@tanstack/react-router';
import { Amount } from '../../parts/Amount.tsx';
import { useDeskName } from '../../parts/desk-name.ts';
import { Lines } from '../../parts/Lines.tsx';
import { Empty, Section } from '../../parts/Section.tsx';
import { Tlp } from '../../parts/Tlp.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { useTypeName } from '../intelligence/type-name.ts';

type Around = KnownAddress | KnownTransaction;

/** What of this desk's work names an address or a transaction: incidents, watches, alerts, requests, objects, partners. */
export function WhatIsHere({ known }: { readonly known: Around }) {
  const { t, say } = useReader();
  const deskName = useDeskName();
  const text = t.known;
  const { incidents, watched, holds, overlaps } = known;
  const nothing =
    incidents.length + watched.length + holds.length + overlaps.length === 0 &&
    known.alertsListed.length + known.objectsListed.length === 0;
  if (nothing)
    return (
      <Section title={text.here}>
        <Empty text={text.nothingHere} />
      </Section>
    );
  return (
    <>
      <Lines title={text.incidents} count={incidents.length}>
        {incidents.map(({ id, title }) => (
          <li key={id} data-row data-testid="known-incident">
            <Link to="/incidents/$id" params={{ id }}>
              {say(title)}
            </Link>
          </li>
        ))}
      </Lines>
      <Lines title={text.watched} count={watched.length}>
        {watched.map(({ source, id, name }) => (
          <li key={`${source} ${id}`} data-testid="known-watch">
            <span className="chip">{text.watchedBy[source]}</span>
            {name === null ? null : <span>{say(name)}</span>}
          </li>
        ))}
      </Lines>
      <Alerts known={known} />
      <Lines title={text.holds} count={holds.length}>
        {holds.map(({ id, number, state }) => (
          <li key={id} data-row>
            <Link to="/holds/$id" params={{ id }}>
              {number ?? t.search.holdDraft}
            </Link>
            <span className={`chip hold-${state}`}>{say(holdTerms.state[state])}</span>
          </li>
        ))}
      </Lines>
      <Objects known={known} />
      <Lines title={text.overlaps} count={overlaps.length}>
        {overlaps.map(({ desk, theirNote, item }) => (
          <li key={`${desk} ${item.kind}`}>
            {theirNote === null
              ? fill(text.overlapNoNote, { partner: deskName(desk) })
              : fill(text.overlapLine, {
                  partner: deskName(desk),
                  note: [theirNote.contact, theirNote.reference].filter((it) => it !== null).join(' · '),
                })}
          </li>
        ))}
      </Lines>
    </>
  );
}

function Alerts({ known: { alertsListed } }: { readonly known: Around }) {
  const { t, say } = useReader();
  return (
    <Lines title={t.known.alerts} count={alertsListed.length}>
      {alertsListed.map((alert) => (
        <li key={alert.id} data-row data-testid="known-alert">
          {alert.incident === null ? (
            <Link to="/alerts" search={{ show: 'all' }}>
              {say(terms.alert[alert.rule])}
            </Link>
          ) : (
            <Link to="/incidents/$id" params={{ id: alert.incident.id }}>
              {say(terms.alert[alert.rule])}
            </Link>
          )}
          <Amount units={alert.units} asset={alert.asset} />
          <span className="soft small">
            <When at={alert.blockTime} own />
          </span>
          {alert.withdrawnAt === null ? null : <span className="chip warn">{t.alerts.withdrawn}</span>}
        </li>
      ))}
    </Lines>
  );
}

function Objects({ known: { objectsListed } }: { readonly known: Around }) {
  const { t } = useReader();
  const typeName = useTypeName();
  return (
    <Lines title={t.known.objects} count={objectsListed.length}>
      {objectsListed.map(({ seq, id, type, label, tlp }) => (
        <li key={seq} data-row data-testid="known-object">
          <span className="chip">{typeName(type)}</span>
          <Link to="/intelligence/$id" params={{ id }}>
            {label}
          </Link>
          {tlp === null ? null : <Tlp level={tlp} />}
        </li>
      ))}
    </Lines>
  );
}
