import type { Text } from './text.ts';

/** What exercises say of themselves. Every text that can be met alone says that it is an exercise. */
export const drillTerms = {
  mark: { en: '[DRILL]', ko: '[훈련]' },
  title: { en: '[DRILL] Two wallets of an exchange emptied', ko: '[훈련] 거래소 지갑 2곳 탈취' },
  recorded: { en: '[DRILL] A recorded incident', ko: '[훈련] 과거 사건 재현' },
  exchange: { en: '[DRILL] {country} exchange {number}', ko: '[훈련] {country} 거래소 {number}' },
  issuer: { en: '[DRILL] Issuer of the dollar', ko: '[훈련] 달러 토큰 발행사' },
  /** Why what was shared is taken back at the end. */
  ended: {
    en: 'The exercise has ended; nothing of it happened.',
    ko: '훈련이 종료되었습니다. 실제 사건이 아닙니다.',
  },
  watchReason: { en: '[DRILL] wallet of an earlier case', ko: '[훈련] 이전 사건의 지갑' },
} as const satisfies Record<string, Text>;
