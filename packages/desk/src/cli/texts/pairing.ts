import type { Text } from '@gongjo/contract';

/** Texts of pairing, of keys, and of what is known about a partner. */
export const pairingTexts = {
  partnerInvite: {
    en: 'make an invitation for one pairing: a line to send to the partner',
    ko: '협력기관에 보낼 1회용 초대를 만듭니다',
  },
  partnerAccept: {
    en: 'accept an invitation; shows the six words to compare by telephone',
    ko: '초대를 수락하고, 전화로 비교할 여섯 단어를 표시합니다',
  },
  partnerConfirm: {
    en: 'enter the six words that the partner read out; both desks do this',
    ko: '협력기관이 불러 준 여섯 단어를 입력합니다. 양쪽 데스크에서 모두 수행합니다',
  },
  partnerWithdraw: { en: 'take an invitation back', ko: '초대를 철회합니다' },
  partnerSet: {
    en: 'set what policy knows about a partner, and its quotas',
    ko: '정책에서 사용하는 협력기관 정보와 허용량을 설정합니다',
  },
  partnerRevokeKey: {
    en: 'no longer believe a key of a partner',
    ko: '협력기관의 키를 폐기하여 더 이상 신뢰하지 않습니다',
  },
  inviteName: { en: 'whom it is for, as you call it', ko: '초대 대상(자체 명칭)' },
  inviteExpires: { en: 'how long it is good: 90m, 24h, 3d; default 24h', ko: '유효 기간: 90m, 24h, 3d(기본값 24h)' },
  invitation: { en: 'the line that the partner sent', ko: '협력기관이 보낸 초대 문자열' },
  words: {
    en: 'the six words that you heard, in English or Korean',
    ko: '전화로 들은 여섯 단어(한국어 또는 영어)',
  },
  pairingId: { en: 'identifier of the pairing (partner list)', ko: '등록 식별자(partner list로 확인)' },
  agreementSet: { en: 'agreement to exchange under, or none', ko: '자료 교환의 근거가 되는 협정(없으면 none)' },
  role: {
    en: 'what the partner is, e.g. police, fiu, vasp (repeatable); none: nothing',
    ko: '협력기관의 유형(예: police, fiu, vasp, 여러 번 지정 가능, 없으면 none)',
  },
  community: {
    en: 'community of TLP:GREEN that it belongs to, e.g. kr-us (repeatable); none: nothing',
    ko: '협력기관이 속한 TLP:GREEN 공동체(예: kr-us, 여러 번 지정 가능, 없으면 none)',
  },
  markFloor: {
    en: 'the least strict marking of copies for it: clear, green, amber, amber+strict, red; or none',
    ko: '제공 사본에 부여할 최소 표시 등급: clear, green, amber, amber+strict, red 또는 none',
  },
  basisSet: {
    en: 'legal basis where a release names none; or none',
    ko: '제공 시 근거를 지정하지 않은 경우에 적용할 법적 근거(없으면 none)',
  },
  quota: {
    en: 'requests, deliveries, objects, bytes (each per hour), concurrent or body=NUMBER (repeatable)',
    ko: '허용량: requests, deliveries, objects, bytes(시간당), concurrent, body=숫자(여러 번 지정 가능)',
  },
  kid: { en: 'identifier of the key (partner show)', ko: '키 식별자(partner show로 확인)' },
  kidOwn: { en: 'identifier of the key; default: the one in use', ko: '키 식별자(기본값: 현재 사용 중인 키)' },
  reasonKey: { en: 'why; kept in the record and told to partners', ko: '사유(기록에 남으며 협력기관에 전달됩니다)' },
  key: { en: 'the desk’s own key', ko: '데스크의 키를 관리합니다' },
  keyShow: { en: 'every key that the desk has had', ko: '데스크가 사용한 모든 키를 표시합니다' },
  keyRotate: {
    en: 'a new key, which the old one vouches for; partners are told',
    ko: '기존 키가 보증하는 새 키로 교체하고 협력기관에 알립니다',
  },
  keyRevoke: {
    en: 'take back a key that somebody else may have; partners pair again by words',
    ko: '유출되었을 수 있는 키를 폐기합니다. 협력기관과 확인 단어로 다시 등록해야 합니다',
  },
  keyCurrent: { en: 'in use', ko: '사용 중' },
  keyPrevious: { en: 'replaced', ko: '교체됨' },
  keyIsRevoked: { en: 'revoked', ko: '폐기됨' },
  columnKey: { en: 'KEY', ko: '키' },
  columnSince: { en: 'SINCE', ko: '시작' },
  columnUntil: { en: 'UNTIL', ko: '종료' },
  keyRotated: {
    en: 'Every partner is told in a signed letter and changes over by itself.',
    ko: '모든 협력기관에 서명된 통지를 보내며, 협력기관의 데스크는 자동으로 새 키를 적용합니다.',
  },
  keyRevoked: {
    en: 'Key {kid} is revoked. If it was in use, nothing goes or comes until you have paired again by words.',
    ko: '키 {kid}을(를) 폐기하였습니다. 사용 중이던 키라면 확인 단어로 다시 등록할 때까지 자료가 오가지 않습니다.',
  },
  keyRevokedOwn: {
    en: 'Partners are told. Where the key was in use, nothing goes or comes until you have paired again by words.',
    ko: '협력기관에 알립니다. 사용 중이던 키라면 확인 단어로 다시 등록할 때까지 자료가 오가지 않습니다.',
  },
  invited: {
    en: 'Send this line to the partner; whoever has it can begin one pairing until {at}. It proves nothing by itself: compare the words by telephone.',
    ko: '이 문자열을 협력기관에 보내 주십시오. {at}까지 한 번 사용할 수 있습니다. 초대만으로는 상대가 확인되지 않으므로 전화로 단어를 비교하십시오.',
  },
  withdrawn: { en: 'Pairing {id} is withdrawn.', ko: '등록 {id}을(를) 철회하였습니다.' },
  suspended: { en: 'suspended: pair again by words', ko: '중지됨: 확인 단어로 다시 등록 필요' },
  since: { en: '(since {at})', ko: '({at}부터)' },
  partnerIs: { en: '{desk}: agreement {agreement}', ko: '{desk}: 협정 {agreement}' },
  pairingWaits: {
    en: 'Invitation for {who} ({id}) waits until {at}.',
    ko: '{who} 초대({id})가 {at}까지 대기 중입니다.',
  },
  pairingWords: {
    en: 'Pairing with {who}. The words of this desk:\n\n  {words}\n  {other}\n',
    ko: '{who}와(과) 등록 중입니다. 이 데스크의 단어:\n\n  {words}\n  {other}\n',
  },
  pairingCompare: {
    en: 'Call a number that you know, read these out, and enter the words that you hear: gongjo partner confirm {who} --words "…".',
    ko: '이미 알고 있는 번호로 전화하여 이 단어를 불러 주고, 들은 단어를 입력하십시오: gongjo partner confirm {who} --words "…"',
  },
  pairingConfirmedHere: {
    en: 'Confirmed here; waiting for {who} to confirm.',
    ko: '이 데스크에서 확인하였으며 {who}의 확인을 기다리고 있습니다.',
  },
  pairingConfirmedThere: {
    en: '{who} has confirmed. Enter the words that you hear: gongjo partner confirm {who} --words "…".',
    ko: '{who}에서 확인하였습니다. 들은 단어를 입력하십시오: gongjo partner confirm {who} --words "…"',
  },
} satisfies Record<string, Text>;
