import { Accounts } from './accounts.ts';
import { playAccounts } from './accounts-script.ts';
import { BookKeeper } from './book.ts';
import { Cast, drillAssets } from './cast.ts';
import { Dice } from './dice.ts';
import { liveOnAccounts, liveOnOutputs } from './life.ts';
import type { Heist, HeistPlan } from './model.ts';
import { Outputs } from './outputs.ts';
import { playOutputs } from './outputs-script.ts';

/** Of the thief's addresses, the share on the chain of accounts, in hundredths. */
const accountsShare = 60;
/** Somebody at the victim's notices, looks at both chains and calls. */
const reportedAtS = 150;

/**
 * A heist over two chains: accounts with a token that can be frozen, and outputs. Layering, peel chains, amounts below a
 * threshold, swaps, a mixer, CoinJoins, a bridge from one chain to the other, deposits at exchanges, addresses that imitate
 * others, and a wallet of an earlier case that wakes; with the life of everybody else around it, and with the book of the
 * truth. The same plan makes the same heist. What it does is after what public reports say of such thefts; nothing in it
 * happened.
 */
export function generateHeist(plan: HeistPlan): Heist {
  const { seed, chains, addresses } = plan;
  const book = new BookKeeper();
  const cast = new Cast(plan);
  const accounts = new Accounts(plan, cast, new Dice(seed, 'accounts'), book);
  const onAccounts = playAccounts(accounts, Math.ceil((addresses * accountsShare) / 100));
  const outputs = new Outputs(plan, cast, new Dice(seed, 'outputs'), book);
  const onOutputs = playOutputs(outputs, addresses - book.laundered(chains.accounts), onAccounts.bridged);
  liveOnAccounts(accounts, onAccounts.pool);
  liveOnOutputs(outputs);
  const { atS, ...payouts } = onOutputs.payouts;
  const theft = { chain: chains.accounts, txids: [onAccounts.theft] };
  return {
    plan,
    accounts: accounts.done(),
    outputs: outputs.done(),
    assets: Object.values(drillAssets(chains)),
    tags: [...accounts.tags, ...outputs.tags],
    watched: [{ chain: chains.accounts, address: onAccounts.sleeper }],
    reports: [
      { atS: reportedAtS, moved: [theft, { chain: chains.outputs, txids: [onOutputs.theft] }] },
      { atS, moved: [theft, payouts] },
    ],
    book: book.done(),
  };
}
