/**
 * Why what a desk told of a case or of a request cannot be true: it ends the sentence of a problem, in both languages. Of hold requests
 * see `hold-desk-terms.ts`.
 */
export const claimTerms = {
  name: { en: 'its identifier is not that of its content', ko: '식별자가 내용과 일치하지 않습니다' },
  of: { en: 'it is said to be of {desk}', ko: '{desk} 데스크의 것으로 되어 있습니다' },
  another: { en: 'it speaks for another desk', ko: '다른 데스크의 의사를 대신 표시하고 있습니다' },
  fact: { en: 'it has the name of another fact', ko: '다른 항목의 이름이 붙어 있습니다' },
  changes: { en: 'it is one change too many', ko: '한 항목의 변경 한도를 초과하였습니다' },
  noEvidence: {
    en: 'it names the act that made evidence of it, and is none',
    ko: '증거 전환 기록이 있으나 증거로 표시되어 있지 않습니다',
  },
  seenChange: {
    en: 'it has seen change {n} of {desk}, which there is not',
    ko: '{desk} 데스크에 없는 변경({n}번)을 확인한 것으로 되어 있습니다',
  },
  caseFull: { en: 'more than {limit} changes of one case', ko: '한 수사 건의 변경이 한도인 {limit}건을 초과합니다' },
  unwritten: {
    en: 'it makes evidence of what nobody had written',
    ko: '작성된 적이 없는 내용을 증거로 전환하고 있습니다',
  },
  noAct: {
    en: '{desk} did not make evidence of it at {at} on this basis',
    ko: '{desk} 데스크가 {at}에 해당 근거로 증거로 전환한 기록이 없습니다',
  },
  between: { en: 'it is said to be between {from} and {to}', ko: '{from}와(과) {to} 사이의 요청으로 되어 있습니다' },
  others: { en: 'the request is between others', ko: '다른 데스크 사이의 요청입니다' },
  notAsked: { en: 'this desk asked nothing of the kind', ko: '이 데스크에서 보낸 요청이 아닙니다' },
  seenEvent: {
    en: 'it has seen event {n} of {desk}, which there is not',
    ko: '{desk} 데스크에 없는 처리 기록({n}번)을 확인한 것으로 되어 있습니다',
  },
  events: { en: 'more than {limit} events', ko: '처리 기록이 한도인 {limit}건을 초과합니다' },
} as const;
