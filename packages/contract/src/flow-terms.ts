/** The words of a flow picture. Part of `terms`. */
export const flowTerms = {
  flow: {
    forward: { en: 'Where the value went', ko: '자산의 행방' },
    backward: { en: 'Where the value came from', ko: '자산의 출처' },
    asOf: { en: 'As of block {height} of {time}, hash {hash}', ko: '기준 블록 {height}번, {time}, 해시 {hash}' },
    chain: { en: 'Chain {chain}', ko: '체인 {chain}' },
    lead: { en: 'From {lead}', ko: '단서 {lead}' },
    more: { en: '{lead} and {count} more', ko: '{lead} 외 {count}건' },
    method: { en: 'Method: {method}', ko: '추적 방법: {method}' },
    drawnAll: { en: 'All {count} flows are drawn.', ko: '흐름 {count}건을 모두 표시하였습니다.' },
    drawnPart: {
      en: 'Drawn are the {drawn} largest of {count} flows; left out: {left}.',
      ko: '전체 흐름 {count}건 중 규모가 큰 {drawn}건만 표시하였으며 {left}건은 생략하였습니다.',
    },
    covered: {
      en: 'Of all {symbol} at stops, {percent} % stands at addresses drawn here.',
      ko: '종착점에 있는 {symbol} 중 {percent}%가 표시된 주소에 있습니다.',
    },
    nothing: { en: 'There is no flow to draw.', ko: '표시할 흐름이 없습니다.' },
    source: { en: 'New or unknown coins', ko: '신규 발행 또는 출처 미상' },
    fee: { en: 'Fees', ko: '수수료' },
    burned: { en: 'Destroyed', ko: '소각' },
    block: { en: 'block {height}', ko: '{height}번 블록' },
    thickness: {
      en: 'Time goes right. Thickness: square root of the share of all that is followed. ≈: cut off; exact amounts stand in the trace.',
      ko: '왼쪽에서 오른쪽으로 시간순. 굵기는 전체 추적 금액 대비 비율의 제곱근. ≈는 절사한 금액이며 정확한 금액은 추적 결과에 있습니다.',
    },
    swap: { en: 'Swap', ko: '교환' },
  },
} as const;
