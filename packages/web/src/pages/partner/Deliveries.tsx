import { type Delivery, fill } from '@gongjo/contract';
import { Link } from '@tanstack/react-router';
import { Fragment, useState } from 'react';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { CsvButton } from '../../parts/CsvButton.tsx';
import { useDeskName } from '../../parts/desk-name.ts';
import { ProblemLine } from '../../parts/Failure.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Empty, Section } from '../../parts/Section.tsx';
import { Tlp } from '../../parts/Tlp.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import type { Texts } from '../../texts/texts.ts';
import { deliveryRows, tlpsOf } from './partner-csv.ts';
import { Reasons } from './Reasons.tsx';

/** Deliveries in one direction, newest first; each row opens to its objects. */
export function Deliveries({
  direction,
  deliveries,
  desk,
}: {
  readonly direction: Delivery['direction'];
  readonly deliveries: readonly Delivery[];
  readonly desk: string;
}) {
  const { t, language } = useReader();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const newest = [...deliveries].sort((a, b) => b.decidedAt.localeCompare(a.decidedAt));
  const toggle = (id: string): void => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    setOpen(next);
  };
  const empty =
    direction === 'out' ? [t.partner.outNone, t.partner.outNoneHint] : [t.partner.inNone, t.partner.inNoneHint];
  const column = t.partner.column;
  return (
    <Section
      title={t.partner[direction]}
      aside={
        deliveries.length === 0 ? null : (
          <CsvButton name={`${desk}-${direction}`} rows={() => deliveryRows(newest, t, language)} />
        )
      }
    >
      {newest.length === 0 ? (
        <Empty text={empty[0] ?? ''} hint={empty[1] ?? ''} />
      ) : (
        <div className="panel table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">
                  <span className="visually-hidden">{column.details}</span>
                </th>
                <th scope="col">{column.at}</th>
                <th scope="col">{column.state}</th>
                <th scope="col">{column.incident}</th>
                <th scope="col">{column.objects}</th>
                <th scope="col">{column.marking}</th>
                <th scope="col">{column.why}</th>
                <th scope="col">{column.receipt}</th>
              </tr>
            </thead>
            <tbody>
              {newest.map((delivery) => (
                <Fragment key={delivery.id}>
                  <DeliveryRow delivery={delivery} open={open.has(delivery.id)} onToggle={() => toggle(delivery.id)} />
                  {open.has(delivery.id) ? <Inside delivery={delivery} /> : null}
                </Fragment>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

const stateTone = {
  waiting: 'warn',
  delivered: 'good',
  admitted: 'good',
  quarantined: 'act',
  'refused-by-partner': 'act',
} as const satisfies Record<Delivery['state'], string>;

function DeliveryRow({
  delivery,
  open,
  onToggle,
}: {
  readonly delivery: Delivery;
  readonly open: boolean;
  readonly onToggle: () => void;
}) {
  const { t, say, count } = useReader();
  const { state, incident, receipt, attempts } = delivery;
  const label = open ? t.partner.hideRow : t.partner.showRow;
  return (
    <tr data-testid="delivery" data-state={state} className={open ? 'opened' : ''}>
      <td>
        <button
          type="button"
          className="icon-button"
          aria-expanded={open}
          aria-label={label}
          title={label}
          onClick={onToggle}
        >
          <Icon name={open ? 'down' : 'right'} size={13} />
        </button>
      </td>
      <td>
        <When at={delivery.decidedAt} />
      </td>
      <td>
        <span className={`chip ${stateTone[state]}`}>{t.partner.state[state]}</span>
        {attempts > 1 ? <div className="soft small">{count(t.partner.attempts, attempts)}</div> : null}
      </td>
      <td>
        {incident === null ? (
          t.common.none
        ) : (
          <Link to="/incidents/$id" params={{ id: incident.id }}>
            {say(incident.title)}
          </Link>
        )}
      </td>
      <td className="nowrap">
        {count(t.partner.objectCount, delivery.objects.length)}
        {delivery.kind === 'objects' ? null : <div className="soft small">{kindText(delivery.kind, t)}</div>}
        {delivery.refused.length === 0 ? null : (
          <div className="warn-text small">{count(t.partner.refusedCount, delivery.refused.length)}</div>
        )}
      </td>
      <td>
        <span className="row">
          {tlpsOf(delivery).map((level) => (
            <Tlp key={level} level={level} />
          ))}
        </span>
      </td>
      <td>
        <Reasons reasons={delivery.reasons} />
      </td>
      <td>
        {receipt === null ? (
          <span className="soft">{t.partner.noReceipt}</span>
        ) : (
          <span className="address">
            <When at={receipt.at} own />
            <CopyButton text={receipt.jws} what={t.common.signature} />
          </span>
        )}
      </td>
    </tr>
  );
}

function Inside({ delivery }: { readonly delivery: Delivery }) {
  const { t } = useReader();
  const nameOf = useDeskName();
  const column = t.partner.column;
  return (
    <tr className="inside">
      <td colSpan={8}>
        {delivery.problem === null ? null : (
          <p className="strip-problem">
            <ProblemLine problem={delivery.problem} />
          </p>
        )}
        {delivery.receipt === null ? null : (
          <p className="small soft">{fill(t.partner.received_signed, { by: nameOf(delivery.receipt.by) })}</p>
        )}
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{column.object}</th>
              <th scope="col">{column.type}</th>
              <th scope="col">{column.marking}</th>
              <th scope="col">{column.modified}</th>
              <th scope="col">{column.sha256}</th>
            </tr>
          </thead>
          <tbody>
            {delivery.objects.map((object) => (
              <tr key={`${object.id} ${object.modified}`}>
                <td title={object.id}>{object.label}</td>
                <td className="soft">{object.type}</td>
                <td>{object.tlp === null ? t.common.none : <Tlp level={object.tlp} />}</td>
                <td className="soft">{object.modified ?? t.common.none}</td>
                <td>
                  <span className="address">
                    <span className="mono">{object.sha256.slice(0, 16)}…</span>
                    <CopyButton text={object.sha256} what={t.common.hash} />
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {delivery.refused.length === 0 ? null : (
          <>
            <p className="small soft">{t.partner.notAdmitted}</p>
            <ul className="small">
              {delivery.refused.map(({ index, id, code, detail }) => (
                <li key={index} title={code}>
                  <span className="mono">{id ?? fill(t.partner.position, { index: index + 1 })}</span> {detail}
                </li>
              ))}
            </ul>
          </>
        )}
      </td>
    </tr>
  );
}

function kindText(kind: string, t: Texts): string {
  return Object.hasOwn(t.partner.kind, kind)
    ? t.partner.kind[kind as keyof Texts['partner']['kind']]
    : t.partner.kind.other;
}
