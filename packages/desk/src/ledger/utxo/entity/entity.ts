import {
  type Address,
  type Entity,
  type EntityQuestion,
  entityBoundKinds,
  type Join,
  joinRules,
  type RefusedJoin,
  type Seen,
} from '@gongjo/contract';
import { invariant } from '../../../kernel/index.ts';
import type { TxNumber } from '../model.ts';
import { bridges, Sets } from './forest.ts';
import { type Judgement, wouldJoin } from './judge.ts';
import type { EntityAsk, EntityRows } from './model.ts';
import { Search } from './search.ts';

/**
 * The addresses that belong with one: every transaction that is no CoinJoin and no analyst cut joins the addresses of its
 * inputs (multi-input heuristic: Meiklejohn et al. 2013; Androulaki et al. 2013) and, where the question names change
 * heuristics that do not contradict each other on it, the output that they take for change. What is connected so, is the
 * entity.
 *
 * It is a query over the ledger as it stands: a new block, a reorganisation or another cut needs no repair, only another
 * question. Yields what it must know next, is handed the rows, and returns the entity; it needs about two rounds for each
 * step of the longest shortest path. The answer depends only on what the ledger says, not on how the rows were handed over.
 *
 * Fails where no rule recognises that strangers made a transaction together (PayJoin, unknown kinds of CoinJoin), where a
 * service spends its customers' coins, and where the ledger starts late: then it says too little.
 */
export function* entityOf(question: EntityQuestion): Generator<EntityAsk, Entity, EntityRows> {
  const search = new Search(question);
  yield* search.run();
  const { coverage } = search;
  invariant(coverage !== null, 'coverage is known after the first answer');
  const members = [...search.members.values()].flatMap((member) => member ?? []);
  const firsts = members.flatMap(({ first }) => first ?? []);
  const lasts = members.flatMap(({ last }) => last ?? []);
  const ends = yield* endsOf(search, least(firsts), most(lasts));
  const judgements = [...search.judgements.values()].sort((a, b) => a.number - b.number);
  const sum = (part: (member: (typeof members)[number]) => bigint) =>
    members.reduce((total, member) => total + part(member), 0n);
  const receivedUnits = sum((member) => member.receivedUnits);
  const spentUnits = sum((member) => member.spentUnits);
  return {
    chain: question.chain,
    question,
    asOf: { height: coverage.tip.height, hash: coverage.tip.hash, time: coverage.tip.time },
    from: coverage.from,
    addresses: [...search.members.keys()].sort(),
    joins: joinsOf(judgements, search),
    refused: refusedOf(judgements, search),
    cuts: cutsOf(judgements, search),
    contradictions: contradictionsOf(judgements, search),
    totals: {
      receivedUnits: String(receivedUnits),
      spentUnits: String(spentUnits),
      balanceUnits: String(receivedUnits - spentUnits),
      outputs: members.reduce((total, { outputs }) => total + outputs, 0),
      unspent: members.reduce((total, { unspent }) => total + unspent, 0),
    },
    ...ends,
    truncated: entityBoundKinds
      .filter((bound) => search.reached.has(bound))
      .map((bound) => ({ bound, number: question.bounds[bound] })),
  };
}

function* endsOf(
  search: Search,
  first: TxNumber | null,
  last: TxNumber | null,
): Generator<EntityAsk, { first: Seen | null; last: Seen | null }, EntityRows> {
  const numbers = [...new Set([first, last])].flatMap((number) => number ?? []);
  const known = new Map((yield* search.whole(numbers)).map((tx) => [tx.number, seen(tx)]));
  const of = (number: TxNumber | null) => (number === null ? null : (known.get(number) ?? null));
  return { first: of(first), last: of(last) };
}

/** Every join of the entity's addresses, those that hold it together marked. */
function joinsOf(judgements: readonly Judgement[], { members }: Search): Join[] {
  const sets = new Sets<Address>();
  const joins: Join[] = [];
  const groups: { readonly addresses: readonly Address[]; readonly joins: Join[] }[] = [];
  for (const judgement of judgements) {
    if (judgement.refused !== null) continue;
    const made = joinsBy(judgement, members).map((join) => ({ ...join, spanning: sets.join(join.addresses) }));
    if (made.length === 0) continue;
    joins.push(...made);
    groups.push({ addresses: made.flatMap(({ addresses }) => addresses), joins: made });
  }
  const holding = bridges(groups.map(({ addresses }) => addresses));
  for (const [index, group] of groups.entries()) for (const join of group.joins) join.bridge = holding.has(index);
  return joins;
}

function joinsBy(judgement: Judgement, members: ReadonlyMap<Address, unknown>): Join[] {
  const spenders = judgement.spenders.filter((address) => members.has(address));
  if (spenders.length === 0) return [];
  const common = { ...seen(judgement), certainty: 'heuristic', spanning: false, bridge: false } as const;
  const joins: Join[] = [];
  if (spenders.length > 1) joins.push({ ...common, rule: 'multi-input', addresses: spenders, change: null });
  for (const rule of joinRules) {
    const suggestion = judgement.change.find(({ heuristic }) => heuristic === rule);
    if (suggestion === undefined || !members.has(suggestion.address)) continue;
    const { output, address, reasons } = suggestion;
    const addresses = [...new Set([...spenders, address])].sort();
    if (addresses.length > 1) joins.push({ ...common, rule, addresses, change: { output, address, reasons } });
  }
  return joins;
}

/** CoinJoins that the entity's addresses spent in. */
function refusedOf(judgements: readonly Judgement[], { members }: Search): RefusedJoin[] {
  return judgements.flatMap(({ refused, spenders, ...at }) => {
    if (refused === null || refused.kind === 'cut' || !spenders.some((address) => members.has(address))) return [];
    return [{ ...seen(at), kind: refused.kind, reasons: refused.reasons }];
  });
}

/** Cuts of transactions that would have joined more than one address, one of them the entity's. */
function cutsOf(judgements: readonly Judgement[], { members }: Search): Entity['cuts'] {
  return judgements.flatMap((judgement) => {
    const joined = [...wouldJoin(judgement)];
    if (judgement.refused?.kind !== 'cut' || joined.length < 2 || !joined.some((address) => members.has(address)))
      return [];
    return [{ ...seen(judgement), reason: judgement.refused.reason }];
  });
}

/** Transactions whose contradicting change would have joined one of the entity's addresses with others. */
function contradictionsOf(judgements: readonly Judgement[], { members }: Search): Entity['contradictions'] {
  return judgements.flatMap(({ contradiction, spenders, ...at }) => {
    const named = [...spenders, ...contradiction.map(({ address }) => address)];
    if (contradiction.length === 0 || !named.some((address) => members.has(address))) return [];
    return [{ ...seen(at), suggestions: [...contradiction] }];
  });
}

function seen({ txid, height, time }: Seen): Seen {
  return { txid, height, time };
}

function least(numbers: readonly TxNumber[]): TxNumber | null {
  return numbers.reduce<TxNumber | null>((min, number) => (min === null || number < min ? number : min), null);
}

function most(numbers: readonly TxNumber[]): TxNumber | null {
  return numbers.reduce<TxNumber | null>((max, number) => (max === null || number > max ? number : max), null);
}
