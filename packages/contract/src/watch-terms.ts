import type { alertRules } from './incident.ts';
import type { Terms } from './text.ts';
import type { alertActs, watchKinds } from './watch.ts';

/** Words of alerts and watches. Part of `terms`. */
export const watchTerms = {
  alert: {
    'deposit-to-service': { en: 'Stolen funds deposited', ko: '탈취 자산 입금' },
    'mixer-entry': { en: 'Stolen funds mixed', ko: '탈취 자산 믹서 유입' },
    'indicator-moved': { en: 'Partner’s indicator moved', ko: '협력기관 지표 주소 이동' },
    'coinjoin-entry': { en: 'Stolen funds in a CoinJoin', ko: '탈취 자산 코인조인 유입' },
    'bridge-entry': { en: 'Stolen funds into a bridge', ko: '탈취 자산 브리지 유입' },
    'freezable-now': { en: 'Issuer can freeze it now', ko: '발행사 동결 가능' },
    'peel-chain': { en: 'Peel chain', ko: '필 체인(분할 인출)' },
    structuring: { en: 'Structuring', ko: '분할 거래' },
    'sleeper-wakes': { en: 'Sleeping address wakes', ko: '장기 미이동 주소 이동' },
    collection: { en: 'Collection at one address', ko: '단일 주소 집금' },
    'address-poisoning': { en: 'Address poisoning', ko: '유사 주소 기만 전송' },
    'sanctioned-counterparty': { en: 'Sanctioned counterparty', ko: '제재 대상과의 거래' },
    'watched-moved': { en: 'Watched address moved', ko: '감시 주소 이동' },
    'about-to-move': { en: 'About to move', ko: '이동 예정(미확정)' },
  } satisfies Terms<typeof alertRules>,
  alertRule: {
    'deposit-to-service': {
      en: 'Followed value came to an address that a tag says a service holds.',
      ko: '추적 중인 자산이 태그상 서비스가 보유한 주소에 도달하였습니다.',
    },
    'mixer-entry': {
      en: 'Followed value came to an address that a tag says is a mixer.',
      ko: '추적 중인 자산이 태그상 믹서 주소에 도달하였습니다.',
    },
    'indicator-moved': {
      en: 'Value left an address that a partner’s indicator names, of an incident that this desk cannot follow itself.',
      ko: '이 데스크가 직접 추적할 수 없는 사건에서 협력기관 지표의 주소가 자산을 이동하였습니다.',
    },
    'coinjoin-entry': {
      en: 'Followed value went into a transaction of the shape of a CoinJoin, or to an address that a tag says belongs to one.',
      ko: '추적 중인 자산이 코인조인 형태의 거래 또는 태그상 코인조인 주소에 유입되었습니다.',
    },
    'bridge-entry': {
      en: 'Followed value came to an address that a tag says is a bridge: it goes on, on another chain.',
      ko: '추적 중인 자산이 태그상 브리지 주소에 도달하였습니다. 다른 체인에서 이동이 계속됩니다.',
    },
    'freezable-now': {
      en: 'Followed value stands, at nobody’s service, in a token whose issuer the directory says can freeze it.',
      ko: '추적 중인 자산이 명부상 발행사가 동결할 수 있는 토큰으로 개인 주소에 남아 있습니다.',
    },
    'peel-chain': {
      en: 'Followed value goes from address to address, and a small part of it is split off at each step.',
      ko: '추적 중인 자산이 주소를 옮겨 갈 때마다 소액이 분리되고 있습니다.',
    },
    structuring: {
      en: 'One address sends or receives many amounts that are nearly the same, within a short time.',
      ko: '한 주소가 단기간에 거의 같은 금액을 여러 번 보내거나 받고 있습니다.',
    },
    'sleeper-wakes': {
      en: 'A watched address sends value after it had been still for long.',
      ko: '장기간 움직이지 않던 감시 주소가 자산을 보냈습니다.',
    },
    collection: {
      en: 'Value of many addresses comes together at one.',
      ko: '여러 주소의 자산이 한 주소로 모이고 있습니다.',
    },
    'address-poisoning': {
      en: 'An address that looks like one a watched address deals with left a worthless trace in its history.',
      ko: '감시 주소의 거래 상대와 비슷한 주소가 가치 없는 전송 기록을 남겼습니다.',
    },
    'sanctioned-counterparty': {
      en: 'A watched address paid, or was paid by, an address that a tag says is sanctioned.',
      ko: '감시 주소가 태그상 제재 대상 주소와 거래하였습니다.',
    },
    'watched-moved': {
      en: 'Value came to or left an address that somebody ordered to be watched.',
      ko: '감시하도록 등록된 주소에서 자산이 들어오거나 나갔습니다.',
    },
    'about-to-move': {
      en: 'The node has a transaction that moves watched value; no block has it yet.',
      ko: '감시 자산을 이동하는 거래가 노드에 접수되었으나 아직 블록에 포함되지 않았습니다.',
    },
  } satisfies Terms<typeof alertRules>,
  falseAlarm: {
    'deposit-to-service': {
      en: 'The tag is wrong or old; the value under FIFO was another part of a mixed balance.',
      ko: '태그가 틀렸거나 오래된 경우, 혼합된 잔액에서 선입선출 가정이 실제와 다른 경우',
    },
    'mixer-entry': { en: 'The tag is wrong or old.', ko: '태그가 틀렸거나 오래된 경우' },
    'indicator-moved': {
      en: 'The indicator is old: the address belongs to somebody else now, or to a service.',
      ko: '지표가 오래되어 주소의 소유자가 바뀌었거나 서비스 주소인 경우',
    },
    'coinjoin-entry': {
      en: 'A payout with equal amounts has the shape, too.',
      ko: '같은 금액의 일괄 지급도 같은 형태를 보입니다.',
    },
    'bridge-entry': { en: 'The tag is wrong or old.', ko: '태그가 틀렸거나 오래된 경우' },
    'freezable-now': {
      en: 'An issuer freezes by its own rules, which the directory does not know; services’ own addresses without a tag.',
      ko: '발행사의 자체 기준으로 동결이 거부되는 경우, 태그가 없는 서비스 주소인 경우',
    },
    'peel-chain': {
      en: 'Services pay out this way; so does anyone who spends from one large coin.',
      ko: '서비스의 출금, 큰 금액 하나에서 계속 지출하는 일반 사용자도 같은 형태를 보입니다.',
    },
    structuring: {
      en: 'Salaries, subscriptions, faucets, staking rewards and payouts of pools are alike, too.',
      ko: '급여, 정기 결제, 보상 지급, 채굴 풀 지급도 금액이 비슷합니다.',
    },
    'sleeper-wakes': {
      en: 'Long-term holders move, too; a ledger that starts late takes an address for still that was not.',
      ko: '장기 보유자의 이동인 경우, 원장 시작 이전의 이동을 알 수 없는 경우',
    },
    collection: {
      en: 'Deposit addresses of a service, wages of a miner, donations and sales look the same.',
      ko: '서비스의 입금 주소 집금, 채굴 보상, 기부, 판매 대금도 같은 형태를 보입니다.',
    },
    'address-poisoning': {
      en: 'A second address of the same owner with the same ends, by chance once in four thousand million.',
      ko: '같은 소유자의 다른 주소가 우연히 같은 글자로 시작하고 끝나는 경우(약 43억분의 1)',
    },
    'sanctioned-counterparty': {
      en: 'Dust sent by strangers; a tag that was taken back by a list that the desk has not imported yet.',
      ko: '제3자가 보낸 소액(더스트), 명단에서 삭제되었으나 아직 반영되지 않은 태그',
    },
    'watched-moved': {
      en: 'The list is wrong; dust sent by strangers to a watched address.',
      ko: '목록이 틀린 경우, 제3자가 감시 주소로 보낸 소액',
    },
    'about-to-move': {
      en: 'The transaction is replaced or never confirmed; it is then withdrawn.',
      ko: '거래가 대체되거나 확정되지 않는 경우. 이때 경보는 철회됩니다.',
    },
  } satisfies Terms<typeof alertRules>,
  /** Where each rule comes from. */
  alertSource: {
    'deposit-to-service': {
      en: 'FATF, guidance on virtual assets, October 2021',
      ko: '국제자금세탁방지기구(FATF) 가상자산 지침, 2021년 10월',
    },
    'mixer-entry': {
      en: 'FATF, red flag indicators of virtual assets, September 2020',
      ko: '국제자금세탁방지기구(FATF) 가상자산 위험 지표, 2020년 9월',
    },
    'indicator-moved': { en: 'The partner that made the indicator', ko: '지표를 제공한 협력기관' },
    'coinjoin-entry': {
      en: 'The papers on the shapes of CoinJoins that the verdict of the transaction cites',
      ko: '거래 판정에 인용된 코인조인 형태 연구',
    },
    'bridge-entry': {
      en: 'FATF, red flag indicators of virtual assets, September 2020',
      ko: '국제자금세탁방지기구(FATF) 가상자산 위험 지표, 2020년 9월',
    },
    'freezable-now': {
      en: 'Harmony, January 2023; Tether’s letter to the US Congress, 15 December 2023; the directory',
      ko: '하모니 사건(2023년 1월), 테더의 미국 의회 서한(2023년 12월 15일), 기관 명부',
    },
    'peel-chain': {
      en: 'Meiklejohn et al., IMC 2013; Kappos et al., USENIX Security 2022',
      ko: 'Meiklejohn 외, IMC 2013; Kappos 외, USENIX Security 2022',
    },
    structuring: {
      en: 'FATF, red flag indicators of virtual assets, September 2020',
      ko: '국제자금세탁방지기구(FATF) 가상자산 위험 지표, 2020년 9월',
    },
    'sleeper-wakes': {
      en: 'Bitfinex, 2016 to 2022; FATF, red flag indicators of virtual assets, September 2020',
      ko: '비트파이넥스 사건(2016~2022년), 국제자금세탁방지기구(FATF) 가상자산 위험 지표, 2020년 9월',
    },
    collection: {
      en: 'FATF, red flag indicators of virtual assets, September 2020',
      ko: '국제자금세탁방지기구(FATF) 가상자산 위험 지표, 2020년 9월',
    },
    'address-poisoning': {
      en: 'Tsuchiya et al., USENIX Security 2025',
      ko: 'Tsuchiya 외, USENIX Security 2025',
    },
    'sanctioned-counterparty': {
      en: 'OFAC, sanctions compliance guidance for the virtual currency industry, October 2021',
      ko: '미국 해외자산통제국(OFAC) 가상자산 업계 제재 준수 지침, 2021년 10월',
    },
    'watched-moved': { en: 'Whoever ordered the watch', ko: '감시를 등록한 담당자' },
    'about-to-move': { en: 'The pool of the desk’s own node', ko: '이 데스크 노드의 대기 거래' },
  } satisfies Terms<typeof alertRules>,
  alertAct: {
    acknowledged: { en: 'acknowledged', ko: '확인' },
    assigned: { en: 'assigned', ko: '담당자 지정' },
    unassigned: { en: 'assigned to nobody', ko: '담당자 해제' },
    silenced: { en: 'silenced', ko: '알림 중지' },
    unsilenced: { en: 'no longer silenced', ko: '알림 재개' },
    withdrawn: { en: 'withdrawn: no longer so', ko: '철회(해당 없음)' },
    returned: { en: 'said again: so once more', ko: '재발생' },
    confirmed: { en: 'confirmed by a block', ko: '블록 확정' },
  } satisfies Terms<typeof alertActs>,
  watchKind: {
    address: { en: 'Address', ko: '주소' },
    list: { en: 'List', ko: '목록' },
    category: { en: 'Tag category', ko: '태그 분류' },
  } satisfies Terms<typeof watchKinds>,
};
