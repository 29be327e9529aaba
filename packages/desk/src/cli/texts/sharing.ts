import type { Text } from '@gongjo/contract';

/** Texts of `gongjo release|approval|recall|mark|object`, `gongjo stix import|export` and `gongjo partner proof`. Part of `texts`. */
export const sharingTexts = {
  release: {
    en: 'release an object or an incident to a recipient, as policy decides',
    ko: '객체 또는 사건을 정책에 따라 수신처에 제공합니다',
  },
  releaseWhat: { en: 'identifier of the object or incident', ko: '객체 또는 사건의 식별자' },
  releaseTo: { en: 'a paired desk, or collection:ALIAS', ko: '등록된 데스크 또는 collection:별칭' },
  releasePurpose: { en: 'investigation, warning or research', ko: 'investigation, warning 또는 research' },
  releaseBasis: { en: 'the provision or agreement that it rests on', ko: '제공의 근거가 되는 법령 또는 협정' },
  releaseDone: {
    en: '{released} released, {asked} wait for an answer, {refused} refused',
    ko: '제공 {released}건, 응답 대기 {asked}건, 거부 {refused}건',
  },
  releaseNothing: {
    en: 'Nothing new: the recipient has it already, or it came from there.',
    ko: '새로 제공할 것이 없습니다. 수신처가 이미 보유하고 있거나 그곳에서 받은 것입니다.',
  },
  approvalGroup: { en: 'releases that wait for a person’s word', ko: '담당자의 승인을 기다리는 제공' },
  approvalList: { en: 'lists them, the newest first', ko: '최근 순으로 표시합니다' },
  approvalApprove: { en: 'approve one', ko: '승인합니다' },
  approvalRefuse: { en: 'refuse one', ko: '거부합니다' },
  approvalId: { en: 'identifier of the request', ko: '요청 식별자' },
  approvalReason: { en: 'why', ko: '사유' },
  approvalState: {
    en: 'open, approved, refused, expired or superseded',
    ko: 'open, approved, refused, expired 또는 superseded',
  },
  approvalCounted: { en: 'Counted: {approvals} of {persons}.', ko: '승인 {approvals}/{persons}건' },
  approvalDone: {
    en: 'Approved; it was decided again and what policy allows goes out.',
    ko: '승인되어 다시 판정하였으며, 정책이 허용하는 범위에서 제공합니다.',
  },
  approvalEnded: { en: 'Refused.', ko: '거부하였습니다.' },
  recall: {
    en: 'take back an object, an incident, or what a delivery carried',
    ko: '객체, 사건 또는 전송 내용을 회수합니다',
  },
  recallWhat: { en: 'identifier of the object, incident or delivery', ko: '객체, 사건 또는 전송의 식별자' },
  recallReasonEn: { en: 'why, in English', ko: '회수 사유(영문)' },
  recallReasonKo: { en: 'why, in Korean', ko: '회수 사유(국문)' },
  recallDone: { en: 'Recalled. Told: {recipients}', ko: '회수하였습니다. 통지 대상: {recipients}' },
  mark: { en: 'mark an object more strictly here', ko: '이 데스크에서 객체의 표시를 강화합니다' },
  markObject: { en: 'identifier of the object', ko: '객체 식별자' },
  markTlp: { en: 'clear, green, amber, amber+strict or red', ko: 'clear, green, amber, amber+strict 또는 red' },
  markReason: { en: 'why', ko: '사유' },
  markDone: { en: '{id} is {tlp} here now', ko: '{id}의 표시가 {tlp}(으)로 변경되었습니다' },
  objectGroup: { en: 'objects that this desk holds', ko: '이 데스크가 보유한 객체' },
  objectList: { en: 'lists them, what came last first', ko: '최근에 반입된 순으로 표시합니다' },
  objectShow: {
    en: 'everything about one: versions, marking, recipients, recalls',
    ko: '버전, 표시, 수신처, 회수 이력을 표시합니다',
  },
  filterType: { en: 'only of this STIX type', ko: '해당 STIX 유형만' },
  filterOrigin: {
    en: 'only from this origin: a desk, account:NAME, feed:NAME or file:LABEL',
    ko: '해당 출처만(데스크, account:이름, feed:이름, file:이름)',
  },
  filterIncident: { en: 'only of this incident', ko: '해당 사건만' },
  filterText: { en: 'only with this text in the name or identifier', ko: '이름 또는 식별자에 해당 문자열이 있는 것만' },
  filterId: { en: 'only this object (repeatable)', ko: '해당 객체만(여러 번 지정 가능)' },
  moreObjects: { en: '… and older ones: --before {next}', ko: '… 이전 항목: --before {next}' },
  filterBefore: { en: 'older than this place of the list', ko: '목록의 해당 위치보다 이전' },
  stixImport: {
    en: 'takes the objects of files into the desk; MISP events too',
    ko: '파일의 객체를 데스크로 가져옵니다. MISP 이벤트도 가능합니다',
  },
  stixImportFiles: {
    en: 'files: STIX 2.1 bundle, TAXII envelope, list of objects, or MISP event',
    ko: 'STIX 2.1 번들, TAXII 엔벨로프, 객체 목록 또는 MISP 이벤트 파일',
  },
  stixImportTlp: {
    en: 'what unmarked objects are taken for; left out, they are refused',
    ko: '표시가 없는 객체에 적용할 등급. 지정하지 않으면 거부합니다',
  },
  stixImportSource: {
    en: 'name of the source; left out, the file’s',
    ko: '출처 이름. 지정하지 않으면 파일 이름을 사용합니다',
  },
  stixImported: {
    en: '{file}: {added} new, {known} known, {refused} refused (from {origin})',
    ko: '{file}: 신규 {added}건, 기존 {known}건, 거부 {refused}건(출처 {origin})',
  },
  stixImporting: {
    en: '{file}: {done} of {all} objects, {rate} a second',
    ko: '{file}: {done}/{all}개, 초당 {rate}개',
  },
  stixExport: {
    en: 'writes objects to a file, byte for byte as they came',
    ko: '객체를 받은 그대로 파일에 저장합니다',
  },
  stixExportOut: { en: 'file to write', ko: '저장할 파일' },
  stixExportMisp: { en: 'as a MISP event', ko: 'MISP 이벤트로 저장합니다' },
  stixExported: { en: '{count} objects written to {file}', ko: '{file}에 {count}개를 저장하였습니다' },
  stixExportLeft: {
    en: '{count} things that a MISP event cannot say were left out',
    ko: 'MISP 이벤트로 나타낼 수 없는 {count}건은 제외하였습니다',
  },
  partnerProof: {
    en: 'writes what a stranger needs to verify a delivery',
    ko: '제3자가 전송을 검증하는 데 필요한 자료를 저장합니다',
  },
  deliveryId: { en: 'identifier of the delivery', ko: '전송 식별자' },
  proofWritten: { en: 'Written to {file}', ko: '{file}에 저장하였습니다' },
  columnKind: { en: 'Kind', ko: '종류' },
  columnRecipient: { en: 'Recipient', ko: '수신처' },
  columnPersons: { en: 'Approved', ko: '승인' },
  columnMarking: { en: 'Marking', ko: '표시' },
  columnOrigin: { en: 'Origin', ko: '출처' },
  columnOutcome: { en: 'Outcome', ko: '판정' },
} satisfies Record<string, Text>;
