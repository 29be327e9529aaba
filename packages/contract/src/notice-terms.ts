import type { noticeCauses, noticeChannels, noticeStates } from './notice.ts';
import type { matchCertainties, matchReasons, matchStates } from './report.ts';
import type { Terms, Text } from './text.ts';

/** Words about notices, reports and measures. */
export const noticeTerms = {
  channel: {
    page: { en: 'page', ko: '화면' },
    email: { en: 'e-mail', ko: '이메일' },
    webhook: { en: 'webhook', ko: '웹훅' },
    phone: { en: 'phone', ko: '전화' },
    desk: { en: 'their desk', ko: '상대 데스크' },
  } satisfies Terms<typeof noticeChannels>,
  state: {
    due: { en: 'waiting', ko: '대기' },
    failed: { en: 'failed', ko: '실패' },
    sent: { en: 'sent', ko: '발송' },
    delivered: { en: 'delivered', ko: '전달됨' },
    'by-hand': { en: 'to be called', ko: '전화 필요' },
    dropped: { en: 'dropped', ko: '취소' },
  } satisfies Terms<typeof noticeStates>,
  cause: {
    'must-know': { en: 'must know', ko: '통지 대상' },
    escalated: { en: 'escalated', ko: '상향 통지' },
  } satisfies Terms<typeof noticeCauses>,
  /** Why a partner's desk does not have the incident yet, where no problem says it. */
  untold: {
    waiting: { en: 'it waits to be sent', ko: '전송 대기 중입니다' },
    refused: { en: 'the desk refused it', ko: '상대 데스크에서 수령을 거부하였습니다' },
    unreleased: { en: 'nothing has been released to it', ko: '제공된 자료가 없습니다' },
  },
  matchReason: {
    'same-lead': { en: 'names the same transaction', ko: '동일 거래 지목' },
    'lead-on-its-trace': { en: 'names a transaction on its trace', ko: '추적 경로상의 거래 지목' },
    'address-on-its-trace': { en: 'names an address on its trace', ko: '추적 경로상의 주소 지목' },
    'same-address': { en: 'names the same address', ko: '동일 주소 지목' },
    'same-amount': { en: 'names the same amount', ko: '동일 금액' },
    'same-victim': { en: 'names the same victim', ko: '동일 피해자' },
    'same-time': { en: 'happened at the same time', ko: '동일 시간대 발생' },
  } satisfies Terms<typeof matchReasons>,
  matchCertainty: {
    certain: { en: 'the same', ko: '동일 사건' },
    probable: { en: 'probably the same', ko: '동일 사건 추정' },
    related: { en: 'related', ko: '관련 사건' },
  } satisfies Terms<typeof matchCertainties>,
  matchState: {
    proposed: { en: 'to be decided', ko: '판단 필요' },
    joined: { en: 'joined', ko: '병합' },
    apart: { en: 'kept apart', ko: '별건' },
    'pointed-out': { en: 'pointed out', ko: '안내' },
  } satisfies Terms<typeof matchStates>,
} as const;

/** The words of a message. Placeholders are filled with what the recipient's channel may carry. */
export const messageTexts = {
  drill: { en: '[DRILL] ', ko: '[훈련] ' },
  drillLine: { en: 'This is an exercise. Nothing has happened.', ko: '훈련 상황입니다. 실제 사건이 아닙니다.' },
  subject: { en: '{kind}: {title}', ko: '{kind}: {title}' },
  subjectClosed: { en: '{kind}: an incident to be looked at', ko: '{kind}: 확인이 필요한 사건' },
  mustKnow: {
    en: '{agency} must know of this incident.',
    ko: '{agency}에서 알아야 할 사건입니다.',
  },
  escalated: {
    en: '{other} has not acknowledged this incident. It is now told to {agency}.',
    ko: '{other}에서 확인하지 않아 {agency}에 통지합니다.',
  },
  reminder: { en: 'Reminder: nobody has acknowledged yet.', ko: '재통지: 아직 확인되지 않았습니다.' },
  kind: { en: 'Kind: {kind}', ko: '유형: {kind}' },
  title: { en: 'What: {title}', ko: '사건: {title}' },
  at: { en: 'When: {at}', ko: '시각: {at}' },
  victim: { en: 'Victim: {victim}', ko: '피해자: {victim}' },
  transaction: { en: 'Transaction: {txid} ({chain})', ko: '거래: {txid} ({chain})' },
  address: { en: 'Address: {address}', ko: '주소: {address}' },
  amount: { en: 'Amount: {units} ({asset}, smallest unit)', ko: '금액: {units} ({asset}, 최소 단위)' },
  marking: { en: 'Marking: {tlp}', ko: '표시: {tlp}' },
  withheld: {
    en: 'Names, addresses and transactions are not in this message because of its marking. Sign in to see them.',
    ko: '표시 등급에 따라 이름, 주소, 거래는 이 메시지에 담지 않습니다. 로그인하여 확인하십시오.',
  },
  link: { en: 'See it and acknowledge: {link}', ko: '확인 및 수신 확인: {link}' },
  from: { en: 'Sent by desk {desk}.', ko: '발신 데스크: {desk}' },
} as const satisfies Record<string, Text>;
