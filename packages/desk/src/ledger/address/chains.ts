import { type ChainId, drillKinOf } from '@gongjo/contract';
import { namespaceOf } from '../namespace.ts';
import { base58CheckDecode } from './base58.ts';
import { bech32Account } from './bech32-account.ts';
import { outputCodec } from './bitcoin.ts';
import { cashCodec } from './cashaddr.ts';
import type { AddressCodec } from './codec.ts';
import { evmCodec } from './evm.ts';
import { moneroCodec } from './monero.ts';
import * as networks from './networks.ts';
import { solanaCodec } from './solana.ts';
import { textCodec } from './text.ts';
import { tronCodec } from './tron.ts';
import { xrpCodec } from './xrp.ts';

/**
 * The chains that are known by name, each with the tickers that lists write for it. Identifiers are CAIP-2 in the
 * namespaces of namespaces.chainagnostic.org; a fork of Bitcoin is named by its first own block. A coin without a published
 * identifier is `slip44:` and its number in SLIP-44. The first chain of a ticker is the one that it means.
 */
interface KnownChain {
  readonly chain: string;
  readonly tickers: readonly string[];
  readonly codec: AddressCodec;
}

const evm = evmCodec();
const base58 = '[1-9A-HJ-NP-Za-km-z]';
const base58Checked = (text: string) => base58CheckDecode(text) !== null;

