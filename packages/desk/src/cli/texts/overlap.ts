import type { Text } from '@gongjo/contract';

/** Texts of `gongjo overlap` in both languages. */
export const overlapTexts = {
  overlap: {
    en: 'whether a partner works on the same, without either showing its list',
    ko: '서로 목록을 공개하지 않고 협력기관과의 중복 여부를 확인합니다',
  },
  overlapAsk: {
    en: 'ask partners about these; each counts against the quota',
    ko: '협력기관에 중복 여부를 질의합니다. 질의는 허용량에서 차감됩니다',
  },
  overlapList: {
    en: 'what this desk compares, and what it has in common with partners; adds and removes entries',
    ko: '확인 대상 목록과 협력기관과의 중복 내역을 표시하고, 항목을 추가하거나 삭제합니다',
  },
  overlapEpoch: {
    en: 'the key by which this desk answers; --rotate: a new one',
    ko: '응답에 쓰는 키를 표시합니다. --rotate를 지정하면 새 키로 바꿉니다',
  },
  overlapQuota: {
    en: 'how much a partner may ask; setting it is the agreement to compare',
    ko: '협력기관의 질의 허용량을 표시하거나 정합니다. 허용량을 정하면 중복 확인에 동의하는 것입니다',
  },
  overlapItem: {
    en: 'KIND[/WITHIN] TEXT, e.g. "address/eip155:1 0x…", "account/088 110-123-456789", "phone +82 10 …", "user/telegram name"',
    ko: '종류[/범위] 값. 예: "address/eip155:1 0x…", "account/088 110-123-456789", "phone +82 10 …", "user/telegram name"',
  },
  overlapFile: { en: 'file with one such line for each', ko: '위와 같은 형식으로 한 줄에 하나씩 적은 파일' },
  overlapPartner: { en: 'only this partner (desk id)', ko: '이 협력기관에만 질의합니다(데스크 식별자)' },
  overlapPurpose: { en: 'why; signed and kept on both sides', ko: '목적(서명되어 양측에 기록됩니다)' },
  overlapBasis: {
    en: 'legal basis; else the one agreed with the partner',
    ko: '법적 근거. 생략하면 협력기관과 합의한 근거를 씁니다',
  },
  overlapDisclosure: {
    en: 'what a partner who has it too is told: open, contact or silent',
    ko: '같은 대상을 다루는 협력기관에 알리는 범위: open, contact, silent',
  },
  overlapContact: { en: 'the officer to ask for', ko: '담당자' },
  overlapReference: { en: 'number of the case, for other agencies to cite', ko: '다른 기관이 인용할 사건 번호' },
  overlapAdd: { en: 'add the lines of this file', ko: '이 파일의 항목을 추가합니다' },
  overlapRemove: { en: 'take an entry off the list', ko: '목록에서 항목을 삭제합니다' },
  overlapRotate: {
    en: 'make a new key: what partners hold of the old one is worthless from now on',
    ko: '새 키를 만듭니다. 협력기관이 보관한 이전 자료는 더 이상 쓸 수 없습니다',
  },
  overlapHour: { en: 'questions an hour', ko: '시간당 질의 수' },
  overlapDay: { en: 'questions a day', ko: '1일 질의 수' },
  overlapBack: {
    en: 'questions of ours that go back in each of its sessions, always as many',
    ko: '상대의 확인마다 이쪽에서 되묻는 질의 수(항상 같은 수)',
  },
  overlapNone: { en: 'end the agreement', ko: '동의를 철회합니다' },
  overlapDesk: { en: 'desk id of the partner', ko: '협력기관 데스크 식별자' },
  overlapAsked: {
    en: '{desk}: {count} questions, {found} in common. Session {session}.',
    ko: '{desk}: 질의 {count}건, 중복 {found}건. 확인 번호 {session}.',
  },
  overlapFailed: { en: '{desk}: not compared: {detail}', ko: '{desk}: 확인하지 못하였습니다: {detail}' },
  overlapNobody: { en: 'No partner has agreed to compare.', ko: '중복 확인에 동의한 협력기관이 없습니다.' },
  overlapAdded: { en: '{count} entries are on the list.', ko: '항목 {count}개를 목록에 추가하였습니다.' },
  overlapRemoved: { en: 'It is off the list.', ko: '목록에서 삭제하였습니다.' },
  overlapHolds: {
    en: 'List {serial}: {entries} entries and {silent} silent ones; partners see a size of {shown}.',
    ko: '목록 {serial}: 항목 {entries}개, 비공개 항목 {silent}개. 협력기관에는 크기가 {shown}으로 표시됩니다.',
  },
  overlapKey: {
    en: 'Epoch {epoch} since {since}. To compare by voice: {digest}',
    ko: '키 {epoch}기, {since}부터. 전화로 대조할 값: {digest}',
  },
  overlapNoKey: {
    en: 'There is no key yet: it is made when something is compared first.',
    ko: '아직 키가 없습니다. 중복 확인을 처음 수행할 때 만들어집니다.',
  },
  overlapEnded: {
    en: 'Nothing is compared with {desk} any more.',
    ko: '{desk}와(과) 더 이상 중복 확인을 하지 않습니다.',
  },
  overlapColumnItem: { en: 'IDENTIFIER', ko: '식별자' },
  overlapColumnTold: { en: 'TOLD BY US', ko: '통지 여부' },
  overlapColumnContact: { en: 'CONTACT', ko: '담당자' },
  overlapColumnReference: { en: 'REFERENCE', ko: '사건 번호' },
  overlapColumnPartner: { en: 'PARTNER', ko: '협력기관' },
  overlapColumnHour: { en: 'THIS HOUR', ko: '이번 시간' },
  overlapColumnDay: { en: '24 HOURS', ko: '24시간' },
  overlapColumnBack: { en: 'BACK', ko: '되묻기' },
  overlapColumnAlarm: { en: 'QUESTIONS LOOK', ko: '질의 양상' },
  overlapTold: { en: 'told', ko: '알림' },
  overlapNotTold: { en: 'not told', ko: '알리지 않음' },
} as const satisfies Record<string, Text>;
