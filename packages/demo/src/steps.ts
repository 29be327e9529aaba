import type { Address } from '@gongjo/contract';
import { type Action, type Amount, denominations, type TokenName } from './action.ts';
import { milliCoins, tokens } from './assets.ts';
import type { Role } from './cast.ts';
import type { Scheme } from './scheme.ts';

/** The transactions of each block of a step, in order. Shares are of what the sender holds when the block begins. */
type Blocks = readonly (readonly Action[])[];

/** Gas money: the split lives on stolen coin, everybody else on the thief's own. */
const splitGas = milliCoins(100);
const ownGas = milliCoins(40);
const all = { ppm: 1_000_000 };
/** Mixer payments of one block. */
const mixesPerBlock = 3;

/** What happens in each step, in the order in which they are played. */
export const steps = {
  drain: ({ cast, stolenWon, stolenCoin }) => [
    [
      pay('victim-hot-wallet', 'won', cast.address('thief-landing'), stolenWon),
      sendCoin('victim-hot-wallet', cast.address('thief-landing'), stolenCoin),
    ],
  ],
  split: ({ cast, splits }) => [
    splits.map(({ role }) => sendCoin('thief-landing', cast.address(role), splitGas)),
    splits.map(({ role, sharePpm }) => pay('thief-landing', 'won', cast.address(role), { ppm: sharePpm })),
  ],
  poison: ({ cast, twins, mixer }) => [
    [
      ...twins.splits.map((twin) => moveNothing('won', cast.address('thief-landing'), twin)),
      // Dust joins the queue of the address that it lands on, but it is nobody's loot.
      pay('poisoner', 'won', cast.address(mixer), 1n),
      pay('poisoner', 'won', cast.address('thief-hop-1'), tokens(2)),
      sendCoin('poisoner', cast.address('thief-landing'), 0n),
    ],
  ],
  'mix-coin': ({ cast, coinNotes, coinRemainder }) => [
    [
      sendCoin(
        'thief-landing',
        cast.address('thief-coin'),
        denominations.coin * BigInt(coinNotes.length) + coinRemainder,
      ),
    ],
    ...inBlocks(coinNotes.map((note): Action => ({ by: 'thief-coin', do: 'mix', what: 'coin', note }))),
  ],
  swap: ({ cast, swapper, secondSwapper, secondSwapPpm }) => [
    swap(cast.contracts.pool, swapper, all),
    swap(cast.contracts.pool, secondSwapper, { ppm: secondSwapPpm }),
  ],
  consolidate: ({ cast, swapper, secondSwapper }) => [
    [
      sendCoin('thief-gas', cast.address('thief-dollars'), ownGas),
      pay(swapper, 'dollar', cast.address('thief-dollars'), all),
      pay(secondSwapper, 'dollar', cast.address('thief-dollars'), all),
    ],
  ],
  counterfeit: ({ cast, twins, swapper, peeler, stolenWon }) => [
    [
      claim(cast.address('thief-landing'), cast.address('pacific-hot-wallet'), stolenWon),
      claim(cast.address(peeler), twins.splits[0], stolenWon / 3n),
      claim(twins.splits[0], cast.address('thief-hop-1'), stolenWon / 7n),
      moveNothing('dollar', cast.address(swapper), twins.dollars),
    ],
  ],
  peel: ({ cast, peeler, hops }) =>
    hops.map(({ role, peel, peelPpm }, index) => {
      const from = hops[index - 1]?.role ?? peeler;
      return [
        sendCoin('thief-gas', cast.address(role), ownGas),
        pay(from, 'won', cast.address(peel), { ppm: peelPpm }),
        pay(from, 'won', cast.address(role), { ppm: all.ppm - peelPpm }),
      ];
    }),
  'pay-trader': ({ cast, traderPpm, traderPaysOn }) => [
    [sendCoin('thief-gas', cast.address('thief-peel-1'), ownGas)],
    [pay('thief-peel-1', 'won', cast.address('otc-trader'), { ppm: traderPpm })],
    [pay('otc-trader', 'won', cast.address('otc-customer'), traderPaysOn)],
  ],
  'mix-won': ({ cast, mixer, wonNotes }) => [
    [approve(mixer, cast.contracts.wonMixer, denominations.won * BigInt(wonNotes.length))],
    ...inBlocks(wonNotes.map((note): Action => ({ by: mixer, do: 'mix', what: 'won', note }))),
  ],
  'deposit-dollars': ({ cast, depositDollarsPpm }) => [
    [pay('thief-dollars', 'dollar', cast.contracts.muleDeposit, { ppm: depositDollarsPpm })],
  ],
  'deposit-won': ({ cast, hops, peeler, depositWonPpm }) => [
    [
      sendCoin('thief-gas', cast.address('thief-mule'), ownGas),
      pay(hops.at(-1)?.role ?? peeler, 'won', cast.address('thief-mule'), all),
    ],
    [pay('thief-mule', 'won', cast.contracts.muleDeposit, { ppm: depositWonPpm })],
  ],
  burn: ({ secondSwapper, burnPpm }) => [[{ by: secondSwapper, do: 'burn', token: 'won', amount: { ppm: burnPpm } }]],
  unmix: ({ cast, coinNotes, wonNotes }) => [
    [
      { by: 'relayer', do: 'unmix', what: 'coin', note: coinNotes[0], to: cast.address('thief-fresh-coin') },
      { by: 'relayer', do: 'unmix', what: 'won', note: wonNotes[0], to: cast.address('thief-fresh-won') },
    ],
  ],
  sweep: ({ cast }) => [
    [
      { by: 'pacific-operator', do: 'sweep', deposit: cast.contracts.muleDeposit, token: 'dollar' },
      { by: 'pacific-operator', do: 'sweep', deposit: cast.contracts.muleDeposit, token: 'won' },
    ],
  ],
  'last-decoys': ({ cast, twins, stolenWon }) => [
    [
      moveNothing('won', cast.address('thief-mule'), twins.deposit),
      claim(cast.address('thief-mule'), twins.deposit, stolenWon / 11n),
      pay('thief-mule', 'won', cast.address('user-6'), 0n),
    ],
  ],
} as const satisfies Record<string, (scheme: Scheme) => Blocks>;

export type StepId = keyof typeof steps;
export const stepIds = Object.keys(steps) as StepId[];

function pay(by: Role, token: TokenName, to: Address, amount: Amount): Action {
  return { by, do: 'transfer', token, to, amount };
}

function sendCoin(by: Role, to: Address, amount: bigint): Action {
  return { by, do: 'send-coin', to, amount };
}

function approve(by: Role, spender: Address, amount: Amount): Action {
  return { by, do: 'approve', token: 'won', spender, amount };
}

/** The consent and the swap are two transactions of one block, as a wallet sends them. */
function swap(pool: Address, by: Role, amount: Amount): Action[] {
  return [approve(by, pool, amount), { by, do: 'swap', give: 'won', amount }];
}

function moveNothing(token: TokenName, from: Address, to: Address): Action {
  return { by: 'poisoner', do: 'move-nothing', token, from, to };
}

function claim(from: Address, to: Address, units: bigint): Action {
  return { by: 'poisoner', do: 'claim', from, to, units };
}

function inBlocks(actions: readonly Action[]): Action[][] {
  const blocks: Action[][] = [];
  for (let at = 0; at < actions.length; at += mixesPerBlock) blocks.push(actions.slice(at, at + mixesPerBlock));
  return blocks;
}
