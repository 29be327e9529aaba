import { analysisTerms } from './analysis-terms.ts';
import { directoryTerms } from './directory-terms.ts';
import { flowTerms } from './flow-terms.ts';
import type { incidentKinds, timelineKinds, tlpLevels } from './incident.ts';
import type { pathEnds } from './path.ts';
import { patternTerms } from './pattern-terms.ts';
import type { releasePurposes } from './sharing.ts';
import type { refusalReasons, tagAbuses, tagCategories, tagChanges } from './tag.ts';
import type { Terms } from './text.ts';
import type { freezers } from './totals.ts';
import type { certainties, decoyKinds, gapKinds, hopRules, stopKinds } from './trace.ts';
import { watchTerms } from './watch-terms.ts';

/** The field's words in both languages, by the code that the data carries. Shared by the pages and the command line. */
export const terms = {
  person: {
    /** Whoever signs in with a desk's first link. */
    dutyOfficer: { en: 'duty officer', ko: '당직자' },
  },
  ...analysisTerms,
  ...directoryTerms,
  ...flowTerms,
  ...patternTerms,
  ...watchTerms,
  stop: {
    unspent: { en: 'Unspent', ko: '미이동' },
    service: { en: 'At a service', ko: '서비스 도달' },
    mixer: { en: 'Into a mixer', ko: '믹서 유입' },
    coinjoin: { en: 'Into a CoinJoin', ko: '코인조인 유입' },
    bridge: { en: 'Into a bridge', ko: '브리지 유입' },
    hub: { en: 'Too busy to follow', ko: '다량 거래 주소' },
    limit: { en: 'Limit reached', ko: '추적 한도 도달' },
    small: { en: 'Too small to follow', ko: '소액으로 추적 제외' },
    fee: { en: 'Paid as fees', ko: '수수료 지급' },
    burned: { en: 'Destroyed', ko: '소각' },
    mined: { en: 'Newly issued', ko: '신규 발행' },
    'before-ledger': { en: 'From before the ledger', ko: '원장 시작 이전' },
  } satisfies Terms<typeof stopKinds>,
  category: {
    exchange: { en: 'Exchange', ko: '거래소' },
    mixer: { en: 'Mixer', ko: '믹서' },
    dex: { en: 'Decentralised exchange', ko: '탈중앙화 거래소' },
    bridge: { en: 'Bridge', ko: '브리지' },
    theft: { en: 'Theft', ko: '탈취' },
    service: { en: 'Service', ko: '서비스' },
    coinjoin: { en: 'CoinJoin', ko: '코인조인' },
    defi: { en: 'DeFi protocol', ko: '디파이 프로토콜' },
    wallet: { en: 'Custodial wallet', ko: '수탁형 지갑' },
    payment: { en: 'Payment processor', ko: '결제 대행' },
    gambling: { en: 'Gambling', ko: '도박' },
    market: { en: 'Marketplace', ko: '온라인 장터' },
    miner: { en: 'Miner', ko: '채굴자' },
    organization: { en: 'Organisation', ko: '단체' },
    person: { en: 'Person', ko: '개인' },
    scam: { en: 'Scam', ko: '사기' },
    ransomware: { en: 'Ransomware', ko: '랜섬웨어' },
    extortion: { en: 'Extortion', ko: '갈취' },
    terrorism: { en: 'Terrorism and extremism', ko: '테러 및 극단주의' },
    sanctioned: { en: 'Sanctioned', ko: '제재 대상' },
    frozen: { en: 'Frozen by the issuer', ko: '발행사 동결' },
    other: { en: 'Other', ko: '기타' },
  } satisfies Terms<typeof tagCategories>,
  abuse: {
    theft: { en: 'Theft', ko: '탈취' },
    scam: { en: 'Scam', ko: '사기' },
    phishing: { en: 'Phishing', ko: '피싱' },
    'investment-fraud': { en: 'Investment fraud', ko: '투자 사기' },
    ponzi: { en: 'Ponzi scheme', ko: '폰지 사기' },
    pyramid: { en: 'Pyramid scheme', ko: '다단계 사기' },
    'card-fraud': { en: 'Payment card fraud', ko: '카드 사기' },
    'money-laundering': { en: 'Money laundering', ko: '자금 세탁' },
    ransomware: { en: 'Ransomware', ko: '랜섬웨어' },
    extortion: { en: 'Extortion', ko: '갈취' },
    sextortion: { en: 'Sextortion', ko: '성 착취 협박' },
    'child-abuse': { en: 'Child sexual abuse', ko: '아동 성착취' },
    extremism: { en: 'Violent extremism', ko: '폭력적 극단주의' },
    terrorism: { en: 'Terrorism', ko: '테러' },
    'dark-web': { en: 'Dark web', ko: '다크웹' },
    sanction: { en: 'On a sanctions list', ko: '제재 명단 등재' },
    other: { en: 'Other abuse', ko: '기타 악용' },
  } satisfies Terms<typeof tagAbuses>,
  tagChange: {
    added: { en: 'added', ko: '추가' },
    changed: { en: 'changed', ko: '변경' },
    removed: { en: 'removed', ko: '삭제' },
  } satisfies Terms<typeof tagChanges>,
  refusal: {
    'address-checksum': { en: 'the checksum is wrong ({of})', ko: '체크섬 오류({of})' },
    'address-case': {
      en: 'written in one letter case, by which the address is lost ({of})',
      ko: '대소문자가 유실된 주소({of})',
    },
    'address-chain': { en: 'an address of another chain than {of}', ko: '{of}이(가) 아닌 다른 체인의 주소' },
    'address-form': { en: 'no address of {of}', ko: '{of}의 주소 형식이 아님' },
    'chain-unknown': { en: 'the chain is not known ({of})', ko: '알 수 없는 체인({of})' },
    'field-missing': { en: '{of} is missing', ko: '{of} 항목 누락' },
    'field-wrong': { en: '{of} is not valid', ko: '{of} 항목 오류' },
    'text-cut': {
      en: 'cut off at {of} characters; give the file with the rest of the remarks too',
      ko: '{of}자에서 잘림. 나머지 비고가 있는 파일을 함께 지정하십시오',
    },
  } satisfies Terms<typeof refusalReasons>,
  rule: {
    lead: { en: 'Lead', ko: '단서' },
    fifo: { en: 'First in, first out', ko: '선입선출' },
    lifo: { en: 'Last in, first out', ko: '후입선출' },
    haircut: { en: 'In proportion (haircut)', ko: '비례 배분(헤어컷)' },
    poison: { en: 'Tainted in full (poison)', ko: '전액 오염(포이즌)' },
    fee: { en: 'Fee', ko: '수수료' },
    swap: { en: 'Swap in one transaction', ko: '단일 거래 내 교환' },
  } satisfies Terms<typeof hopRules>,
  certainty: {
    exact: { en: 'On the chain’s record', ko: '체인 기록에 의함' },
    heuristic: { en: 'Heuristic', ko: '추정' },
  } satisfies Terms<typeof certainties>,
  gap: {
    'ledger-starts-late': {
      en: 'The ledger begins at block {number}; what happened before is not known.',
      ko: '원장은 {number}번 블록부터 시작하므로 그 이전의 거래는 알 수 없습니다.',
    },
    'opening-balance-unknown': {
      en: '{address} spent more than the ledger saw it receive; the missing part counts as not stolen.',
      ko: '{address}이(가) 원장에 기록된 입금액보다 많이 지출하였습니다. 부족분은 탈취 자산이 아닌 것으로 간주합니다.',
    },
    'internal-transfers-unread': {
      en: 'Traced native value entered the contract {address}; what contracts sent on in that block is not in the ledger.',
      ko: '추적 중인 기본 자산이 컨트랙트 {address}에 유입되었습니다. 해당 블록에서 컨트랙트가 내부적으로 전송한 자산은 원장에 없습니다.',
    },
    'complex-transaction': {
      en: 'In transaction {txid} several assets were given and taken at once; it is followed as plain transfers.',
      ko: '거래 {txid}에서 여러 자산이 동시에 교환되었습니다. 단순 이체로 추적합니다.',
    },
    'swap-unverified': {
      en: 'The swap in transaction {txid} went through {address}, which no tag names as an exchange.',
      ko: '거래 {txid}의 교환은 거래소로 확인되지 않은 {address}을(를) 통해 이루어졌습니다.',
    },
    'bound-reached': {
      en: 'The trace stopped at its limit of {number}.',
      ko: '추적이 한도({number})에 도달하여 중단되었습니다.',
    },
    'inputs-unknown': {
      en: 'Transaction {txid} spends outputs that the ledger does not hold; their value counts as not stolen.',
      ko: '거래 {txid}은(는) 원장에 없는 출력을 사용하였습니다. 해당 금액은 탈취 자산이 아닌 것으로 간주합니다.',
    },
    'history-truncated': {
      en: '{address} has more than {number} movements; those beyond that number are not looked at.',
      ko: '{address}의 이동 내역이 {number}건을 초과하여 초과분은 확인하지 않았습니다.',
    },
  } satisfies Terms<typeof gapKinds>,
  freezer: {
    holder: { en: 'By whoever holds it for customers', ko: '수탁 사업자 동결 가능' },
    issuer: { en: 'By the issuer of the token', ko: '토큰 발행사 동결 가능' },
    none: { en: 'By nobody', ko: '동결 불가' },
    unknown: { en: 'Not known', ko: '확인되지 않음' },
  } satisfies Terms<typeof freezers>,
  pathEnd: {
    arrived: { en: 'Path found; steps: {number}', ko: '경로 있음, {number}단계' },
    exhausted: {
      en: 'There is no path. The search does not go through services, mixers, CoinJoins, payouts and hubs.',
      ko: '경로가 없습니다. 서비스, 믹서, 코인조인, 일괄 지급, 다량 거래 주소는 경유지로 보지 않습니다.',
    },
    hops: {
      en: 'There is no path of up to {number} steps; the search ended at this limit (--hops-max).',
      ko: '{number}단계 이내의 경로가 없습니다. 단계 수 한도(--hops-max)에서 탐색을 종료하였습니다.',
    },
    width: {
      en: 'No path was found; the search ended at its limit of {number} places looked at (--addresses-max).',
      ko: '경로를 찾지 못하였습니다. 확인 대상 수 한도 {number}건(--addresses-max)에서 탐색을 종료하였습니다.',
    },
  } satisfies Terms<typeof pathEnds>,
  decoy: {
    'zero-value': { en: 'Zero-value transfer', ko: '0원 전송' },
    'look-alike-address': { en: 'Look-alike address', ko: '유사 주소' },
    'look-alike-symbol': { en: 'Look-alike token', ko: '유사 토큰' },
    unsolicited: { en: 'Unsolicited token', ko: '요청하지 않은 토큰' },
  } satisfies Terms<typeof decoyKinds>,
  incidentKind: {
    theft: { en: 'Theft', ko: '탈취' },
    ransomware: { en: 'Ransomware', ko: '랜섬웨어' },
    'abuse-payment': { en: 'Payment to an abuse site', ko: '아동 성착취물 사이트 결제' },
    fraud: { en: 'Fraud', ko: '사기' },
    sanctions: { en: 'Sanctions', ko: '제재' },
  } satisfies Terms<typeof incidentKinds>,
  timeline: {
    opened: { en: 'Incident opened', ko: '사건 등록' },
    received: { en: 'Received from {who}', ko: '{who}에서 접수' },
    moved: { en: '{amount} moved on to {address}', ko: '{amount} 이동 → {address}' },
    swapped: { en: '{amount} swapped at {address}', ko: '{amount} 교환 ({address})' },
    deposited: { en: '{amount} reached {who}', ko: '{amount} {who} 도달' },
    mixed: { en: '{amount} entered {who}', ko: '{amount} {who} 유입' },
    decoy: { en: 'Decoys seen and not followed: {count}', ko: '기만 거래 {count}건 확인, 추적 제외' },
    sighted: {
      en: '{who} saw money from {address} reach a service',
      ko: '{who}에서 {address} 자금의 서비스 도달을 확인하였습니다',
    },
    released: { en: '{count} objects released to {who}', ko: '{who}에 {count}건 제공' },
    refused: { en: '{count} objects not released to {who}', ko: '{who}에 {count}건 미제공' },
    receipted: { en: 'Receipt from {who} for {count} objects', ko: '{who} 수령 확인 {count}건' },
    reorganised: {
      en: 'The chain reorganised from block {count}; the trace was made again',
      ko: '{count}번 블록부터 체인이 재구성되어 다시 추적하였습니다',
    },
    revised: { en: 'New version from {who}', ko: '{who}에서 새 버전 접수' },
    recalled: { en: '{who} recalled {count} objects', ko: '{who}에서 {count}건 회수' },
    'approval-asked': {
      en: 'Approval asked to release {count} objects to {who}',
      ko: '{who}에 {count}건 제공 승인 요청',
    },
    'approval-given': { en: '{who} approved the release of {count} objects', ko: '{who} {count}건 제공 승인' },
    'approval-refused': { en: '{who} refused the release of {count} objects', ko: '{who} {count}건 제공 승인 거부' },
    'consent-asked': {
      en: 'Consent asked to pass {count} objects on to {who}',
      ko: '{who}에 {count}건 제3기관 제공 동의 요청',
    },
    'consent-given': { en: '{who} agreed that {count} objects are passed on', ko: '{who} {count}건 제3기관 제공 동의' },
    'consent-refused': {
      en: '{who} did not agree that {count} objects are passed on',
      ko: '{who} {count}건 제3기관 제공 동의 거부',
    },
    'reported-again': { en: 'Reported again by {who}', ko: '{who} 추가 신고 접수' },
    joined: { en: '{who} joined it with another report', ko: '{who} 다른 신고와 병합' },
    'kept-apart': { en: '{who} kept it apart from another report', ko: '{who} 다른 신고와 별건으로 판단' },
    notified: { en: '{who} told', ko: '{who} 통지 완료' },
    acknowledged: { en: '{who} acknowledged', ko: '{who} 확인' },
    escalated: { en: 'Not acknowledged; {who} told', ko: '미확인에 따라 {who}에 상향 통지' },
    'hold-sent': { en: 'Hold request sent to {who}', ko: '{who}에 동결 요청 발송' },
    'hold-answered': { en: 'Hold request to {who}: new state', ko: '{who}에 대한 동결 요청 상태 변경' },
    'hold-expiring': { en: 'The hold at {who} ends soon', ko: '{who}의 동결 만료 임박' },
    'hold-expired': { en: 'The hold at {who} has ended', ko: '{who}의 동결 만료' },
    'hold-unacknowledged': {
      en: 'No acknowledgement of the hold request by {who}',
      ko: '{who}의 동결 요청 접수 미확인',
    },
  } satisfies Terms<typeof timelineKinds>,
  tlp: {
    clear: { en: 'TLP:CLEAR', ko: 'TLP:CLEAR' },
    green: { en: 'TLP:GREEN', ko: 'TLP:GREEN' },
    amber: { en: 'TLP:AMBER', ko: 'TLP:AMBER' },
    'amber+strict': { en: 'TLP:AMBER+STRICT', ko: 'TLP:AMBER+STRICT' },
    red: { en: 'TLP:RED', ko: 'TLP:RED' },
  } satisfies Terms<typeof tlpLevels>,
  purpose: {
    investigation: { en: 'Investigation', ko: '수사' },
    warning: { en: 'Warning', ko: '경보' },
    research: { en: 'Research', ko: '연구' },
  } satisfies Terms<typeof releasePurposes>,
} as const;
