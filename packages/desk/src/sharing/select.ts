import type { Address, Asset, DeskCard, Tag } from '@gongjo/contract';
import type { StoredIncident } from '../cases/index.ts';
import {
  type AssetAmount,
  deskIdentityId,
  incidentObject,
  indicatorForWallet,
  languageContent,
  relationship,
  type StixObject,
  transactionObject,
  walletObject,
  zStixId,
} from '../stix/index.ts';
import type { Trace } from '../trace/index.ts';
import { introductions } from './introductions.ts';

/** Tags whose holders serve everybody: their addresses are told as observables, never as indicators of crime. */
const serviceCategories: ReadonlySet<Tag['category']> = new Set([
  'exchange',
  'mixer',
  'coinjoin',
  'dex',
  'defi',
  'bridge',
  'wallet',
  'payment',
  'gambling',
  'market',
  'service',
]);

/** A transaction object names this many transfers; readers refuse more. The addresses themselves are all told. */
const transfersMax = 1000;

/** What a hop moved: the whole movement, and of an output that several addresses paid only the hop's own part. */
function unitsOf({ ord, asset, units, movementUnits }: Trace['hops'][number], hops: Trace['hops']): bigint {
  const payers = hops.filter((hop) => hop.ord === ord && hop.asset === asset).length;
  return payers > 1 ? units : movementUnits;
}

/** The addresses and transactions that a trace's objects are about: what `incidentObjects` need not tell again. */
export function subjectsOf(trace: Trace): Set<string> {
  return new Set(trace.hops.flatMap(({ txid, from, to }) => [txid, from ?? [], to ?? []].flat()));
}

/**
 * What this desk knows of an incident as STIX 2.1: the incident in both languages, every followed transaction and address,
 * and an indicator for each address of the thief. Built again from a grown trace, it holds the same objects and new ones;
 * addresses and transactions in `told` are left out.
 */
export function incidentObjects(
  desk: DeskCard,
  incident: StoredIncident,
  trace: Trace,
  services: ReadonlyMap<Address, readonly Tag[]>,
  told: ReadonlySet<string> = new Set(),
): StixObject[] {
  const id = zStixId.parse(incident.id);
  const author = deskIdentityId(desk.desk);
  const { detectedAt, reportedAt, addresses, amounts, drill, mainId } = incident;
  const stamp = { now: incident.openedAt, author, tlp: incident.tlp, ...(drill && { drill }) };
  const assets = new Map(trace.assets.map((asset) => [asset.id, asset]));
  const amount = (asset: Asset['id'], units: bigint): AssetAmount => ({
    asset: assets.get(asset) ?? { id: asset, symbol: '?', decimals: 0 },
    units,
  });

  // What is said of the incident itself can change while everything that was followed stays as it is.
  const stampItself = { ...stamp, now: incident.revisedAt ?? incident.openedAt, created: incident.openedAt };
  const incidentItself = incidentObject(
    {
      id,
      title: incident.title,
      chain: incident.chain,
      kind: incident.kind,
      txids: incident.txids,
      occurredAt: trace.hops[0]?.time ?? null,
      stolen: trace.balances.filter(({ lead }) => lead > 0n).map(({ asset, lead }) => amount(asset, lead)),
      ...(detectedAt && { detectedAt }),
      ...(reportedAt && { reportedAt }),
      ...(addresses && { addresses }),
      ...(amounts && { amounts }),
      ...(drill && { drill }),
      ...(mainId && { mainId }),
    },
    stampItself,
  );
  const objects: StixObject[] = [
    ...introductions(desk, incident.openedAt),
    incidentItself,
    languageContent(incidentItself, { name: incident.title.ko }, stampItself),
  ];

  const firstSeen = new Map<Address, string>();
  for (const hop of trace.hops)
    if (hop.to && hop.rule !== 'fee' && !firstSeen.has(hop.to)) firstSeen.set(hop.to, hop.time);
  for (const [address, time] of firstSeen) {
    if (told.has(address)) continue;
    objects.push(walletObject(address, incident.chain, incident.tlp));
    if (services.get(address)?.some(({ category }) => serviceCategories.has(category))) continue;
    const indicator = indicatorForWallet({ incident: id, address, chain: incident.chain, validFrom: time }, stamp);
    objects.push(indicator, relationship('related-to', indicator.id, id, stamp));
  }

  const hopsByTransaction = Map.groupBy(
    trace.hops.filter(({ rule }) => rule !== 'fee'),
    ({ txid }) => txid,
  );
  for (const [txid, hops] of hopsByTransaction) {
    const [first] = hops;
    if (!first || told.has(txid)) continue;
    const transaction = transactionObject(
      {
        txid,
        chain: incident.chain,
        symbol: assets.get(first.asset)?.symbol ?? '?',
        time: first.time,
        transfers: hops
          .slice(0, transfersMax)
          .map((hop) => ({ ...amount(hop.asset, unitsOf(hop, hops)), from: hop.from, to: hop.to })),
      },
      incident.tlp,
    );
    for (const { from } of hops)
      if (from && !firstSeen.has(from)) objects.push(walletObject(from, incident.chain, incident.tlp));
    objects.push(transaction, relationship('related-to', transaction.id, id, stamp));
  }
  return [...new Map(objects.map((object) => [object.id, object])).values()];
}
