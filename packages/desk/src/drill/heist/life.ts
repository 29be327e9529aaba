import type { Address } from '@gongjo/contract';
import type { Accounts } from './accounts.ts';
import type { Outputs } from './outputs.ts';
import { accountBlocks, outputBlocks } from './timing.ts';

/** People who have nothing to do with it, and what they do in each block. */
const peopleCount = 120;
const paymentsPerBlock = 14;
const spendsPerBlock = 8;

/** Everyday life on the chain of accounts: people pay each other, trade, and use the same exchanges. */
export function liveOnAccounts(made: Accounts, pool: Address): void {
  const { dice, cast } = made;
  const { coin, won, dollar } = made.assets;
  const people = Array.from({ length: peopleCount }, () => cast.account());
  const own = people.map(() => made.depositAddress().address);
  for (const person of people)
    for (const [asset, units] of [
      [coin.id, 400n * 10n ** 18n],
      [won.id, 90_000_000n * 10n ** 6n],
      [dollar.id, 90_000n * 10n ** 6n],
    ] as const)
      made.past([{ from: pool, to: person, asset, units }]);
  for (let block = 0; block < accountBlocks; block += 1)
    for (let n = 0; n < paymentsPerBlock; n += 1) {
      const at = dice.between(0, peopleCount - 1);
      const [from, deposit] = [people[at], own[at]];
      if (from === undefined || deposit === undefined) continue;
      const units = BigInt(dice.between(1, 900_000));
      const { id: asset } = dice.pick([coin, won, dollar]);
      const worth = asset === coin.id ? units * 10n ** 12n : units * 1000n;
      if (dice.chance(0.2)) made.life(block, [{ from, to: deposit, asset, units: worth }]);
      else if (dice.chance(0.1))
        made.life(block, [
          { from, to: pool, asset: won.id, units: units * 1000n },
          { from: pool, to: from, asset: dollar.id, units },
        ]);
      else {
        const to = dice.pick(people);
        if (to !== from) made.life(block, [{ from, to, asset, units: worth }]);
      }
    }
}

/** Everyday life on the chain of outputs: payments with change, and deposits. */
export function liveOnOutputs(made: Outputs): void {
  const { dice, cast } = made;
  const purse = Array.from({ length: peopleCount }, () =>
    made.endow(cast.owner(), BigInt(dice.between(40_000_000, 900_000_000))),
  );
  for (let block = 0; block < outputBlocks; block += 1)
    for (let n = 0; n < spendsPerBlock; n += 1) {
      const at = dice.between(0, purse.length - 1);
      const coin = purse[at];
      if (!coin || coin.block >= block || coin.units < 1_000_000n) continue;
      const paid = (coin.units * BigInt(dice.between(50, 600))) / 1000n;
      const to = dice.chance(0.3) ? made.depositAddress().address : cast.owner();
      const [, change] = made.life(
        block,
        [coin],
        [
          { address: to, units: paid },
          { address: cast.owner(), units: coin.units - paid - BigInt(dice.between(300, 9_000)) },
        ],
      );
      if (change) purse[at] = change;
    }
}
