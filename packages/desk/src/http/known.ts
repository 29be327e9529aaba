import type { Address, Alike, ChainId, FoundThing, TxId, WatchedBy } from '@gongjo/contract';
import { holdsAt, incidentsNaming, titlesOf } from '../cases/index.ts';
import { type AddressOn, addressesHeld, endsOf, transactionsHeld } from '../ledger/index.ts';
import { objectsHeld } from '../sharing/index.ts';
import { transactionId, walletId } from '../stix/index.ts';
import { countAlertsNaming, type WatchedAddress, watchedAlike, watchedAmong, watchesByName } from '../watch/index.ts';
import type { HttpContext } from './context.ts';
import type { Sight } from './sight.ts';

export type KnowingContext = Pick<HttpContext, 'records' | 'ledger' | 'chains' | 'clock'>;

/** What the desk knows of an address or a transaction on one chain, in short. */
export type Known = Omit<Extract<FoundThing, { as: 'transaction' }>, 'as' | 'text' | 'txid'>;

export interface TransactionOn {
  readonly chain: ChainId;
  readonly txid: TxId;
}

/** Look-alikes that are told of one address. */
const alikeMax = 5;

/** The desk's chains, each with the height of its tip; of one that has no block, null. */
export async function tipsOf({ chains }: KnowingContext): Promise<ReadonlyMap<ChainId, number | null>> {
  return new Map((await chains.status()).map(({ chain, tip }) => [chain, tip?.height ?? null]));
}

/**
 * What the reader may know of these addresses, by `chain address`: one question to each store for all of them, and none to a node.
 * Of a chain that is not the desk's, it is what lists and partners say.
 */
export async function knownAddresses(
  context: KnowingContext,
  sight: Sight,
  tips: ReadonlyMap<ChainId, number | null>,
  asked: readonly AddressOn[],
): Promise<Map<string, Known>> {
  const { records, ledger } = context;
  const addresses = unique(asked.map(({ address }) => address));
  const ids = new Map(addresses.map((address) => [walletId(address) as string, address]));
  const [named, inLedger, watched, listed, incidents, holds, alerts, objects] = await Promise.all([
    sight.reads('tag') ? ledger.named(asked) : [],
    onEach(tips, asked, (chain, some, tip) =>
      addressesHeld(
        ledger,
        chain,
        some.map(({ address }) => address),
        tip,
      ),
    ),
    sight.reads('watch') ? watchedAmong(records, addresses, sight.notOf) : [],
    sight.reads('watch') ? listedOn(context, asked) : [],
    sight.reads('incident') ? incidentsNaming(records, { addresses, txids: [] }, sight.notOf) : [],
    sight.reads('hold') ? holdsAt(records, addresses, sight.notOf) : [],
    sight.reads('alert') ? countAlertsNaming(records, addresses, [], sight.notOf) : [],
    objectsHeld(records, [...ids.keys()], sight.notOf).then(sight.seenObjects),
  ]);
  const tags = new Map(
    await Promise.all(
      [...Map.groupBy(named, ({ chain }) => chain)].map(
        async ([chain, some]) =>
          [
            chain,
            await ledger.tags(
              chain,
              some.map(({ address }) => address),
            ),
          ] as const,
      ),
    ),
  );
  const watchers = await watchersOf(context, sight, watched);
  const withObjects = new Set([...objects].flatMap((id) => ids.get(id) ?? []));
  return new Map(
    asked.map(({ chain, address }) => {
      const is = (it: { readonly chain: ChainId; readonly address: Address }) =>
        it.chain === chain && it.address === address;
      const own = tags.get(chain)?.get(address) ?? [];
      const categories = watchers.categories.filter(
        (watch) => watch.chain === chain && own.some(({ category }) => category === watch.category),
      );
      const known = {
        tags: own,
        watched: [
          ...watched.filter(is).map((it) => watchers.byWatched(it)),
          ...listed.filter(is).map(({ by }) => by),
          ...categories.map(({ id, name }): WatchedBy => ({ source: 'category', id, name: alike(name) })),
        ],
        incidents: incidents.filter((it) => it.chain === chain && it.value === address).map(({ incident }) => incident),
        holds: holds.filter(is).map(({ id, number, state }) => ({ id, number, state })),
        alerts: alerts.find((it) => it.chain === chain && it.value === address)?.count ?? 0,
        // Objects name an address without its chain.
        objects: withObjects.has(address) ? 1 : 0,
      };
      return [`${chain} ${address}`, summary(chain, tips, inLedger.get(chain)?.has(address) ?? false, known)];
    }),
  );
}

