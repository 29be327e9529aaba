import type { Alert, DeskCard } from '@gongjo/contract';
import type { StoredIncident } from '../cases/index.ts';
import type { Db } from '../platform/index.ts';
import { deskIdentity, deskIdentityId, indicatorForWallet, type StixObject, sighting, zStixId } from '../stix/index.ts';
import { findObject } from './object.store.ts';

/**
 * What to tell the desk that opened an incident when its money reaches a service here: a sighting of that desk's own
 * indicator, or of the incident where it has not told us an indicator for the address yet.
 */
export async function sightingOf(
  db: Db,
  desk: DeskCard,
  incident: StoredIncident,
  alert: Alert,
): Promise<StixObject[]> {
  const { origin } = incident;
  if (!origin) return [];
  const stamp = { now: alert.raisedAt, author: deskIdentityId(desk.desk), tlp: incident.tlp };
  const theirs = { ...stamp, author: deskIdentityId(origin.desk as DeskCard['desk']) };
  const id = zStixId.parse(incident.id);
  const indicator =
    alert.from &&
    indicatorForWallet({ incident: id, address: alert.from, chain: alert.chain, validFrom: alert.blockTime }, theirs)
      .id;
  const seen = indicator && (await findObject(db, origin.desk, indicator)) ? indicator : id;
  return [
    deskIdentity(desk, { now: alert.raisedAt, tlp: 'clear' }),
    sighting(
      {
        indicator: seen,
        key: `${alert.txid}|${alert.asset.id}`,
        where: [stamp.author],
        count: 1,
        firstSeen: alert.blockTime,
        lastSeen: alert.blockTime,
      },
      stamp,
    ),
  ];
}
