import type { disclosures, identifierKinds, overlapLevels, overlapSigns } from './overlap.ts';
import type { Terms } from './text.ts';

/** Words of private comparisons. */
export const overlapTerms = {
  /** The purpose of what a desk asks by itself; the English one is what is signed. */
  automatic: { en: 'whether the other desk works on the same', ko: '동일 대상을 다루는지 자동 확인' },
  /** Why a comparison is over. */
  over: {
    quota: {
      en: '{count} questions are more than the agreed quota',
      ko: '질의 {count}건은 합의한 허용량을 초과합니다',
    },
    epoch: { en: 'an epoch ended meanwhile', ko: '진행 중 비교 키가 교체되었습니다' },
    unanswered: { en: 'it was not answered within a day', ko: '하루 안에 회신이 없었습니다' },
    unreturned: { en: 'it returned nothing within a day', ko: '하루 안에 결과를 돌려받지 못하였습니다' },
  },
  kind: {
    address: { en: 'Address', ko: '주소' },
    entity: { en: 'Entity', ko: '클러스터' },
    transaction: { en: 'Transaction', ko: '거래' },
    iban: { en: 'IBAN', ko: 'IBAN 계좌' },
    account: { en: 'Bank account', ko: '은행 계좌' },
    phone: { en: 'Telephone number', ko: '전화번호' },
    email: { en: 'E-mail', ko: '전자우편' },
    domain: { en: 'Domain', ko: '도메인' },
    user: { en: 'User name', ko: '사용자 이름' },
  } satisfies Terms<typeof identifierKinds>,
  disclosure: {
    open: { en: 'Contact and case reference', ko: '담당자와 사건 번호 공개' },
    contact: { en: 'Contact only', ko: '담당자만 공개' },
    silent: { en: 'Nothing', ko: '비공개' },
  } satisfies Terms<typeof disclosures>,
  level: {
    calm: { en: 'Like work on cases', ko: '정상' },
    notice: { en: 'Unusual', ko: '주의' },
    alarm: { en: 'Like a search of everything', ko: '전수 탐색 의심' },
  } satisfies Terms<typeof overlapLevels>,
  sign: {
    refused: { en: 'went on asking beyond the quota', ko: '허용량 초과 후에도 질의 계속' },
    'used-up': { en: 'used up nearly a whole day’s quota', ko: '1일 허용량 거의 소진' },
    unusual: { en: 'asked many times what it usually asks', ko: '평소보다 현저히 많은 질의' },
    'never-seen': { en: 'nearly nothing of it is in common', ko: '중복이 거의 없는 대량 질의' },
    'round-the-clock': { en: 'asks round the clock', ko: '쉬는 시간 없는 질의' },
  } satisfies Terms<typeof overlapSigns>,
} as const;
