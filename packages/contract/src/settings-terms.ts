import type { Text } from './text.ts';

/** Where settings come from, and what has no name in them. */
export const settingsTerms = {
  topLevel: { en: 'top level', ko: '최상위 항목' },
  notValid: { en: 'not valid', ko: '올바르지 않습니다' },
  given: { en: 'the command line or the environment', ko: '명령줄 또는 환경 변수' },
  givenBeside: {
    en: '{file}, the environment or the command line',
    ko: '{file}, 환경 변수 또는 명령줄',
  },
} as const satisfies Record<string, Text>;
