import type {
  holdClockKinds,
  holdClockStates,
  holdEvents,
  holdParallelReasons,
  holdScopes,
  holdStates,
  holdWarningKinds,
  holdWays,
} from './hold.ts';
import type { holdFileKinds } from './hold-file.ts';
import type { Terms, Text } from './text.ts';

/** Words of hold requests in both languages. */
export const holdTerms = {
  state: {
    drafted: { en: 'Drafted', ko: '기안' },
    approved: { en: 'Approved', ko: '결재 완료' },
    sent: { en: 'Sent', ko: '발송' },
    acknowledged: { en: 'Acknowledged', ko: '접수 확인' },
    'held-in-part': { en: 'Held in part', ko: '일부 동결' },
    'held-in-full': { en: 'Held in full', ko: '전부 동결' },
    ordered: { en: 'Under an order', ko: '영장·명령으로 전환' },
    released: { en: 'Released', ko: '동결 해제' },
    seized: { en: 'Seized', ko: '압수' },
    returned: { en: 'Returned', ko: '피해 회복' },
    refused: { en: 'Refused', ko: '거절' },
    withdrawn: { en: 'Withdrawn', ko: '철회' },
  } satisfies Terms<typeof holdStates>,
  event: {
    revise: { en: 'Changed', ko: '수정' },
    approve: { en: 'Approved', ko: '결재' },
    send: { en: 'Sent', ko: '발송' },
    acknowledge: { en: 'Acknowledged', ko: '접수 확인' },
    'hold-part': { en: 'Held in part', ko: '일부 동결' },
    'hold-full': { en: 'Held in full', ko: '전부 동결' },
    extend: { en: 'Extended', ko: '기간 연장' },
    order: { en: 'Replaced by an order', ko: '영장·명령으로 전환' },
    release: { en: 'Released', ko: '동결 해제' },
    seize: { en: 'Seized', ko: '압수' },
    return: { en: 'Returned', ko: '피해 회복' },
    refuse: { en: 'Refused', ko: '거절' },
    withdraw: { en: 'Withdrawn', ko: '철회' },
  } satisfies Terms<typeof holdEvents>,
  scope: {
    claim: { en: 'No payment out of the value claimed', ko: '청구 대상 자산의 지급 정지' },
    'trading-and-withdrawal': { en: 'No trading and no withdrawal', ko: '거래 및 출금 정지' },
    full: { en: 'The account is frozen in full', ko: '계정 전면 동결' },
  } satisfies Terms<typeof holdScopes>,
  way: {
    email: { en: 'E-mail with the signed letter', ko: '전자서명 공문을 첨부한 전자우편' },
    api: { en: 'The addressee’s interface for programs', ko: '수신 기관의 프로그램 연계(API)' },
    desk: { en: 'The addressee’s own desk, by the signed exchange', ko: '수신 기관의 데스크로 전자서명 전송' },
    print: { en: 'By a person: portal, hotline or post', ko: '담당자 직접 전달(포털, 핫라인, 우편)' },
  } satisfies Terms<typeof holdWays>,
  clock: {
    acknowledgement: { en: 'Acknowledgement due', ko: '접수 확인 기한' },
    expiry: { en: 'Hold ends', ko: '동결 만료' },
  } satisfies Terms<typeof holdClockKinds>,
  clockState: {
    running: { en: 'Running', ko: '진행 중' },
    soon: { en: 'Soon', ko: '임박' },
    over: { en: 'Over', ko: '경과' },
    met: { en: 'Met', ko: '충족' },
  } satisfies Terms<typeof holdClockStates>,
  warning: {
    expiry: { en: 'The hold at {who} ends in {hours} hours', ko: '{who}의 동결이 {hours}시간 후 만료됩니다' },
    expired: { en: 'The hold at {who} has ended', ko: '{who}의 동결이 만료되었습니다' },
    unacknowledged: {
      en: '{who} has not acknowledged the hold request',
      ko: '{who}에서 동결 요청 접수를 확인하지 않았습니다',
    },
  } satisfies Terms<typeof holdWarningKinds>,
  /** The same where the marking keeps names out of a message. */
  warningUnnamed: {
    expiry: { en: 'A hold ends in {hours} hours', ko: '동결이 {hours}시간 후 만료됩니다' },
    expired: { en: 'A hold has ended', ko: '동결이 만료되었습니다' },
    unacknowledged: {
      en: 'A hold request has not been acknowledged',
      ko: '동결 요청의 접수가 확인되지 않았습니다',
    },
  } satisfies Terms<typeof holdWarningKinds>,
  parallel: {
    address: { en: 'same address', ko: '동일 주소' },
    transaction: { en: 'same transaction', ko: '동일 거래' },
  } satisfies Terms<typeof holdParallelReasons>,
  /** Why a time cannot be. */
  time: {
    notBefore: { en: 'not before {at}', ko: '{at} 이후만 가능' },
    notAfter: { en: 'not after {at}', ko: '{at} 이전만 가능' },
    later: { en: 'later than {at}', ko: '{at}보다 늦은 시각만 가능' },
    none: { en: 'there is no such time', ko: '존재하지 않는 시각' },
  } as const satisfies Readonly<Record<string, Text>>,
  fileKind: {
    kyc: { en: 'Customer’s identity (KYC)', ko: '고객 확인 자료(KYC)' },
    logs: { en: 'Logs of access', ko: '접속 기록' },
    holdings: { en: 'Holdings and movements', ko: '보유 및 거래 내역' },
    reply: { en: 'Answer in writing', ko: '회신 문서' },
    other: { en: 'Other', ko: '기타' },
  } satisfies Terms<typeof holdFileKinds>,
  /** What a request that was not sent cannot have had. */
  fileReceived: { en: 'A file has come back', ko: '회신 자료 접수' },
  signatory: { en: 'Who signs', ko: '서명자' },
  /** Stands in a draft for what has still to be said. */
  blank: { en: '(to be filled in)', ko: '(기재 예정)' },
  /** Coins by their symbol, as each country writes them; a token has its issuer's name, or its symbol alone. */
  assetName: {
    BTC: { en: 'Bitcoin (BTC)', ko: '비트코인(BTC)' },
    ETH: { en: 'Ether (ETH)', ko: '이더(ETH)' },
    TRX: { en: 'Tronix (TRX)', ko: '트론(TRX)' },
    SOL: { en: 'Solana (SOL)', ko: '솔라나(SOL)' },
    BNB: { en: 'BNB', ko: '비앤비(BNB)' },
  } as Readonly<Record<string, Text>>,
  network: {
    'eip155:1': { en: 'Ethereum', ko: '이더리움' },
    'bip122:000000000019d6689c085ae165831e93': { en: 'Bitcoin', ko: '비트코인' },
    'tron:0x2b6653dc': { en: 'TRON', ko: '트론' },
    'eip155:56': { en: 'BNB Smart Chain', ko: 'BNB 스마트체인' },
    'eip155:137': { en: 'Polygon', ko: '폴리곤' },
  } as Readonly<Record<string, Text>>,
  fact: {
    left: { en: 'The value left its owner: {title}', ko: '피해 자산 유출: {title}' },
    reported: { en: 'Reported to {desk}', ko: '{desk} 신고 접수' },
    arrived: { en: '{amount} arrived at {address}', ko: '{address} 주소로 {amount} 입금' },
  },
  mail: {
    subject: { en: 'Hold request {number}: {title}', ko: '동결 요청 {number}: {title}' },
    body: {
      en: 'Please find attached our request to hold virtual assets, number {number}, to {entity}: the letter in English and Korean as digitally signed PDF, and its annex as spreadsheet, CSV and JSON. Time matters; please acknowledge by answering to this mail.',
      ko: '{entity}에 대한 가상자산 동결 요청(번호 {number})을 붙임과 같이 보냅니다. 전자서명한 국문 공문과 영문 서한(PDF), 스프레드시트, CSV, JSON 형식의 붙임 자료가 첨부되어 있습니다. 긴급한 사안이므로 이 전자우편에 회신하여 접수 사실을 알려 주시기 바랍니다.',
    },
    officer: { en: 'Officer in charge: {name}, {title}, {contact}', ko: '담당자: {title} {name}, {contact}' },
    drill: { en: '[DRILL] ', ko: '[훈련] ' },
    warningBody: {
      en: '{warning}. Hold request {number}, due {at}. Look at it here: {link}',
      ko: '{warning}. 동결 요청 번호 {number}, 기한 {at}. 확인: {link}',
    },
    /** Where the marking is red. */
    warningBodyClosed: {
      en: '{warning}. Due {at}. Look at it here: {link}',
      ko: '{warning}. 기한 {at}. 확인: {link}',
    },
  },
} as const;
