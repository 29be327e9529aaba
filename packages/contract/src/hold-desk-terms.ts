import type { HoldWord, holdCarriages } from './hold-desk.ts';
import type { Terms, Text } from './text.ts';

/** Words of hold requests between desks, in both languages. */
export const holdDeskTerms = {
  word: {
    acknowledge: { en: 'Acknowledged', ko: '접수 확인' },
    hold: { en: 'Held', ko: '동결' },
    extend: { en: 'Extended', ko: '기간 연장' },
    release: { en: 'Released', ko: '동결 해제' },
    refuse: { en: 'Refused', ko: '거절' },
    file: { en: 'File sent', ko: '자료 송부' },
  } satisfies { readonly [event in HoldWord['event']]: Text },
  carriage: {
    kept: { en: 'not released by policy', ko: '정책에 따라 미제공' },
    waiting: { en: 'on its way', ko: '전송 중' },
    accepted: { en: 'received there, signed', ko: '상대 데스크 수령 확인(전자서명)' },
    refused: { en: 'refused there', ko: '상대 데스크에서 거절' },
  } satisfies Terms<typeof holdCarriages>,
  /** Why what a desk told cannot be true. */
  fault: {
    name: { en: 'its identifier is not that of its content', ko: '식별자가 내용과 일치하지 않습니다' },
    between: { en: 'it is said to be from {from} to {to}', ko: '{from}에서 {to}(으)로 보낸 요청으로 되어 있습니다' },
    notAsked: { en: '{desk} was not asked', ko: '{desk}에 보낸 요청이 아닙니다' },
    another: { en: 'word {n} was another', ko: '{n}번째 회신의 내용이 이전과 다릅니다' },
    noFile: { en: 'no request or answer names such a file', ko: '요청이나 회신에 기재되지 않은 파일입니다' },
  },
} as const;
