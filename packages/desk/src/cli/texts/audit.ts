/** Texts of `gongjo audit`. */
export const auditTexts = {
  audit: { en: 'the record of who did what, and who witnesses it', ko: '감사 기록과 입회 확인' },
  auditVerify: {
    en: 'recompute the audit record; exit code 1 if it does not hold',
    ko: '감사 기록 전체를 다시 계산하여 검증합니다(유효하지 않으면 종료 코드 1)',
  },
  auditHolds: {
    en: 'The audit record holds: {entries} entries, root {root}.',
    ko: '감사 기록이 유효합니다: 항목 {entries}건, 루트 {root}.',
  },
  auditBroken: {
    en: 'The audit record is broken at entry {brokenAt}; {entries} entries before it hold.',
    ko: '감사 기록이 {brokenAt}번 항목에서 유효하지 않습니다. 그 앞의 항목 {entries}건은 유효합니다.',
  },
  auditDiscontinued: {
    en: 'The record is not the one whose checkpoints were signed before: see gongjo audit witnesses.',
    ko: '현재 기록은 이전에 서명한 검증점의 기록과 이어지지 않습니다. gongjo audit witnesses로 확인하십시오.',
  },
  auditList: { en: 'list entries, the newest first', ko: '최근 항목부터 표시합니다' },
  auditMore: {
    en: 'There are more: --before {seq} shows those before.',
    ko: '이전 항목이 더 있습니다. --before {seq}로 확인하십시오.',
  },
  auditOmitted: {
    en: '{count} older ones, accepted, are not shown.',
    ko: '승인된 이전 모순 {count}건은 표시하지 않았습니다.',
  },
  auditShow: { en: 'show one entry', ko: '항목 한 건을 표시합니다' },
  auditSeq: { en: 'number of the entry', ko: '항목 번호' },
  auditActor: { en: 'only by this person or desk', ko: '이 사용자 또는 데스크의 항목만' },
  auditAction: {
    en: 'only this action, or the part of it before the dot',
    ko: '이 행위만(점 앞부분만 지정할 수도 있습니다)',
  },
  auditSubject: { en: 'only about this', ko: '이 대상의 항목만' },
  auditSince: { en: 'from this time on, RFC 3339', ko: '이 시각 이후(RFC 3339)' },
  auditUntil: { en: 'up to this time, RFC 3339', ko: '이 시각 이전(RFC 3339)' },
  auditBefore: { en: 'before this number', ko: '이 번호 이전' },
  auditLimit: { en: 'so many entries, at most 500', ko: '표시할 항목 수(최대 500)' },
  auditCheckpoint: {
    en: 'the signed checkpoint of the record as it is now (C2SP tlog-checkpoint)',
    ko: '현재 기록의 서명된 검증점(C2SP tlog-checkpoint)을 표시합니다',
  },
  auditProve: {
    en: 'prove that an entry is in the record (RFC 9162 inclusion proof)',
    ko: '항목이 기록에 포함되어 있음을 증명합니다(RFC 9162 포함 증명)',
  },
  auditProofOut: { en: 'write the proof to this new file', ko: '증명을 새 파일에 저장합니다' },
  auditWitnesses: {
    en: 'who witnesses this record, whose this desk witnesses, and contradictions; exit code 1 if one is open',
    ko: '입회 확인 현황과 모순을 표시합니다(처리되지 않은 모순이 있으면 종료 코드 1)',
  },
  auditExchange: {
    en: 'show the record to partners now, and have it cosigned',
    ko: '지금 협력기관에 기록을 제시하고 입회 서명을 받습니다',
  },
  auditPartner: { en: 'only this partner', ko: '이 협력기관만' },
  auditAccept: {
    en: 'accept that a record begins anew after a contradiction that was cleared up',
    ko: '경위가 확인된 모순을 승인하고 새 기록을 받아들입니다',
  },
  auditContradiction: { en: 'identifier of the contradiction', ko: '모순 식별자' },
  auditReason: { en: 'why, for the record', ko: '사유(기록에 남습니다)' },
  auditAccepted: {
    en: 'Accepted. The next checkpoint of {desk} is held as it comes.',
    ko: '승인하였습니다. {desk}의 다음 검증점부터 새로 보관합니다.',
  },
  auditIncluded: {
    en: 'Entry {seq} is in the record of {size} entries; {hashes} hashes prove it.',
    ko: '{seq}번 항목은 항목 {size}건의 기록에 포함되어 있습니다(해시 {hashes}개로 증명).',
  },
  columnSeq: { en: 'no.', ko: '번호' },
  columnActor: { en: 'who', ko: '행위자' },
  columnAction: { en: 'action', ko: '행위' },
  columnSubject: { en: 'about', ko: '대상' },
  columnSize: { en: 'entries', ko: '항목 수' },
  columnSeen: { en: 'last seen', ko: '최근 확인' },
  auditOurs: { en: 'Witnesses of this record', ko: '이 기록의 입회 기관' },
  auditTheirs: { en: 'Records that this desk witnesses', ko: '이 데스크가 입회하는 기록' },
  auditContradictions: { en: 'Contradictions', ko: '모순' },
  auditNone: { en: 'none', ko: '없음' },
  auditForked: {
    en: '{desk}: of {held} entries two different records are signed ({id})',
    ko: '{desk}: 항목 {held}건에 대하여 서로 다른 두 기록이 서명되었습니다({id})',
  },
  auditShortened: {
    en: '{desk}: the record had {held} entries and has {told} ({id})',
    ko: '{desk}: 항목이 {held}건이던 기록이 {told}건으로 줄었습니다({id})',
  },
  auditOpen: { en: 'open', ko: '미처리' },
  auditWasAccepted: { en: 'accepted by {by}: {reason}', ko: '{by} 승인: {reason}' },
  auditWitnessed: { en: 'cosigned', ko: '입회 서명' },
  auditContradicted: { en: 'contradicted', ko: '모순' },
  auditNotWitnessed: { en: 'not witnessed', ko: '입회 확인 안 됨' },
} as const;
