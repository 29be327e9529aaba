import { type Alert, fill, terms } from '@gongjo/contract';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { desk } from '../../api/desk.client.ts';
import { queries } from '../../api/queries.ts';
import { group } from '../../format/amount.ts';
import { countryName } from '../../format/time.ts';
import { Address, Transaction } from '../../parts/Address.tsx';
import { Amount } from '../../parts/Amount.tsx';
import { DrillMark } from '../../parts/Drill.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Filled } from '../../parts/Filled.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { useTimeLine, When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { isHandled } from '../alert-order.ts';
import { alertTemplate } from '../alert-sentence.ts';
import { useDrills } from '../drills.ts';

export function AlertRow({ alert }: { readonly alert: Alert }) {
  const { t, say, language } = useReader();
  const { service, urgency, to, from } = alert;
  const drills = useDrills();
  const handled = isHandled(alert);
  const who =
    service === null ? (
      to === null ? (
        t.common.unnamed
      ) : (
        <Address address={to} copy={false} chain={alert.chain} />
      )
    ) : (
      <>
        {service.name === null ? service.label : say(service.name)}
        {service.country === null ? null : <span className="country">{countryName(service.country, language)}</span>}
      </>
    );
  return (
    <li
      className={`panel alert ${urgency}${handled ? ' handled' : ''}${alert.withdrawnAt === null ? '' : ' withdrawn'}${alert.unconfirmed === true ? ' unconfirmed' : ''}`}
      data-testid="alert"
      data-txid={alert.txid}
      data-urgency={urgency}
    >
      <span className={`chip ${handled ? '' : urgency}`} title={urgency === 'act' ? t.today.actHint : t.today.knowHint}>
        <Icon name={urgency} size={13} />
        {t.today[urgency]}
      </span>
      <div className="alert-body">
        <p className="alert-sentence">
          <Filled
            text={alertTemplate(alert.rule, t)}
            values={{ amount: <Amount units={alert.units} asset={alert.asset} reading />, who }}
          />
        </p>
        <p className="row small">
          {alert.incident !== null && drills.has(alert.incident.id) ? <DrillMark /> : null}
          {alert.unconfirmed === true ? (
            <span className="chip unconfirmed-mark" title={t.alerts.unconfirmedHint}>
              {t.alerts.unconfirmed}
            </span>
          ) : null}
          <span className="soft">{say(terms.alert[alert.rule])}</span>
          {alert.incident === null ? null : (
            <Link to="/incidents/$id" params={{ id: alert.incident.id }}>
              {say(alert.incident.title)}
            </Link>
          )}
        </p>
        <p className="row small">
          <When at={alert.blockTime} />
          <span className="soft nowrap">{fill(t.today.blockTime, { height: group(String(alert.height)) })}</span>
        </p>
        <p className="row small">
          {from === null || to === null ? null : (
            <span className="row alert-way">
              <Address address={from} copy={false} chain={alert.chain} />
              <Icon name="arrow" size={13} />
              <Address address={to} chain={alert.chain} />
            </span>
          )}
          <span className="soft nowrap">
            {t.today.inTransaction} <Transaction txid={alert.txid} chain={alert.chain} />
          </span>
          {alert.unconfirmed === true ? null : (
            <Link to="/trace" search={{ chain: alert.chain, start: alert.txid }}>
              {t.trace.nav}
            </Link>
          )}
        </p>
        <Handling alert={alert} />
      </div>
    </li>
  );
}

function Handling({ alert }: { readonly alert: Alert }) {
  const { t } = useReader();
  const timeLine = useTimeLine();
  const client = useQueryClient();
  const acknowledge = useMutation({
    mutationFn: () => desk.acknowledge(alert.id),
    onSuccess: (answer) => {
      client.setQueryData(queries.alerts.queryKey, (alerts) =>
        alerts?.map((one) => (one.id === answer.id ? answer : one)),
      );
    },
  });
  if (alert.withdrawnAt !== null) {
    return (
      <p className="alert-state small">
        <strong className="withdrawn-word">{t.today.withdrawn}</strong>{' '}
        {alert.unconfirmed === true ? t.alerts.withdrawnHint : t.today.withdrawnHint}
      </p>
    );
  }
  if (alert.acknowledgedAt !== null) {
    const time = timeLine(alert.acknowledgedAt);
    return (
      <p className="alert-state small">
        <Icon name="check" size={13} />{' '}
        {alert.acknowledgedBy === null
          ? fill(t.today.acknowledgedNoName, { time })
          : fill(t.today.acknowledged, { time, name: alert.acknowledgedBy })}
      </p>
    );
  }
  return (
    <>
      <Button
        className="alert-button"
        size="compact-xs"
        variant="default"
        loading={acknowledge.isPending}
        onClick={() => acknowledge.mutate()}
      >
        {t.today.acknowledge}
      </Button>
      {acknowledge.error === null ? null : <Failure error={acknowledge.error} />}
    </>
  );
}
