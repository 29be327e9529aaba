import type { Text } from '@gongjo/contract';

/** What the letters write by themselves; everything else stands in their templates. */
export const letterTexts = {
  days: { en: '{count} days', ko: '{count}일' },
  none: { en: 'none', ko: '없음' },
  draft: { en: 'DRAFT – not approved, not signed', ko: '기안 중 – 미결재, 미서명' },
  page: { en: 'Page {page} of {pages}', ko: '{page} / {pages}쪽' },
} as const satisfies Record<string, Text>;
