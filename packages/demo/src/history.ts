import { type AbiParameter, encodeAbiParameters, type Hex, parseAbiParameters, zeroAddress } from 'viem';
import { type Action, denominations, hex } from './action.ts';
import { milliCoins, tokens } from './assets.ts';
import { innocents, noise } from './bystanders.ts';
import type { Cast, Role } from './cast.ts';
import { dice } from './random.ts';
import type { Deployment, Endowment, Move } from './stage.ts';

/** Blocks of ordinary life before the theft. */
const quietBlocks = 8;

/** What the victim's hot wallet holds when the thief comes. */
export const victimWon = tokens(8_000_000_000);
const victimCoin = milliCoins(400_000);
/** The thief's own money, there before the theft: not stolen, and first in line when the address pays out. */
const ownWon = tokens(5_000_000);
const ownCoin = milliCoins(50);

/** Everything before the theft, block by block: contracts, money for everybody, a day of ordinary life. */
export function history(cast: Cast): Move[][] {
  const life = dice(cast.seed, 'quiet life');
  return [
    endowments(),
    deployments(cast),
    [
      { by: 'pacific-operator', do: 'open-deposit-address' },
      { by: 'pacific-operator', do: 'open-deposit-address' },
      ...firstTokens(cast),
    ],
    openForBusiness(cast),
    ...Array.from({ length: quietBlocks }, () => noise(cast, life, 4)),
  ];
}

function endowments(): Endowment[] {
  const thousandths: readonly (readonly [Role, number])[] = [
    ['deployer', 100_000],
    ['victim-hot-wallet', Number(victimCoin / milliCoins(1))],
    ['pacific-hot-wallet', 1_000_000],
    ['pacific-operator', 10_000],
    ['poisoner', 5_000],
    ['relayer', 20_000],
    ['otc-trader', 15_000],
    ['otc-customer', 1_000],
    ['thief-gas', 3_000],
    ...innocents.map((user) => [user, 60_000] as const),
  ];
  return thousandths.map(([endow, thousandth]) => ({ endow, units: milliCoins(thousandth) }));
}

/** In the order from which `castOf` computes the contracts' addresses. */
function deployments(cast: Cast): Deployment[] {
  const by = 'deployer';
  const { won, dollar } = cast.contracts;
  const token = (name: string, symbol: string) => encode('string, string, uint8', [name, symbol, 6]);
  return [
    { by, deploy: 'Token', args: token('Won Token', 'KRWT') },
    { by, deploy: 'Token', args: token('Gold Dollar', 'USDG') },
    { by, deploy: 'Pool', args: encode('address, address', [hex(won), hex(dollar)]) },
    { by, deploy: 'Mixer', args: encode('address, uint256', [zeroAddress, denominations.coin]) },
    { by, deploy: 'Mixer', args: encode('address, uint256', [hex(won), denominations.won]) },
    {
      by,
      deploy: 'Exchange',
      args: encode('address, address', [
        hex(cast.address('pacific-operator')),
        hex(cast.address('pacific-hot-wallet')),
      ]),
    },
    // The last letter is U+0422, Cyrillic: on the screen nobody sees the difference.
    { by: 'poisoner', deploy: 'FakeToken', args: encode('string, string', ['Won Token', 'KRW\u0422']) },
  ];
}

function firstTokens(cast: Cast): Action[] {
  const mint = (token: 'won' | 'dollar', to: Role, whole: number): Action => ({
    ...{ by: 'deployer', do: 'mint', token, to: cast.address(to), amount: tokens(whole) },
  });
  return [
    mint('won', 'deployer', 70_000_000_000),
    mint('dollar', 'deployer', 50_000_000),
    mint('won', 'victim-hot-wallet', Number(victimWon / tokens(1))),
    mint('won', 'pacific-hot-wallet', 20_000_000_000),
    mint('dollar', 'pacific-hot-wallet', 30_000_000),
    mint('won', 'otc-trader', 40_000_000),
    mint('won', 'poisoner', 1_000),
    ...innocents.flatMap((user) => [mint('won', user, 900_000_000), mint('dollar', user, 600_000)]),
  ];
}

function openForBusiness(cast: Cast): Action[] {
  const { pool, wonMixer } = cast.contracts;
  const everything = tokens(1_000_000_000_000);
  return [
    { by: 'deployer', do: 'approve', token: 'won', spender: pool, amount: everything },
    { by: 'deployer', do: 'approve', token: 'dollar', spender: pool, amount: everything },
    { by: 'deployer', do: 'add-liquidity', won: tokens(70_000_000_000), dollar: tokens(50_000_000) },
    ...innocents.flatMap((by): Action[] => [
      { by, do: 'approve', token: 'won', spender: pool, amount: everything },
      { by, do: 'approve', token: 'dollar', spender: pool, amount: everything },
      { by, do: 'approve', token: 'won', spender: wonMixer, amount: everything },
    ]),
    { by: 'user-1', do: 'mix', what: 'coin', note: 'user-1' },
    { by: 'user-2', do: 'mix', what: 'coin', note: 'user-2' },
    { by: 'user-3', do: 'mix', what: 'won', note: 'user-3' },
    { by: 'user-4', do: 'mix', what: 'won', note: 'user-4' },
    { by: 'user-5', do: 'transfer', token: 'won', to: cast.address('thief-split-1'), amount: ownWon },
    { by: 'thief-gas', do: 'send-coin', to: cast.address('thief-coin'), amount: ownCoin },
  ];
}

function encode(types: string, values: readonly unknown[]): Hex {
  return encodeAbiParameters(parseAbiParameters(types) as readonly AbiParameter[], values);
}