/** As `knownAddresses`, by `chain txid`. */
export async function knownTransactions(
  { records, ledger }: KnowingContext,
  sight: Sight,
  tips: ReadonlyMap<ChainId, number | null>,
  asked: readonly TransactionOn[],
): Promise<Map<string, Known>> {
  const txids = unique(asked.map(({ txid }) => txid));
  const ids = new Map(txids.map((txid) => [transactionId(txid) as string, txid]));
  const [inLedger, incidents, alerts, objects] = await Promise.all([
    onEach(tips, asked, (chain, some, tip) =>
      transactionsHeld(
        ledger,
        chain,
        some.map(({ txid }) => txid),
        tip,
      ),
    ),
    sight.reads('incident') ? incidentsNaming(records, { addresses: [], txids }, sight.notOf) : [],
    sight.reads('alert') ? countAlertsNaming(records, [], txids, sight.notOf) : [],
    objectsHeld(records, [...ids.keys()], sight.notOf).then(sight.seenObjects),
  ]);
  const withObjects = new Set([...objects].flatMap((id) => ids.get(id) ?? []));
  return new Map(
    asked.map(({ chain, txid }) => {
      const known = {
        ...{ tags: [], watched: [], holds: [] },
        incidents: incidents.filter((it) => it.chain === chain && it.value === txid).map(({ incident }) => incident),
        alerts: alerts.find((it) => it.chain === chain && it.value === txid)?.count ?? 0,
        objects: withObjects.has(txid) ? 1 : 0,
      };
      return [`${chain} ${txid}`, summary(chain, tips, inLedger.get(chain)?.has(txid) ?? false, known)];
    }),
  );
}

/**
 * Addresses that the reader may know – the desk watches them or has a tag of them – with the same ends as these texts, by the text: whoever copies an
 * address by its ends takes one for the other (address poisoning).
 */
export async function alikeOf(
  { records, ledger }: KnowingContext,
  sight: Sight,
  asked: readonly AddressOn[],
): Promise<Map<string, Alike[]>> {
  const [watched, named] = await Promise.all([
    sight.reads('watch') ? watchedAlike(records, unique(asked.map(({ address }) => endsOf(address))), sight.notOf) : [],
    sight.reads('tag') ? ledger.namedAlike(asked) : [],
  ]);
  const byEnds = Map.groupBy([...watched, ...named], ({ address }) => endsOf(address));
  return new Map(
    unique(asked.map(({ address }) => address)).map((address) => {
      const other = (byEnds.get(endsOf(address)) ?? []).filter(
        (it) => it.address.toLowerCase() !== address.toLowerCase(),
      );
      return [address, [...new Map(other.map((it) => [it.address, it])).values()].slice(0, alikeMax)];
    }),
  );
}

function summary(
  chain: ChainId,
  tips: ReadonlyMap<ChainId, number | null>,
  inLedger: boolean,
  facts: Omit<Known, 'chain' | 'followed' | 'inLedger' | 'known'>,
): Known {
  const { tags, watched, incidents, holds, alerts, objects } = facts;
  const anything = tags.length + watched.length + incidents.length + holds.length + alerts + objects > 0;
  const followed = tips.has(chain);
  return { chain, followed, inLedger: followed ? inLedger : null, known: inLedger || anything, ...facts };
}

/** Asks each of the desk's chains that has a block. */
async function onEach<T extends { readonly chain: ChainId }, V>(
  tips: ReadonlyMap<ChainId, number | null>,
  asked: readonly T[],
  ask: (chain: ChainId, some: readonly T[], tip: number) => Promise<Set<V>>,
): Promise<Map<ChainId, Set<V>>> {
  const answers = await Promise.all(
    [...Map.groupBy(asked, ({ chain }) => chain)].map(async ([chain, some]) => {
      const tip = tips.get(chain);
      return [chain, tip === undefined || tip === null ? new Set<V>() : await ask(chain, some, tip)] as const;
    }),
  );
  return new Map(answers);
}

/** The lists that people have watched, and which of these addresses stand on one. */
async function listedOn(
  { records, ledger, clock }: KnowingContext,
  asked: readonly AddressOn[],
): Promise<{ readonly chain: ChainId; readonly address: Address; readonly by: WatchedBy }[]> {
  const { byNumber } = await watchesByName(records, clock);
  const chains = new Set([...byNumber.values()].map(({ chain }) => chain));
  const found = await Promise.all(
    [...chains].map(async (chain) => {
      const some = asked.filter((it) => it.chain === chain).map(({ address }) => address);
      const lists = await ledger.listsOf(chain, some);
      return [...lists].flatMap(([address, numbers]) =>
        numbers.flatMap((number) => {
          const watch = byNumber.get(number);
          const by = watch && { source: 'list' as const, id: watch.id, name: alike(watch.name) };
          return by ? [{ chain, address, by }] : [];
        }),
      );
    }),
  );
  return found.flat();
}

/** Who watches these, and the categories that are watched, where the reader reads watches. */
async function watchersOf({ records, clock }: KnowingContext, sight: Sight, watched: readonly WatchedAddress[]) {
  const [{ byId }, titles] = await Promise.all([
    watchesByName(records, clock),
    titlesOf(records, unique(watched.filter(({ source }) => source !== 'address').map(({ by }) => by))),
  ]);
  return {
    categories: sight.reads('watch') ? [...byId.values()].filter(({ kind }) => kind === 'category') : [],
    byWatched: ({ source, by }: WatchedAddress): WatchedBy => {
      const watch = byId.get(by);
      return { source, id: by, name: watch ? alike(watch.name) : (titles.get(by) ?? null) };
    },
  };
}

/** A name that people gave is the same in both languages. */
const alike = (name: string) => ({ en: name, ko: name });
const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
