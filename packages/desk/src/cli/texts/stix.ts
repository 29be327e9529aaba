import type { Text } from '@gongjo/contract';

/** Texts of `gongjo stix …`. Part of `texts`. */
export const stixTexts = {
  stixGroup: { en: 'STIX 2.1 files', ko: 'STIX 2.1 파일을 다룹니다' },
  stixValidate: {
    en: 'says what is wrong with the objects of files; needs no desk',
    ko: '파일에 담긴 객체의 오류를 알려 줍니다. 데스크가 없어도 실행됩니다',
  },
  stixFiles: {
    en: 'files with a STIX 2.1 bundle, a TAXII envelope, a list of objects or one object',
    ko: 'STIX 2.1 번들, TAXII 엔벨로프, 객체 목록 또는 객체 하나를 담은 파일',
  },
  stixFileValid: { en: '{file}: {objects} objects, all valid', ko: '{file}: 객체 {objects}개 모두 유효' },
  stixFileInvalid: {
    en: '{file}: {objects} objects valid, {rejected} not',
    ko: '{file}: 유효한 객체 {objects}개, 오류가 있는 객체 {rejected}개',
  },
  stixFileRefused: { en: '{file}: {detail} ({path})', ko: '{file}: {detail} ({path})' },
  stixFileUnread: { en: '{file}: not read', ko: '{file}: 읽지 못함' },
  stixMore: { en: '… and {count} more', ko: '… 외 {count}개' },
  stixNotes: {
    en: 'Notes (valid all the same):',
    ko: '참고(오류는 아님):',
  },
} satisfies Record<string, Text>;
