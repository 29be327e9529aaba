import { type Hold, type HoldSummary, holdWays } from '@gongjo/contract';
import { instant } from '../../kernel/index.ts';
import type { Db } from '../../platform/index.ts';
import { titlesOf } from '../incident.store.ts';
import { type StoredWord, wordsTold } from './asked.store.ts';
import { clocksOf } from './clocks.ts';
import type { HoldContext } from './context.ts';
import { listDocuments } from './document.store.ts';
import { digestOf, findHold, happeningsOf, listStoredHolds, type StoredHold } from './hold.store.ts';
import { messagesOf, requestKey, warningsOf } from './message.store.ts';
import { listPartnerHolds, type PartnerHold, parallelCounts, parallelOf } from './parallel.store.ts';
import { listReceived } from './received.store.ts';
import { missingOf } from './required.ts';
import { mayHappen } from './states.ts';

type ViewContext = Pick<HoldContext, 'clock' | 'settings' | 'office' | 'exchange'>;

/** One request with everything that happened to it. Throws `not-found`. */
export async function holdDetail(db: Db, context: ViewContext, id: string): Promise<Hold> {
  const { clock, settings, office, exchange } = context;
  const hold = await findHold(db, id);
  const { incident, title, tlp, drill, alert, addressee, facts, progress, draftedBy, draftedAt, number } = hold;
  const sending = (await messagesOf(db, id)).find(
    (it) => it.key === requestKey && (it.state === 'due' || it.state === 'failed'),
  );
  return {
    ...{ id, incident: { id: incident, title }, tlp, drill, alert, addressee, facts, progress, draftedBy, draftedAt },
    digest: digestOf(hold),
    approvalsNeeded: hold.approvalsNeeded,
    number,
    missing: missingOf(addressee, facts, { hasSeal: office.settings.seal !== undefined }),
    sending: sending
      ? {
          way: holdWays.find((it) => it === sending.channel) ?? 'email',
          to: sending.target,
          attempts: sending.attempts,
          nextAt: sending.nextAt,
          problem: sending.problem,
        }
      : null,
    happened: await happeningsOf(db, id),
    clocks: clocksOf(progress, settings, instant(clock.now())),
    warnings: await warningsOf(db, id),
    documents: progress.approvedAt === null ? [] : await listDocuments(db, id, hold.round),
    desk: addressee.desk ? ((await exchange?.partner(db, addressee.desk)) ?? null) : null,
    refusedWords: refusedWords(await wordsTold(db, id)),
    received: await listReceived(db, id),
    receivedBytesMax: progress.sentAt === null ? null : settings.fileBytes,
    parallel: await parallelOf(db, id),
    may: mayHappen(progress.state),
  };
}

/** This desk's requests and those that partners released, newest first; of one incident, or all. */
export async function listHolds(db: Db, context: ViewContext, incident?: string): Promise<HoldSummary[]> {
  const counts = await parallelCounts(db);
  const own = (await listStoredHolds(db, incident)).map((hold) => summary(hold, context, counts.get(hold.id) ?? 0));
  const theirs = await listPartnerHolds(db, incident);
  const titles = await titlesOf(
    db,
    theirs.flatMap((it) => it.incident ?? []),
  );
  const partners = theirs.map((hold) => partnerSummary(hold, context, titles.get(hold.incident ?? '') ?? null));
  return [...own, ...partners].sort((a, b) => (a.draftedAt < b.draftedAt ? 1 : -1));
}

function summary(hold: StoredHold, { clock, settings }: ViewContext, parallel: number): HoldSummary {
  const { id, incident, title, addressee, facts, progress, number, draftedAt, drill } = hold;
  return {
    ...{ id, incident: { id: incident, title }, desk: null, number, draftedAt, drill, parallel },
    addressee: addressee.name,
    country: addressee.country,
    chain: facts.chain,
    address: facts.address,
    amounts: facts.amounts,
    scope: facts.scope,
    state: progress.state,
    held: progress.held,
    sentAt: progress.sentAt,
    expiresAt: progress.expiresAt,
    clocks: clocksOf(progress, settings, instant(clock.now())),
  };
}

function partnerSummary(
  hold: PartnerHold,
  { clock, settings }: ViewContext,
  title: HoldSummary['incident']['title'] | null,
): HoldSummary {
  const { id, desk, chain, address, amounts, scope, state, number, held, draftedAt, sentAt, expiresAt } = hold;
  const incident = hold.incident ?? '';
  return {
    ...{ id, desk, chain, address, amounts, scope, state, number, held, draftedAt, sentAt, expiresAt },
    incident: { id: incident, title: title ?? { en: incident || '–', ko: incident || '–' } },
    addressee: hold.addressee.name,
    country: hold.addressee.country,
    // Whether it was acknowledged is the partner's to watch.
    clocks: clocksOf({ state, sentAt: null, acknowledgedAt: null, expiresAt }, settings, instant(clock.now())),
    parallel: 0,
    drill: hold.drill,
  };
}

const refusedWords = (words: readonly StoredWord[]): Hold['refusedWords'] =>
  words.flatMap(({ told, enteredAt: receivedAt, problem }) =>
    problem === null
      ? []
      : [
          {
            ...{ desk: told.desk, at: told.at, receivedAt, event: told.what.event, problem },
            file: told.what.event === 'file' ? told.what.name : null,
          },
        ],
  );
