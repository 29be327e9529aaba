import type { Address, Path, PathStep, Tag } from '@gongjo/contract';
import { type Block, coinOf, familyOf, type Ledger } from '../ledger/index.ts';
import {
  type AccountPath,
  type AccountPathAsk,
  type AccountPathQuestion,
  type AccountPathRows,
  answer,
  pathAccounts,
  pathUtxo,
  type UtxoPath,
} from '../trace/index.ts';
import { utxoRules } from './question.ts';
import { utxoRows } from './utxo-rows.ts';

/** Movements that one answer may hold, so that a level of busy addresses is not in memory at once. */
const answerMovementsMax = 200_000;

export type PathAsked = Pick<AccountPathQuestion, 'chain' | 'from' | 'to' | 'bounds'>;

/**
 * The shortest path between two addresses in the ledger as of a block, by the search of the chain's family; none within the
 * bounds is an answer, too. Throws `lead-address-unseen` where, on a chain of outputs, one of the two received nothing.
 */
export async function findPath(ledger: Ledger, asked: PathAsked, asOf: Block): Promise<Path> {
  const found =
    familyOf(asked.chain) === 'account'
      ? await accountPath(ledger, await answer(pathAccounts(asked), accountPathRows(ledger, asOf)))
      : utxoPath(await answer(pathUtxo(asked, utxoRules(asked.chain)), await utxoRows(ledger, asOf)));
  const touched = new Set<Address>([asked.from, asked.to, ...(found.steps ?? []).map(({ to }) => to)]);
  const tags = await ledger.tags(asked.chain, [...touched]);
  return { ...found, tags: [...tags.values()].flat() };
}

type Untagged = Omit<Path, 'tags'>;

function shared({
  chain,
  from,
  to,
  asOf,
  ended,
  gaps,
  bounds,
}: AccountPath | UtxoPath): Omit<Untagged, 'steps' | 'assets'> {
  const { unitsMin: _, ...searched } = bounds;
  return { chain, from, to, bounds: searched, asOf, ended, gaps: [...gaps] };
}

async function accountPath(ledger: Ledger, path: AccountPath): Promise<Untagged> {
  const steps = path.steps?.flatMap(({ txid, height, time, from, to, asset, ord, units }): PathStep[] =>
    from === null || to === null
      ? []
      : [{ txid, height, time, from, to, asset, ord, units: String(units), spends: null }],
  );
  const assets = await ledger.assets([...new Set(steps?.map(({ asset }) => asset))]);
  return { ...shared(path), steps: steps ?? null, assets: [...assets.values()] };
}

function utxoPath(path: UtxoPath): Untagged {
  const coin = coinOf(path.chain);
  const steps = path.steps?.map(
    ({ units, spends, ...step }): PathStep => ({
      ...step,
      asset: coin.id,
      units: String(units),
      spends: { ...spends, units: String(spends.units) },
    }),
  );
  return { ...shared(path), steps: steps ?? null, assets: [coin] };
}

/** Answers a search on a chain of accounts, all as of one block; of many addresses a part at a time. */
function accountPathRows(ledger: Ledger, asOf: Block): (ask: AccountPathAsk) => Promise<AccountPathRows> {
  const { chain } = asOf;
  return async ({ outgoing, movementsMax, tags: asked }) => {
    const part = outgoing.slice(0, Math.max(1, Math.floor(answerMovementsMax / movementsMax)));
    const [coverage, sent, tags] = await Promise.all([
      ledger.coverage(chain),
      ledger.outgoing(chain, part, movementsMax, asOf.height),
      asked.length > 0 ? ledger.tags(chain, asked) : new Map<Address, Tag[]>(),
    ]);
    return { coverage: { chain, from: coverage?.from ?? asOf.height, tip: asOf }, outgoing: sent, tags };
  };
}