const known: readonly KnownChain[] = [
  {
    chain: 'bip122:000000000019d6689c085ae165831e93',
    tickers: ['BTC', 'XBT', 'OMNI'],
    codec: outputCodec(networks.main),
  },
  { chain: 'bip122:000000000933ea01ad0ee984209779ba', tickers: [], codec: outputCodec(networks.test) },
  { chain: 'bip122:00000008819873e925422c1ff0f99f7c', tickers: [], codec: outputCodec(networks.test) },
  { chain: 'bip122:0f9188f13cb7b2c71f2a335e3a4fc328', tickers: [], codec: outputCodec(networks.regtest) },
  { chain: 'bip122:12a765e31ffd4059bada1e25190f6e98', tickers: ['LTC'], codec: outputCodec(networks.litecoin) },
  { chain: 'bip122:1a91e3dace36e2be3bf030a65679fe82', tickers: ['DOGE'], codec: outputCodec(networks.dogecoin) },
  { chain: 'bip122:00000ffd590b1485b3caadc19b22e637', tickers: ['DASH'], codec: outputCodec(networks.dash) },
  { chain: 'bip122:00040fe8ec8471911baa1db1266ea15d', tickers: ['ZEC'], codec: outputCodec(networks.zcash) },
  {
    chain: 'bip122:000000000000000000651ef99cb9fcbe',
    tickers: ['BCH', 'BCC'],
    codec: cashCodec('bitcoincash', networks.withoutWitness),
  },
  { chain: 'bip122:000000000000000001d956714215d96f', tickers: ['BSV'], codec: outputCodec(networks.withoutWitness) },
  { chain: 'slip44:156', tickers: ['BTG'], codec: outputCodec(networks.bitcoinGold) },
  { chain: 'bip122:00000fc63692467faeb20cdb3b53200d', tickers: ['XVG'], codec: outputCodec(networks.verge) },
  { chain: 'bip122:7497ea1b465eb39f1c8f507bc877078f', tickers: ['DGB'], codec: outputCodec(networks.digibyte) },
  { chain: 'slip44:899', tickers: ['XEC'], codec: cashCodec('ecash', networks.withoutWitness) },
  { chain: 'eip155:1', tickers: ['ETH'], codec: evm },
  { chain: 'eip155:61', tickers: ['ETC'], codec: evm },
  { chain: 'eip155:42161', tickers: ['ARB'], codec: evm },
  { chain: 'eip155:56', tickers: ['BSC', 'BEP20'], codec: evm },
  { chain: 'eip155:137', tickers: ['MATIC', 'POL'], codec: evm },
  { chain: 'eip155:43114', tickers: ['AVAX'], codec: evm },
  { chain: 'eip155:250', tickers: ['FTM'], codec: evm },
  { chain: 'eip155:10', tickers: ['OP'], codec: evm },
  { chain: 'eip155:8453', tickers: ['BASE'], codec: evm },
  { chain: 'eip155:30', tickers: ['RBTC', 'RSK'], codec: evmCodec(30) },
  { chain: 'eip155:31', tickers: [], codec: evmCodec(31) },
  { chain: 'eip155:820', tickers: ['CLO', 'CALLISTO'], codec: evm },
  { chain: 'eip155:321', tickers: ['KCS'], codec: evm },
  { chain: 'eip155:19', tickers: ['SGB'], codec: evm },
  { chain: 'tron:0x2b6653dc', tickers: ['TRX', 'TRON'], codec: tronCodec },
  { chain: 'xrpl:0', tickers: ['XRP', 'RIPPLE'], codec: xrpCodec },
  { chain: 'slip44:128', tickers: ['XMR'], codec: moneroCodec },
  { chain: 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp', tickers: ['SOL'], codec: solanaCodec },
  { chain: 'cosmos:cosmoshub-4', tickers: ['ATOM'], codec: bech32Account('cosmos') },
  { chain: 'cosmos:Binance-Chain-Tigris', tickers: ['BEP2'], codec: bech32Account('bnb') },
  { chain: 'cosmos:phoenix-1', tickers: ['LUNA', 'LUNA2'], codec: bech32Account('terra') },
  {
    chain: 'antelope:aca376f206b8fc25a6ed44dbdc66547c',
    tickers: ['EOS'],
    codec: textCodec(/^[a-z1-5](?:[a-z1-5.]{0,10}[a-z1-5]|[a-z1-5.]{11}[a-j1-5])?$/),
  },
  {
    chain: 'cip34:1-764824073',
    tickers: ['ADA'],
    codec: textCodec(new RegExp(`^(?:addr1[02-9ac-hj-np-z]{53,103}|(?:Ae2|DdzFF)${base58}{50,104})$`)),
  },
  { chain: 'stellar:pubnet', tickers: ['XLM'], codec: textCodec(/^G[A-Z2-7]{55}$/) },
  { chain: 'algorand:wGHE2Pwdvd7S12BL5FaOP20EGYesN73k', tickers: ['ALGO'], codec: textCodec(/^[A-Z2-7]{58}$/) },
  {
    chain: 'tezos:NetXdQprcVkpaWU',
    tickers: ['XTZ'],
    codec: textCodec(new RegExp(`^(?:tz[1-4]|KT1)${base58}{33}$`), base58Checked),
  },
  {
    chain: 'polkadot:91b171bb158e2d3848fa23a9f1c25182',
    tickers: ['DOT'],
    codec: textCodec(new RegExp(`^1${base58}{45,47}$`)),
  },
  {
    chain: 'polkadot:b0a8d493285c2df73290dfb7e61f870f',
    tickers: ['KSM'],
    codec: textCodec(new RegExp(`^[A-Z]${base58}{46}$`)),
  },
  {
    chain: 'fil:f',
    tickers: ['FIL'],
    codec: textCodec(/^f(?:0[0-9]{1,20}|[12][a-z2-7]{39}|3[a-z2-7]{84}|4[0-9]{1,20}f[a-z2-7]{1,90})$/),
  },
  { chain: 'slip44:888', tickers: ['NEO'], codec: textCodec(new RegExp(`^[AN]${base58}{33}$`), base58Checked) },
  { chain: 'slip44:818', tickers: ['VET'], codec: evm },
  {
    chain: 'slip44:313',
    tickers: ['ZIL', 'ZILLIQA', 'ZILIQA'],
    codec: textCodec(/^(?:zil1[02-9ac-hj-np-z]{38}|0x[0-9a-fA-F]{40})$/),
  },
  { chain: 'slip44:42', tickers: ['DCR'], codec: textCodec(new RegExp(`^D[a-z]${base58}{33}$`)) },
];

const codecs = new Map(known.map(({ chain, codec }) => [chain, codec]));
const namespaces: Readonly<Record<string, AddressCodec>> = { eip155: evm, tron: tronCodec, solana: solanaCodec };
const drillOutputs = outputCodec(networks.drill);
const anyText = textCodec();

/** How addresses of the chain are kept; of a chain that is not known here, as text. */
export function addressCodec(chain: string): AddressCodec {
  if (drillKinOf(chain) === 'outputs') return drillOutputs;
  return codecs.get(chain) ?? namespaces[namespaceOf(chain)] ?? anyText;
}

/** Whether the chain's addresses have a form at all, so that a text can be seen to be one. */
export const hasForm = (chain: string): boolean => addressCodec(chain) !== anyText;

/** What lists call the chain's coin; null where they have no name for it. */
export function tickerOf(chain: string): string | null {
  return known.find((it) => it.chain === chain)?.tickers[0] ?? null;
}

/** Every chain that is known by name. */
export const knownChains: readonly ChainId[] = known.map(({ chain }) => chain as ChainId);

const byTicker = new Map(known.flatMap(({ chain, tickers }) => tickers.map((ticker) => [ticker, chain as ChainId])));

/** Tokens, and coins with two chains, stand on several; the address tells which. In the order in which they are tried. */
const tokenChains: ReadonlyMap<string, readonly string[]> = new Map([
  ['USDT', ['ETH', 'TRX', 'BTC', 'SOL', 'ALGO', 'XTZ']],
  ['USDC', ['ETH', 'TRX', 'SOL', 'ALGO', 'XLM']],
  ['BNB', ['BSC', 'BEP2']],
  ...['DAI', 'WBTC', 'WETH'].map((token): [string, string[]] => [token, ['ETH']]),
  ...['GMT', 'GST', 'SRM', 'OXY', 'POLIS', 'ATLAS'].map((token): [string, string[]] => [token, ['SOL']]),
]);

/**
 * The chain that a list means by a ticker: of a coin its own, of a token (`USDT`) the first of its chains on which the
 * text is an address, or where it is an address on none of them, its first. Null where the ticker is not known.
 */
export function chainOfTicker(ticker: string, address: string): ChainId | null {
  const upper = ticker.trim().toUpperCase();
  const coin = byTicker.get(upper);
  if (coin !== undefined) return coin;
  const chains = (tokenChains.get(upper) ?? []).flatMap((it) => byTicker.get(it) ?? []);
  return chains.find((chain) => addressCodec(chain).stored(address) !== null) ?? chains[0] ?? null;
}
