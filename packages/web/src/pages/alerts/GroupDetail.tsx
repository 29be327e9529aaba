import { type Alert, fill, terms } from '@gongjo/contract';
import { useQuery } from '@tanstack/react-query';
import { queries } from '../../api/queries.ts';
import { group as grouped } from '../../format/amount.ts';
import { Address, Transaction } from '../../parts/Address.tsx';
import { Amount } from '../../parts/Amount.tsx';
import { Failure } from '../../parts/Failure.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { Waiting } from '../../parts/Waiting.tsx';
import { When } from '../../parts/When.tsx';
import { useReader } from '../../texts/language.tsx';
import { RequestHold } from '../holds/RequestHold.tsx';

/** Each alert of a group, why its rule may be wrong, and everything that was done with it. */
export function GroupDetail({ id }: { readonly id: string }) {
  const { t, say } = useReader();
  const { data, error, refetch } = useQuery(queries.alertGroup(id));
  if (data === undefined)
    return error === null ? <Waiting heights={[80]} /> : <Failure error={error} onRetry={() => void refetch()} />;
  return (
    <div className="group-detail">
      <p className="small">
        {say(terms.alertRule[data.rule])}{' '}
        <span className="soft">{`${t.watches.wrong}: ${say(terms.falseAlarm[data.rule])}`}</span>
      </p>
      <div className="table-scroll">
        <table className="table">
          <tbody>
            {data.alerts.map((alert) => (
              <One key={alert.id} alert={alert} />
            ))}
          </tbody>
        </table>
      </div>
      <h3>{t.alerts.history}</h3>
      {data.acts.length === 0 ? <p className="small soft">{t.alerts.historyNone}</p> : null}
      <ul className="small">
        {data.acts.map(({ at, act, by, detail, count }) => (
          <li key={`${at} ${act} ${by} ${detail}`} className="row">
            <When at={at} own />
            <strong>{by ?? t.alerts.system}</strong>
            <span>
              {say(terms.alertAct[act])}
              {count === null || count < 2 ? '' : ` (${count})`}
            </span>
            {detail === null ? null : <q>{detail}</q>}
          </li>
        ))}
      </ul>
    </div>
  );
}

function One({ alert }: { readonly alert: Alert }) {
  const { t } = useReader();
  const { from, to, units, asset, unconfirmed, withdrawnAt, acknowledgedAt, watch } = alert;
  return (
    <tr className={withdrawnAt === null ? '' : 'withdrawn'} data-testid="group-alert">
      <td>
        <When at={alert.blockTime} />
        {unconfirmed ? null : (
          <span className="soft nowrap"> {fill(t.today.blockTime, { height: grouped(String(alert.height)) })}</span>
        )}
      </td>
      <td className="number">
        <Amount units={units} asset={asset} />
      </td>
      <td>
        <span className="row alert-way">
          {from === null ? null : <Address address={from} chain={alert.chain} />}
          <Icon name="arrow" size={13} />
          {to === null ? null : <Address address={to} chain={alert.chain} />}
        </span>
      </td>
      <td>
        <Transaction txid={alert.txid} chain={alert.chain} />
      </td>
      <td>
        {alert.incident === null || withdrawnAt !== null ? null : (
          <RequestHold incident={alert.incident.id} from={{ alert: alert.id }} />
        )}{' '}
        {withdrawnAt !== null ? (
          <span className="chip warn">{t.alerts.withdrawn}</span>
        ) : unconfirmed ? (
          <span className="chip unconfirmed-mark">{t.alerts.unconfirmed}</span>
        ) : acknowledgedAt === null ? null : (
          <span className="chip good">
            <Icon name="check" size={12} />
            {t.alerts.acknowledged}
          </span>
        )}
        {watch === undefined ? null : (
          <span className="small soft">{fill(t.alerts.watch, { name: watch.name, reason: watch.reason })}</span>
        )}
      </td>
    </tr>
  );
}
