import { type ChainId, type FoundThing, type NameFound, type SearchAnswer, searchThingsMax } from '@gongjo/contract';
import { findCases, findHolds, findIncidents } from '../cases/index.ts';
import { findByName, findByPart } from '../directory/index.ts';
import { type AddressOn, type Recognised, type ThingIn, thingsIn, tickerOf } from '../ledger/index.ts';
import { listPartners } from '../partner/index.ts';
import { findObjects, objectsFoundMax } from '../sharing/index.ts';
import { subjectsOfAnyKind } from '../watch/index.ts';
import type { HttpContext } from './context.ts';
import { alikeOf, type Known, knownAddresses, knownTransactions, type TransactionOn, tipsOf } from './known.ts';
import type { Sight } from './sight.ts';

/** What is one line and no longer may be part of a name; a text is searched for what it names by itself. */
const nameLettersMax = 200;
/** Words of a text that may be a number, a reference or an identifier. */
const wordsMax = 2_000;
const wordLettersMax = 300;
const wordEnds = /^[<("'[]+|[>)"'\].,;:!?]+$/g;
const stixId = /^[a-z][a-z0-9-]*--[0-9a-f-]{36}$/i;

export type SearchContext = Pick<HttpContext, 'records' | 'ledger' | 'chains' | 'clock' | 'directory'>;

/** Everything that the desk has, and may tell this reader, of what a person typed or pasted. */
export async function search(context: SearchContext, sight: Sight, text: string): Promise<SearchAnswer> {
  const { records, directory } = context;
  const tips = await tipsOf(context);
  const { things, more } = thingsIn(text, [...tips.keys()], searchThingsMax);
  const line = text.trim();
  const name = line.length > 0 && line.length <= nameLettersMax && !line.includes('\n') ? line : null;
  const words = wordsOf(text);
  const ids = words.filter((word) => stixId.test(word)).map((word) => word.toLowerCase());
  // What is an address and nothing else is part of no name.
  const named = things.length === 1 && things[0]?.text === line ? null : name;
  const [found, incidents, cases, holds, subjects, partners] = await Promise.all([
    foundThings(context, sight, tips, things),
    sight.reads('incident') ? findIncidents(records, named, words, sight.notOf) : [],
    sight.reads('case') ? findCases(records, named, words, sight.notOf) : [],
    sight.reads('hold') ? findHolds(records, named, words, sight.notOf) : [],
    subjectsOfAnyKind(records, [...new Set(words.flatMap((word) => [word, word.toLowerCase()]))]),
    named === null || !sight.reads('partner') ? [] : listPartners(records),
  ]);
  const ofObjects = [...ids, ...subjects.map(({ indicator }) => indicator)];
  const objects = await findObjects(records, name, ofObjects, sight.notOf);
  const seen = await sight.seenObjects(objects.map(({ id }) => id));
  const isPart = (texts: readonly string[]) =>
    texts.some((it) => it.toLowerCase().includes((named ?? '').toLowerCase()));
  return {
    things: found,
    thingsMore: more,
    incidents,
    cases,
    holds,
    objects: objects.filter(({ id }) => seen.has(id)).slice(0, objectsFoundMax),
    entries: named === null || !sight.reads('directory') ? [] : entriesNamed(directory, named),
    partners: partners
      .filter(({ card }) => isPart([card.desk, card.name.en, card.name.ko]))
      .map(({ card: { desk, name: called, country } }) => ({ desk, name: called, country })),
  };
}

/** Words that may be a number, a reference, an identifier or a value of a pattern: all but plain words. */
function wordsOf(text: string): string[] {
  const words = text.split(/[\s,;|]+/u).map((word) => word.replace(wordEnds, ''));
  return [...new Set(words)]
    .filter((word) => word.length <= wordLettersMax && /[\d.@_-]/.test(word) && /[\p{L}\p{N}]/u.test(word))
    .slice(0, wordsMax);
}

function entriesNamed({ book }: HttpContext['directory'], name: string): SearchAnswer['entries'] {
  const whole = findByName(book, name);
  const key = ({ list, id }: Pick<NameFound, 'list' | 'id'>) => `${list} ${id}`;
  const there = new Set(whole.map(key));
  return [
    ...whole,
    ...findByPart(book, name)
      .filter((it) => !there.has(key(it)))
      .map((it) => ({ ...it, match: 'part' as const })),
  ];
}

/**
 * A text that is an address of several chains is answered for each that the desk has, and each on which something is known of
 * it; where that is none, for the first.
 */
async function foundThings(
  context: SearchContext,
  sight: Sight,
  tips: ReadonlyMap<ChainId, number | null>,
  things: readonly ThingIn[],
): Promise<FoundThing[]> {
  const addresses = things.flatMap((thing) => (thing.as === 'address' ? thing.on : []));
  const txids = things.flatMap((thing) => (thing.as === 'transaction' ? thing.on : []));
  const [known, transactions, alike] = await Promise.all([
    knownAddresses(context, sight, tips, addresses),
    knownTransactions(context, sight, tips, txids),
    alikeOf(context, sight, things.flatMap(comparable)),
  ]);
  return things.flatMap((thing): FoundThing[] => {
    const { text } = thing;
    if (thing.as === 'fault') {
      const { chain, reason } = thing;
      return [{ as: 'fault', text, chain, coin: tickerOf(chain) ?? chain, reason, alike: alike.get(text) ?? [] }];
    }
    if (thing.as === 'address')
      return telling(thing.on, known, ({ chain, address }) => `${chain} ${address}`).map(([{ address }, facts]) => ({
        ...{ as: 'address', text, address, ...facts },
        alike: alike.get(address) ?? [],
      }));
    return telling(thing.on, transactions, ({ chain, txid }) => `${chain} ${txid}`).map(([{ txid }, facts]) => ({
      ...{ as: 'transaction', text, txid, ...facts },
    }));
  });
}

/** What has ends to compare: of an address that is valid on many chains it is one text. */
function comparable(thing: Recognised & { readonly text: string }): AddressOn[] {
  if (thing.as === 'address') return thing.on.slice(0, 1).map(({ chain, address }) => ({ chain, address }));
  return thing.as === 'fault' ? [{ chain: thing.chain, address: thing.text as AddressOn['address'] }] : [];
}

function telling<T extends AddressOn | TransactionOn>(
  on: readonly T[],
  known: ReadonlyMap<string, Known>,
  keyOf: (it: T) => string,
): [T, Known][] {
  const all = on.flatMap((it): [T, Known][] => {
    const facts = known.get(keyOf(it));
    return facts ? [[it, facts]] : [];
  });
  // What objects say without naming a chain is told once.
  const onItsOwn = all.filter(([, { followed, known: isKnown, objects, ...rest }]) => {
    const onlyObjects =
      rest.tags.length + rest.watched.length + rest.incidents.length + rest.holds.length + rest.alerts === 0;
    return followed || (isKnown && !(objects > 0 && onlyObjects));
  });
  return onItsOwn.length > 0 ? onItsOwn : all.slice(0, 1);
}
