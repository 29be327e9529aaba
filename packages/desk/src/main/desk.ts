import path from 'node:path';
import { type ChainId, type DeskCard, type Quotas, type Tag, zTag } from '@gongjo/contract';
import { z } from 'zod';
import { auditSchema, settleAudit } from '../audit/index.ts';
import { casesSchema, createMailer, LiveTraces, type NotifyContext } from '../cases/index.ts';
import { openDirectory } from '../directory/index.ts';
import { drillSchema, withDrills } from '../drill/index.ts';
import { type HttpContext, seenBy, warningsByCountry } from '../http/index.ts';
import { detailOf, GongjoError } from '../kernel/index.ts';
import { addressOn, openLedger } from '../ledger/index.ts';
import {
  activePartners,
  createGate,
  createWire,
  defaultQuotas,
  findParty,
  listCollections,
  type PartnerContext,
  partnerSchema,
  partyOf,
  partyOfCollection,
  settleKeys,
} from '../partner/index.ts';
import { createOidc, peopleSchema } from '../people/index.ts';
import {
  type Clock,
  createFeed,
  type Db,
  type Keyring,
  keepIdentity,
  type Log,
  migrate,
  openColumns,
  openKeys,
  openRecords,
  openSecret,
  type Random,
  readIdentity,
  readYaml,
  refreshStatistics,
  type Settings,
  settleReading,
  startWorker,
  type Worker,
} from '../platform/index.ts';
import { handlingOf, settleFloors, sharingSchema } from '../sharing/index.ts';
import { Screening, watchSchema } from '../watch/index.ts';
import { createChains } from './chains.ts';
import { createCollections } from './collections.ts';
import { createCouriers } from './couriers.ts';
import { createDrills } from './drills.ts';
import { createFeeds } from './feeds.ts';
import { createHolds } from './holds.ts';
import { createJointWork } from './joint.ts';
import { createNotifier, deskProblem, type Notifier } from './notices.ts';
import { createOverlaps } from './overlap.ts';
import { lookAtPool } from './pending.ts';
import { openHandling, openPeoplePolicies, openPolicies } from './policies.ts';
import { type RoundContext, runRound } from './round.ts';
import { type Certificates, openCertificates, readTrust } from './tls.ts';
import { createWitnessing } from './witnessing.ts';

