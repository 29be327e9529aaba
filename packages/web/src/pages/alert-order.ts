import type { Alert } from '@gongjo/contract';

/** Someone has dealt with it, or there is nothing left to deal with. */
export function isHandled({ acknowledgedAt, withdrawnAt }: Alert): boolean {
  return acknowledgedAt !== null || withdrawnAt !== null;
}

/** Alerts that a person of this desk must act on now; what somebody silenced calls nobody. */
export function needsMe(alert: Alert): boolean {
  return alert.urgency === 'act' && !isHandled(alert) && alert.silenced !== true;
}

/** What needs the reader first: to act on, to know, then handled ones; the newest of each first. */
export function orderAlerts(alerts: readonly Alert[]): { open: Alert[]; handled: Alert[] } {
  const newest = (a: Alert, b: Alert) => b.raisedAt.localeCompare(a.raisedAt) || a.id.localeCompare(b.id);
  const rank = ({ urgency }: Alert) => (urgency === 'act' ? 0 : 1);
  return {
    open: alerts.filter((alert) => !isHandled(alert)).sort((a, b) => rank(a) - rank(b) || newest(a, b)),
    handled: alerts.filter(isHandled).sort(newest),
  };
}

/** Alerts that were not there before; none when there was no before, so that opening a page announces nothing. */
export function newAlerts(before: ReadonlySet<string> | null, alerts: readonly Alert[]): Alert[] {
  return before === null
    ? []
    : alerts.filter((alert) => !before.has(alert.id) && !isHandled(alert) && alert.silenced !== true);
}
