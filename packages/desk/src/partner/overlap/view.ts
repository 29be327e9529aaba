import type { OverlapItem, OverlapMatchView, OverlapPartnerView, OverlapView } from '@gongjo/contract';
import { commitmentDigest, type Identifier, judgeEnumeration, strictestEach, unpack } from '../../overlap/index.ts';
import { activePartners } from '../partner.store.ts';
import { hourMs } from '../quota.ts';
import type { OverlapContext } from './context.ts';
import { entriesNamed, entriesOf } from './entry.store.ts';
import { commitments, listEpochs } from './epoch.store.ts';
import { matchesSince, matchesWith } from './known.store.ts';
import { currentList } from './own-list.ts';
import { listSessions } from './session.store.ts';
import { type Asked, allTerms, askedBy, type OverlapTerms } from './terms.store.ts';

/** An identifier as it can be typed again. */
export function itemOf({ kind, text }: Identifier): OverlapItem {
  switch (kind) {
    case 'address':
    case 'entity':
    case 'transaction': {
      // The namespace and the reference of a chain are before the last colon; one of the EVM is written without a reference.
      const at = text.lastIndexOf(':');
      const within = text.slice(0, at);
      return { kind, text: text.slice(at + 1), within: within === 'eip155' ? 'eip155:1' : within };
    }
    case 'account':
      return { kind, text: text.slice(4), within: text.slice(0, 3) };
    case 'user': {
      const at = text.lastIndexOf('@');
      return { kind, text: text.slice(0, at), within: text.slice(at + 1) };
    }
    default:
      return { kind, text };
  }
}

/** A partner's usual day is known after a week of days on which it asked. */
const usualDaysMin = 7;

export function judged(asked: Asked, terms: OverlapTerms, overlaps: number) {
  const days = [...asked.days].sort((a, b) => a - b);
  return judgeEnumeration({
    hourly: asked.hourly,
    refusals: asked.refusals,
    quotaPerHour: terms.perHour,
    quotaPerDay: terms.perDay,
    usualPerDay: days.length < usualDaysMin ? null : (days[Math.floor(days.length / 2)] ?? null),
    overlaps,
  });
}

/** All that people see of comparisons. */
export async function overlapView(context: OverlapContext): Promise<OverlapView> {
  const { records, desk } = context;
  const { keys, published } = await currentList(context);
  const [epoch] = await listEpochs(records);
  const entries = strictestEach(await entriesOf(records, { listed: true }));
  const digest = commitmentDigest({ desk: desk.desk, epoch: keys.epoch, publicKey: keys.publicKey });
  return {
    epoch: { epoch: keys.epoch, since: epoch?.since ?? '', digest },
    list: {
      entries: published.entries.length,
      silent: entries.filter(({ disclosure }) => disclosure === 'silent').length,
      shown: published.list.header.count,
      serial: published.list.header.serial,
    },
    partners: await partnersOf(context),
    matches: await matchViews(context),
    sessions: await listSessions(records),
  };
}

async function partnersOf({ records, clock }: OverlapContext): Promise<OverlapPartnerView[]> {
  const terms = await allTerms(records);
  const words = Map.groupBy(await commitments(records), ({ desk }) => desk);
  const views: OverlapPartnerView[] = [];
  for (const { card } of await activePartners(records)) {
    const own = terms.get(card.desk) ?? null;
    const asked = await askedBy(records, clock, card.desk);
    const overlaps = await matchesSince(records, card.desk, clock.now() - 24 * hourMs);
    const [word] = words.get(card.desk) ?? [];
    views.push({
      desk: card.desk,
      terms: own,
      askedThisHour: asked.hourly.at(-1) ?? 0,
      askedToday: asked.hourly.reduce((sum, count) => sum + count, 0),
      suspicion: own === null ? { level: 'calm', signs: [] } : judged(asked, own, overlaps),
      commitment: word
        ? { epoch: word.epoch, digest: commitmentDigest({ ...word, publicKey: unpack(word.publicKey) }) }
        : null,
    });
  }
  return views;
}

/** One for each identifier and partner, whichever of this desk's entries name it; the latest first. */
async function matchViews({ records }: OverlapContext): Promise<OverlapMatchView[]> {
  const matches = await matchesWith(records, null);
  const ids = matches.map(({ entry }) => entry);
  const entries = new Map((await entriesNamed(records, ids)).map((it) => [it.id, it]));
  const views = matches.flatMap(({ desk, entry, found, told, theirNote, firstAt }) => {
    const own = entries.get(entry);
    if (own === undefined) return [];
    const { reference } = own;
    return [{ desk, item: itemOf(own.identifier), found, told: told !== null, theirNote, reference, firstAt }];
  });
  const together = Map.groupBy(views, ({ desk, item }) => `${desk} ${item.kind} ${item.within} ${item.text}`);
  return [...together.values()].map((same) => same.reduce(joined));
}

/** The later of two comes first. */
function joined(later: OverlapMatchView, earlier: OverlapMatchView): OverlapMatchView {
  return {
    ...earlier,
    found: later.found || earlier.found,
    told: later.told || earlier.told,
    theirNote: later.theirNote ?? earlier.theirNote,
    reference: later.reference ?? earlier.reference,
  };
}
