import type { EvidenceFindingCode, EvidenceNoteCode, evidenceChecks } from './evidence.ts';
import type { Text } from './text.ts';

/** What the verifier of evidence packages says. */
export const evidenceTerms = {
  finding: {
    unreadable: { en: 'the file cannot be read: {detail}', ko: '파일을 읽을 수 없습니다: {detail}' },
    'not-canonical': { en: 'the file is not in its one form (RFC 8785)', ko: '파일이 정규 형식(RFC 8785)이 아닙니다' },
    'question-other': { en: 'the trace answers another question', ko: '추적 결과가 다른 질문에 대한 것입니다' },
    'trace-not-recomputed': {
      en: 'the trace cannot be recomputed from the rows: {detail}',
      ko: '수록된 원장 행으로 추적을 다시 계산할 수 없습니다: {detail}',
    },
    'trace-other': {
      en: 'the rows give another trace; the first difference is at byte {detail}',
      ko: '수록된 원장 행으로 계산한 추적 결과가 다릅니다. 처음 다른 위치: {detail}번째 바이트',
    },
    'tags-other': { en: 'the tags are not those of the rows', ko: '태그가 원장 행의 태그와 다릅니다' },
    'picture-other': { en: 'the picture is not that of the trace', ko: '그림이 추적 결과와 다릅니다' },
    'report-other': { en: 'the report is not that of the other files', ko: '보고서가 다른 파일의 내용과 다릅니다' },
    'incident-other': { en: 'the incident is not the one that was traced', ko: '추적한 사건과 다른 사건입니다' },
    'block-hash-wrong': {
      en: 'the header of block {detail} has another hash',
      ko: '블록 {detail}의 헤더 해시가 다릅니다',
    },
    'block-not-mined': {
      en: 'the hash of block {detail} does not meet the target in its header',
      ko: '블록 {detail}의 해시가 헤더의 난이도 목표를 충족하지 않습니다',
    },
    'block-other': {
      en: 'block {detail} is not that of the rows',
      ko: '블록 {detail}이(가) 원장 행의 블록과 다릅니다',
    },
    'branch-wrong': {
      en: 'the Merkle branch of transaction {detail} does not lead to its block',
      ko: '거래 {detail}의 머클 경로가 블록과 이어지지 않습니다',
    },
    'transaction-unplaced': {
      en: 'transaction {detail} of the trace stands in no block of the package',
      ko: '추적에 나오는 거래 {detail}이(가) 수록된 블록에 없습니다',
    },
    'envelope-digest-wrong': {
      en: 'delivery {detail} has another digest',
      ko: '송수신 {detail}의 다이제스트가 다릅니다',
    },
    'delivery-signature-wrong': {
      en: 'the signature of delivery {detail} does not hold',
      ko: '송수신 {detail}의 서명이 성립하지 않습니다',
    },
    'receipt-wrong': {
      en: 'the receipt of delivery {detail} does not hold',
      ko: '송수신 {detail}의 수령 확인이 성립하지 않습니다',
    },
    'checkpoint-wrong': {
      en: 'the checkpoint of the audit record is not signed by the desk',
      ko: '감사 기록 검증점에 데스크의 서명이 없습니다',
    },
    'inclusion-wrong': {
      en: 'entry {detail} is not in the audit record of the checkpoint',
      ko: '감사 기록 {detail}번 항목이 검증점의 기록에 포함되어 있지 않습니다',
    },
    'cosignature-wrong': {
      en: 'the cosignature of {detail} does not hold',
      ko: '{detail}의 입회 서명이 성립하지 않습니다',
    },
  },
  check: {
    bytes: { en: 'bytes as they were signed', ko: '서명 당시와 같은 바이트' },
    signature: { en: 'signature of the desk', ko: '데스크 서명' },
    trace: { en: 'hops of the trace, recomputed byte for byte', ko: '바이트 단위까지 다시 계산한 추적 단계' },
    'blocks-proved': { en: 'block headers whose hash and work hold', ko: '해시와 작업 증명이 성립하는 블록 헤더' },
    'transactions-proved': { en: 'transactions with a Merkle proof', ko: '머클 증명이 있는 거래' },
    deliveries: { en: 'signed deliveries', ko: '서명된 송수신' },
    receipts: { en: 'signed receipts', ko: '서명된 수령 확인' },
    'audit-entries': { en: 'audit entries with inclusion proof', ko: '포함 증명이 있는 감사 기록 항목' },
    cosignatures: {
      en: 'cosignatures of other desks on the audit record',
      ko: '감사 기록에 대한 다른 데스크의 입회 서명',
    },
    custody: { en: 'documents with chain of custody', ko: '인수·인계 기록이 있는 문서' },
  },
  note: {
    'key-is-claimed': {
      en: 'The key is the one that the package names. Compare its fingerprint with the desk by another way.',
      ko: '서명 키는 패키지에 기재된 키입니다. 다른 경로로 데스크에 지문을 확인하십시오.',
    },
    'chain-without-proofs': {
      en: 'The ledger of this chain holds block hashes but no transaction proofs; compare the {count} blocks with any node.',
      ko: '이 체인의 원장에는 블록 해시만 있고 거래 증명은 없습니다. 블록 {count}개를 임의의 노드와 대조하십시오.',
    },
    'headers-missing': {
      en: 'Of {count} blocks the ledger holds no header, so nothing is proved of them.',
      ko: '블록 {count}개는 원장에 헤더가 없어 증명하지 못하였습니다.',
    },
    'blocks-beyond-bound': {
      en: '{count} transactions of the trace stand in blocks beyond the bound of the package.',
      ko: '추적에 나오는 거래 {count}건은 패키지의 블록 수 한도를 넘어 수록하지 않았습니다.',
    },
    'deliveries-unsigned': {
      en: '{count} deliveries were not signed yet.',
      ko: '송수신 {count}건은 아직 서명되지 않았습니다.',
    },
    'no-cosignature': {
      en: 'No other desk has cosigned this checkpoint of the audit record.',
      ko: '이 감사 기록 검증점에는 다른 데스크의 입회 서명이 없습니다.',
    },
    'other-program': {
      en: 'The package was made by another version of the program; its report and pictures were not made again.',
      ko: '다른 버전의 프로그램으로 작성된 패키지이므로 보고서와 그림은 다시 작성하지 않았습니다.',
    },
    'raw-transactions-not-held': {
      en: 'A Merkle proof shows that a transaction is in its block. What it moved is as this desk read it: compare the {count} transactions with any node.',
      ko: '머클 증명은 거래가 블록에 포함되어 있음을 보여 줍니다. 거래의 내용은 이 데스크가 읽은 것이므로 거래 {count}건을 임의의 노드와 대조하십시오.',
    },
  },
  damage: {
    container: { en: 'the container is damaged', ko: '보관 파일의 구조가 손상되었습니다' },
    length: { en: 'its length was changed', ko: '파일 길이가 변경되었습니다' },
    changed: { en: 'it was changed', ko: '내용이 변경되었습니다' },
    missing: { en: 'it is not where it belongs', ko: '있어야 할 자리에 없습니다' },
    signature: { en: 'the signature does not hold', ko: '서명이 성립하지 않습니다' },
    form: { en: 'it is not of the form that was signed', ko: '서명된 형식이 아닙니다' },
    'too-large': {
      en: 'the file is larger than an evidence package can be',
      ko: '증거 패키지의 최대 크기를 초과하였습니다',
    },
  },
  place: {
    en: 'byte {offset} of {file} (byte {at} of the package): {found} stands where {expected} was',
    ko: '{file}의 {offset}번째 바이트(패키지의 {at}번째 바이트): {expected}이(가) 있던 자리에 {found}이(가) 있습니다',
  },
  placeInContainer: {
    en: 'byte {at} of the package ({file})',
    ko: '패키지의 {at}번째 바이트({file})',
  },
  holds: { en: 'The package holds.', ko: '패키지가 성립합니다.' },
  broken: { en: 'The package does not hold.', ko: '패키지가 성립하지 않습니다.' },
  made: {
    en: 'Incident {incident}, made by {madeBy} at {desk}, {madeAt}; key {fingerprint}',
    ko: '사건 {incident}, 작성 {madeBy}({desk}), {madeAt}; 키 {fingerprint}',
  },
} as const satisfies {
  finding: Record<EvidenceFindingCode, Text>;
  check: Record<(typeof evidenceChecks)[number], Text>;
  note: Record<EvidenceNoteCode, Text>;
  damage: Record<string, Text>;
  place: Text;
  placeInContainer: Text;
  holds: Text;
  broken: Text;
  made: Text;
};
