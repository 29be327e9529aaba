import type { Action } from './action.ts';
import { milliCoins, tokens } from './assets.ts';
import type { Cast } from './cast.ts';
import type { Dice } from './random.ts';

/** People who use the same contracts and know nothing of the theft. */
export const innocents = ['user-1', 'user-2', 'user-3', 'user-4', 'user-5', 'user-6'] as const;

/** What innocents do all day: pay each other, trade at the pool, bring money to the exchange. They never meet the thief. */
export function noise(cast: Cast, from: Dice, count: number): Action[] {
  return Array.from({ length: count }, (): Action => {
    const by = from.pick(innocents);
    const to = cast.address(from.pick(innocents.filter((user) => user !== by)));
    switch (from.between(0, 5)) {
      case 0:
        return { by, do: 'send-coin', to, amount: milliCoins(from.between(5, 400)) };
      case 1:
        return { by, do: 'transfer', token: 'dollar', to, amount: tokens(from.between(10, 2_000)) };
      case 2:
        return {
          by,
          do: 'swap',
          give: from.pick(['won', 'dollar'] as const),
          amount: tokens(from.between(500, 3_000)),
        };
      case 3: {
        const token = from.pick(['won', 'dollar'] as const);
        return {
          by,
          do: 'transfer',
          token,
          to: cast.contracts.customerDeposit,
          amount: tokens(from.between(10, 3_000)),
        };
      }
      default:
        return { by, do: 'transfer', token: 'won', to, amount: tokens(from.between(10_000, 2_000_000)) };
    }
  });
}
