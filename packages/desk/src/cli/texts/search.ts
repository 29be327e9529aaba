import type { Text } from '@gongjo/contract';

/** Texts of `gongjo search`. Part of `texts`. */
export const searchTexts = {
  search: {
    en: 'everything that the desk has of a name, a number, an address, or of all that a text names',
    ko: '이름, 번호, 주소 또는 글에 포함된 모든 항목에 관하여 데스크가 보유한 정보를 검색합니다',
  },
  searchText: { en: 'what to look for', ko: '검색할 내용' },
  searchFile: { en: 'look up everything that this file names', ko: '이 파일에 포함된 모든 항목을 조회합니다' },
  searchLength: { en: '{length} letters, not 1 to {limit}', ko: '{length}자로 1~{limit}자를 벗어납니다' },
  foundNothing: { en: 'The desk knows nothing of this.', ko: '데스크에 해당하는 정보가 없습니다.' },
  foundMore: { en: '{count} more were not looked up.', ko: '{count}건은 조회하지 않았습니다.' },
  foundAlike: {
    en: 'Warning: {address} has the same ends as the known address {other}: possible address poisoning.',
    ko: '주의: {address}은(는) 알려진 주소 {other}와(과) 앞뒤가 같습니다. 유사 주소 기만일 수 있습니다.',
  },
  foundIncident: { en: 'incident', ko: '사건' },
  foundCase: { en: 'case', ko: '수사 건' },
  foundHold: { en: 'hold request', ko: '동결 요청' },
  foundObject: { en: 'object', ko: '정보 객체' },
  foundEntry: { en: 'directory', ko: '기관 명부' },
  foundPartner: { en: 'partner', ko: '협력기관' },
  columnThing: { en: 'found', ko: '항목' },
  columnKnown: { en: 'known', ko: '확인' },
  columnTagged: { en: 'tags', ko: '태그' },
  columnNamedIn: { en: 'incidents', ko: '사건' },
  isKnown: { en: 'yes', ko: '확인됨' },
  isUnknown: { en: 'no', ko: '정보 없음' },
} as const satisfies Record<string, Text>;
