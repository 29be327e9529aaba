import { fill, type Text } from '@gongjo/contract';
import { denominations } from './action.ts';
import { amountText } from './amount-text.ts';
import { coinDecimals, tokenDecimals } from './assets.ts';
import type { Scheme } from './scheme.ts';
import type { StepId } from './steps.ts';

/** What a person reads at each step. */
const texts: Readonly<Record<StepId, Text>> = {
  drain: {
    en: 'The thief drains {won} and {coin} from the hot wallet of Hangang Exchange.',
    ko: '한강거래소 핫월릿에서 자산이 탈취되었습니다: {won}, {coin}',
  },
  split: {
    en: 'The won are split over {splits} addresses; stolen coin pays their gas.',
    ko: '원화 토큰을 {splits}개 주소로 분산하고, 수수료로 쓸 코인도 탈취 자산에서 보냈습니다.',
  },
  poison: {
    en: 'A helper plants {splits} zero-value transfers to look-alike addresses, and dust.',
    ko: '공범이 유사 주소로 향하는 0원 전송 {splits}건과 소액 전송을 심었습니다.',
  },
  'mix-coin': {
    en: 'A mixer takes {coinMixed}.',
    ko: '믹서에 자산이 유입되었습니다: {coinMixed}',
  },
  swap: {
    en: 'Two addresses swap won for dollars at a decentralised exchange; one of them mixes in money of its own.',
    ko: '두 주소가 탈중앙화 거래소에서 원화 토큰을 달러 토큰으로 교환하였습니다. 그중 한 주소에는 탈취 이전의 자금이 섞여 있습니다.',
  },
  consolidate: {
    en: 'The dollars are brought together at one address.',
    ko: '달러 토큰을 한 주소로 모았습니다.',
  },
  counterfeit: {
    en: 'A counterfeit token with the same name claims that the loot went to Pacific Exchange.',
    ko: '이름이 같은 위조 토큰이 탈취 자산을 퍼시픽거래소로 보낸 것처럼 꾸몄습니다.',
  },
  peel: {
    en: 'A peel chain of {hops} hops leaves a slice at every hop.',
    ko: '{hops}단계에 걸쳐 자금을 옮기면서 단계마다 일부를 떼어 놓았습니다.',
  },
  'pay-trader': {
    en: 'A trader who knows nothing is paid with loot, and pays a customer.',
    ko: '사정을 모르는 거래 상대에게 탈취 자산을 지급하였고, 그 거래 상대는 고객에게 지급하였습니다.',
  },
  'mix-won': {
    en: 'A second mixer takes {wonMixed}.',
    ko: '두 번째 믹서에 자산이 유입되었습니다: {wonMixed}',
  },
  'deposit-dollars': {
    en: 'Dollars reach a deposit address of Pacific Exchange in the United States.',
    ko: '달러 토큰이 미국 퍼시픽거래소의 입금 주소에 도달하였습니다.',
  },
  'deposit-won': {
    en: 'A mule brings the won from the end of the peel chain to the same deposit address.',
    ko: '운반책이 마지막 단계의 원화 토큰을 같은 입금 주소로 보냈습니다.',
  },
  burn: {
    en: 'The thief destroys a little, so that sums do not add up.',
    ko: '탈취범이 합계가 맞지 않도록 일부를 소각하였습니다.',
  },
  unmix: {
    en: 'Both mixers pay out to fresh addresses, which nothing ties to the thief.',
    ko: '두 믹서가 새 주소로 지급하였으며, 이 주소를 탈취범과 잇는 기록은 없습니다.',
  },
  sweep: {
    en: 'Pacific Exchange sweeps the deposit address to its hot wallet.',
    ko: '퍼시픽거래소가 입금 주소의 자산을 핫월릿으로 옮겼습니다.',
  },
  'last-decoys': {
    en: 'Last decoys: transfers of nothing, and of money that does not exist.',
    ko: '마지막 기만 거래입니다. 금액이 없거나 존재하지 않는 자산의 전송입니다.',
  },
};

export function stepText(id: StepId, scheme: Scheme): Text {
  const won = (units: bigint) => amountText(units, { symbol: 'KRWT', decimals: tokenDecimals });
  const coin = (units: bigint) => amountText(units, { symbol: 'ETH', decimals: coinDecimals });
  const values = {
    won: won(scheme.stolenWon),
    coin: coin(scheme.stolenCoin),
    splits: scheme.splits.length,
    hops: scheme.hops.length,
    coinMixed: coin(denominations.coin * BigInt(scheme.coinNotes.length)),
    wonMixed: won(denominations.won * BigInt(scheme.wonNotes.length)),
  };
  return { en: fill(texts[id].en, values), ko: fill(texts[id].ko, values) };
}
