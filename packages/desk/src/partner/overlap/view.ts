import type { OverlapItem, OverlapMatchView, OverlapPartnerView, OverlapView } from '@gongjo/contract';
import { commitmentDigest, type Identifier, judgeEnumeration, nameOf, unpack } from '../../overlap/index.ts';
import type { Db } from '../../platform/index.ts';
import { activePartners } from '../partner.store.ts';
import { hourMs } from '../quota.ts';
import type { OverlapContext } from './context.ts';
import { countSilent } from './entry.store.ts';
import { commitments, type Epoch, lastPublished, listEpochs } from './epoch.store.ts';
import { matchesAbout, matchesSince, type NamedMatch } from './known.store.ts';
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

/** All that people see of comparisons: of the list what is on record of it, because reading it would take seconds. */
export async function overlapView(context: OverlapContext, seen: Db): Promise<OverlapView> {
  const { records } = context;
  const [epoch] = await listEpochs(records);
  const published = epoch === undefined ? null : await lastPublished(records, epoch.epoch);
  return {
    epoch: epoch === undefined ? null : epochView(context, epoch),
    list: {
      entries: published?.entries ?? 0,
      silent: await countSilent(records),
      shown: published === null ? 0 : published.entries + published.padding.count,
      serial: published?.serial ?? 0,
    },
    partners: await partnersOf(context),
    matches: await matchViews(seen, null),
    sessions: (await listSessions(records)).map(({ list: _list, digests: _digests, ...shown }) => shown),
  };
}

export function epochView({ desk: { desk } }: OverlapContext, { epoch, publicKey, since }: Epoch) {
  return { epoch, since, digest: commitmentDigest({ desk, epoch, publicKey: unpack(publicKey) }) };
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

/** Matches as pages show them, all or those about a reference; the latest first. */
export async function matchViews(db: Db, reference: string | null): Promise<OverlapMatchView[]> {
  return viewsOf(await matchesAbout(db, reference === null ? null : [reference]));
}

/** What comparisons with partners found of one address or transaction, whatever its chain; clusters by the address that stands for them. */
export async function overlapsOn(db: Db, text: string, notOf: readonly string[]): Promise<OverlapMatchView[]> {
  const hidden = new Set(notOf);
  const all = await matchesAbout(db, null);
  return viewsOf(
    all.filter(
      ({ identifier, reference }) =>
        identifier.text.endsWith(`:${text}`) && (reference === null || !hidden.has(reference)),
    ),
  );
}

function viewsOf(matches: readonly NamedMatch[]): OverlapMatchView[] {
  return oneEach(matches).map(({ identifier, told, desk, found, theirNote, reference, firstAt }) => ({
    ...{ desk, item: itemOf(identifier), found, told: told !== null, theirNote, reference, firstAt },
  }));
}

/** One for each identifier and partner, whichever of this desk's entries name it. */
export function oneEach(matches: readonly NamedMatch[]): NamedMatch[] {
  const together = Map.groupBy(matches, ({ desk, identifier }) => `${desk} ${nameOf(identifier)}`);
  return [...together.values()].map((same) => same.reduce(joined));
}

/** The later of two comes first. */
function joined(later: NamedMatch, earlier: NamedMatch): NamedMatch {
  return {
    ...earlier,
    found: later.found || earlier.found,
    told: later.told ?? earlier.told,
    theirNote: later.theirNote ?? earlier.theirNote,
    reference: later.reference ?? earlier.reference,
  };
}
