import type { Text } from '@gongjo/contract';

/** What the letters write by themselves; everything else stands in their templates. */
export const letterTexts = {
  days: { en: '{count} days', ko: '{count}일' },
  validity: { en: 'it is valid from {from} until {until}', ko: '유효 기간이 {from}부터 {until}까지입니다' },
  draft: { en: 'DRAFT – not approved, not signed', ko: '기안 중 – 미결재, 미서명' },
  page: { en: 'Page {page} of {pages}', ko: '{page} / {pages}쪽' },
} as const satisfies Record<string, Text>;