/** A desk with its stores open. Until `start` it answers but does nothing by itself. */
export interface Desk {
  readonly http: HttpContext;
  /** What the desk serves HTTPS with; null where a proxy does. */
  readonly certificates: Certificates | null;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A chain's rounds are run this often by themselves, in case nobody woke them. */
const roundEveryMs = 5_000;

/** What an import brings within this is asked for with the plans of before. */
const statisticsEveryMs = 60_000;

export const schemas = [auditSchema, watchSchema, casesSchema, sharingSchema, partnerSchema, drillSchema, peopleSchema];

/** Data written by the version that first has no desk of its own yet: a ledger alone. */
const noDesk = { id: 'desk', name: { en: 'Desk', ko: '데스크' }, country: 'ZZ', timeZone: 'UTC' } as const;

/** Opens the data folder, which this process must hold the lock of. */
export async function openDesk(
  settings: Settings,
  parts: { readonly clock: Clock; readonly random: Random; readonly log: Log; readonly version: string },
): Promise<Desk> {
  const { clock, random, log } = parts;
  const folder = settings.data;
  const keys = await openKeys(folder);
  const card = await identify(settings, keys.publicKey);
  const policies = openPolicies(folder);
  const peoplePolicies = openPeoplePolicies(folder);
  const handling = handlingOf(openHandling(folder));
  const directoryFiles = openDirectory(folder, settings.directory);
  const directory = withDrills(directoryFiles.directory);
  const tags = settings.tags.flatMap(readTags);

  // Where a later part does not open, the earlier ones are closed: an open store would keep a failed process alive.
  await using opening = new AsyncDisposableStack();
  const records = await openRecords(settings.records ?? { folder: path.join(folder, 'records') });
  opening.defer(() => records.close());
  const columns = await openColumns(settings.ledger ?? { folder: path.join(folder, 'ledger') });
  opening.defer(() => columns.close());
  await migrate(records, schemas, folder);
  await settleReading(records, schemas);
  await settleFloors(records, handling);
  await settleAudit(records, clock);
  await policies.remember(records, clock);
  await peoplePolicies.remember(records, clock);
  const ledger = await openLedger(columns);
  await ledger.putTags(tags, 'all');

  const feed = createFeed();
  const partnerContext: PartnerContext = {
    ...{ records, keys, clock, random, handling, directory, desk: cardOf(card, keys), party: findParty },
    // Read anew for each round and each request: the operator may set another one meanwhile.
    get policies() {
      return policies.current;
    },
    wire: createWire(readTrust(settings.trust)),
    quotas: { ...defaultQuotas, ...quotasIn(settings) },
    communities: settings.communities,
    holdFileBytes: settings.holds.fileBytes,
  };
  await settleKeys(partnerContext);
  const certificates = settings.listen.tls ? openCertificates(settings.listen.tls, clock, log) : null;
  const desks = async (db: Db) => (await activePartners(db)).map(partyOf);
  const recipients = async (db: Db) => [...(await desks(db)), ...(await listCollections(db)).map(partyOfCollection)];
  const rounds = new Map<ChainId, Worker>();
  const screening = new Screening({ ledger, clock, random, file: path.join(folder, 'screen.table') });
  const remembered: Pick<RoundContext, 'traces' | 'written' | 'told' | 'screening'> = {
    traces: new LiveTraces(),
    screening,
    written: new Map(),
    told: new Map(),
  };
  let started = false;

  const wakeRound = (chain: ChainId) => {
    if (!started) return;
    let worker = rounds.get(chain);
    if (!worker) {
      worker = startWorker({ name: `round ${chain}`, everyMs: roundEveryMs, clock, log, work: () => oneRound(chain) });
      rounds.set(chain, worker);
    } else worker.wake();
  };
  const oneRound = async (chain: ChainId) => {
    const result = await runRound(
      {
        ...partnerContext,
        ledger,
        directory,
        ...remembered,
        partners: desks,
      },
      chain,
    );
    if (result.topics.length > 0) feed.publish(...result.topics);
    if (result.waiting.size > 0) await couriers.wake();
    await screening.keep(records);
    return result.state;
  };
  const couriers = createCouriers({
    context: partnerContext,
    log,
    onChange: () => feed.publish('partners', 'incidents', 'status'),
  });
  const collections = { worker: null as Worker | null };
  const statistics = { worker: null as Worker | null };
  const joint = { worker: null as Worker | null };
  const feeds = createFeeds({
    context: partnerContext,
    feeds: settings.feeds,
    version: parts.version,
    log,
    onAdmitted: () => {
      feed.publish('incidents', 'alerts');
      collections.worker?.wake();
    },
  });
  const overlaps = createOverlaps({
    ...{ context: partnerContext, folder, directory, log },
    onChange: () => feed.publish('partners', 'incidents'),
  });
  const witnessing = createWitnessing({
    context: partnerContext,
    log,
    onChange: () => feed.publish('partners', 'status'),
  });
  const notify: NotifyContext = {
    ...{ records, clock, random, directory, desk: card },
    partners: async (db) => (await activePartners(db)).map(partyOf),
  };
  const webhookKey = openSecret(folder, 'webhook.key');
  let notifier: Notifier | null = null;
  const holds = createHolds({
    settings,
    desk: card,
    mailer: createMailer(settings.mail),
    parts: { records, ledger, directory, clock, random, webhookKey, log },
    sharing: partnerContext,
    partners: desks,
    onChange: () => feed.publish('holds', 'incidents'),
    wakeCouriers: async () => {
      if (started) await couriers.wake();
    },
  });
  const chains = createChains({
    ledger,
    clock,
    log,
    onBlocks: wakeRound,
    onState: () => feed.publish('status'),
    onPending: async (chain, moves) => {
      if (started && (await lookAtPool({ records, ledger, screening, clock }, chain, moves))) feed.publish('alerts');
    },
  });
  const drills = createDrills(
    {
      ...{ records, ledger, clock, random, sharing: partnerContext, partners: desks },
      measures: { directory, desk: card, warnings: warningsByCountry(card) },
      wakeRound,
      leaveChain: async (chain) => {
        const round = rounds.get(chain);
        rounds.delete(chain);
        await round?.stop();
        remembered.traces.forget(chain);
      },
      wakeCouriers: async () => {
        if (started) await couriers.wake();
      },
      changed: feed.publish,
    },
    log,
  );
  const people: HttpContext['people'] = {
    policies: peoplePolicies.policies,
    limits: limitsIn(settings),
    oidc: settings.people.oidc ? createOidc(settings.people.oidc, card.url) : null,
  };
  const http: HttpContext = {
    version: parts.version,
    clock,
    random,
    log,
    feed,
    records,
    seen: seenBy(records, people),
    ledger,
    directory,
    directoryFiles,
    screening,
    partnerContext,
    gate: createGate(partnerContext),
    overlap: overlaps,
    witnessing,
    policies,
    people,
    recipients,
    notify,
    holds: holds.http,
    webhookKey,
    chains,
    drills: drills.http,
    certificate: () => certificates?.status() ?? null,
    feeds,
    folder,
    hasDesk: readIdentity(folder) !== null,
    wake: {
      round: wakeRound,
      rounds: async () => {
        for (const chain of await ledger.chains()) wakeRound(chain);
      },
      couriers: async () => {
        if (started) await couriers.wake();
      },
      collections: async () => collections.worker?.wake(),
    },
  };
  // Whoever changes an incident says so on the feed; then somebody may have to be told.
  const stopListening = feed.subscribe((topics) => {
    if (topics.includes('incidents')) notifier?.wake();
  });
  const stores = opening.move();
  return {
    http,
    certificates,
    start: async () => {
      started = true;
      // A PostgreSQL server sees to its statistics itself.
      if (!settings.records)
        statistics.worker = startWorker({
          ...{ name: 'statistics', everyMs: statisticsEveryMs, clock, log },
          work: async () => {
            await refreshStatistics(records);
            return 'idle';
          },
        });
      collections.worker = createCollections({ context: partnerContext, log, onChange: () => feed.publish('status') });
      await couriers.wake();
      feeds.start();
      overlaps.start();
      joint.worker = createJointWork({
        ...{ context: partnerContext, directory, log, wakeCouriers: couriers.wake },
        onChange: () => feed.publish('cases', 'status'),
      });
      holds.start();
      witnessing.start();
      notifier = createNotifier({
        context: { ...notify, mailer: createMailer(settings.mail), webhookKey, url: card.url, deskProblem },
        log,
        onChange: () => feed.publish('notices'),
      });
      for (const source of settings.chains) chains.start(source);
      drills.start();
      await http.wake.rounds();
    },
    close: async () => {
      started = false;
      stopListening();
      await drills.stop();
      await chains.stop();
      await feeds.stop();
      await notifier?.stop();
      await joint.worker?.stop();
      await holds.stop();
      await overlaps.stop();
      await witnessing.stop();
      await couriers.stop();
      await collections.worker?.stop();
      await statistics.worker?.stop();
      await Promise.all([...rounds.values()].map((worker) => worker.stop()));
      // What is not written is read from the stores at the next start.
      await screening
        .keep(records, true)
        .catch((thrown: unknown) =>
          log.warn({ detail: detailOf(thrown) }, 'the table of watched addresses was not kept'),
        );
      await stores.disposeAsync();
    },
  };
}

const zTagFile = z.strictObject({ tags: z.array(zTag).max(1_000_000) });

/** Throws `settings-invalid` where an address is none of its chain. */
function readTags(file: string): Tag[] {
  return readYaml(file, zTagFile).tags.map((tag, index) => {
    const address = addressOn(tag.chain, tag.address);
    if (address !== null) return { ...tag, address };
    const { problem } = new GongjoError('address-invalid', { chain: tag.chain, address: tag.address });
    throw new GongjoError('settings-invalid', {
      path: `tags.${index}.address`,
      detail: problem.text.en,
      source: file,
    });
  });
}

/** Who this desk is: as the settings say, else as the data folder remembers. */
async function identify(settings: Settings, key: DeskCard['key']): Promise<DeskCard> {
  const kept = readIdentity(settings.data);
  const identity = settings.desk ?? kept;
  const url =
    settings.url ??
    kept?.url ??
    `${settings.listen.tls ? 'https' : 'http'}://${settings.listen.host}:${settings.listen.port}`;
  if (settings.desk) await keepIdentity(settings.data, settings.desk, url);
  const { id, name, country, timeZone } = identity ?? noDesk;
  return { desk: id as DeskCard['desk'], name, country, timeZone, url, key };
}

/** The card, with whichever key the desk has at the moment. */
function cardOf(card: DeskCard, keys: Keyring): DeskCard {
  return {
    ...card,
    get key() {
      return keys.publicKey;
    },
  };
}

function limitsIn({ people: { sessionHours, idleMinutes } }: Settings) {
  return { sessionMs: sessionHours * 3_600_000, idleMs: idleMinutes * 60_000 };
}

function quotasIn({ quotas }: Settings): Partial<Quotas> {
  return Object.fromEntries(Object.entries(quotas).filter(([, value]) => value !== undefined));
}
