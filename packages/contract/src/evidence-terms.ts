import type { EvidenceFindingCode, EvidenceKeyUse, EvidenceNoteCode, evidenceChecks } from './evidence.ts';
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
      en: 'the rows give another trace; the first difference is at byte {detail} (counted from 0)',
      ko: '수록된 원장 행으로 계산한 추적 결과가 다릅니다. 처음 다른 위치: 바이트 오프셋 {detail}(0부터 계산)',
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
    'block-time-wrong': {
      en: 'the time of block {detail} is not that of its header, the rows and the trace',
      ko: '블록 {detail}의 시각이 헤더, 원장 행 또는 추적 결과의 시각과 다릅니다',
    },
    'block-unlinked': {
      en: 'block {detail} does not follow on the block before it',
      ko: '블록 {detail}이(가) 앞 블록과 이어지지 않습니다',
    },
    'blocks-of-other-chain': {
      en: 'the blocks are said to be of chain {detail}, or proved otherwise than blocks of the traced chain are',
      ko: '블록의 체인({detail}) 또는 증명 방식이 추적한 체인과 일치하지 않습니다',
    },
    'branch-wrong': {
      en: 'the Merkle branch of transaction {detail} does not lead from its place to its block',
      ko: '거래 {detail}의 머클 경로가 해당 위치에서 블록까지 이어지지 않습니다',
    },
    'transaction-unplaced': {
      en: 'transaction {detail} of the trace does not stand in one block of the package, at its height',
      ko: '추적에 나오는 거래 {detail}이(가) 수록된 블록의 해당 높이에 한 번만 있지 않습니다',
    },
    'envelope-digest-wrong': {
      en: 'delivery {detail} has another digest',
      ko: '송수신 {detail}의 다이제스트가 다릅니다',
    },
    'delivery-signature-wrong': {
      en: 'the signature of delivery {detail} does not hold',
      ko: '송수신 {detail}의 서명이 유효하지 않습니다',
    },
    'receipt-wrong': {
      en: 'the receipt of delivery {detail} does not hold',
      ko: '송수신 {detail}의 수령 확인이 유효하지 않습니다',
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
      ko: '{detail}의 입회 서명이 유효하지 않습니다',
    },
  },
  check: {
    bytes: { en: 'bytes as they were signed', ko: '서명 당시와 같은 바이트' },
    signature: { en: 'signature of the desk', ko: '데스크 서명' },
    trace: { en: 'hops of the trace, recomputed byte for byte', ko: '바이트 단위까지 다시 계산한 추적 단계' },
    'blocks-proved': { en: 'block headers whose hash and work hold', ko: '해시와 작업 증명이 유효한 블록 헤더' },
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
    drill: {
      en: '[DRILL] The package is of an exercise. Nothing of it happened.',
      ko: '[훈련] 훈련에서 작성된 패키지입니다. 실제 사건이 아닙니다.',
    },
    'key-is-claimed': {
      en: 'A signature that holds proves that whoever has the private key of a fingerprint above signed these bytes. That the key is the named desk’s, only the package says: compare each fingerprint with that desk by another way.',
      ko: '유효한 서명은 위 지문에 해당하는 개인 키의 보유자가 해당 내용에 서명하였음을 증명합니다. 그 키가 기재된 데스크의 키라는 점은 패키지의 기재일 뿐이므로, 각 지문을 다른 경로로 해당 데스크에 확인하십시오.',
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
    'deliveries-omitted': {
      en: '{count} more deliveries about the incident are not in the package, which holds the oldest of them.',
      ko: '사건에 관한 송수신 {count}건은 패키지에 수록하지 않았습니다(오래된 것부터 수록).',
    },
    'audit-entries-omitted': {
      en: '{count} older audit entries about the incident are not in the package, which holds the newest of them.',
      ko: '사건에 관한 이전 감사 기록 {count}건은 패키지에 수록하지 않았습니다(최근 것부터 수록).',
    },
    'custody-omitted': {
      en: '{count} older entries of the chain of custody are not in the package, which holds the newest of them.',
      ko: '이전 인수·인계 기록 {count}건은 패키지에 수록하지 않았습니다(최근 것부터 수록).',
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
    signature: { en: 'the signature does not hold', ko: '서명이 유효하지 않습니다' },
    form: { en: 'it is not of the form that was signed', ko: '서명된 형식이 아닙니다' },
    'too-large': {
      en: 'the file is larger than an evidence package can be',
      ko: '증거 패키지의 최대 크기를 초과하였습니다',
    },
  },
  place: {
    en: 'byte {offset} of {file} (byte {at} of the package): {found} stands where {expected} was',
    ko: '{file}의 바이트 오프셋 {offset}(패키지 전체 오프셋 {at}, 0부터 계산): {expected} 값이 {found} 값으로 변경되었습니다',
  },
  placeInContainer: {
    en: 'byte {at} of the package ({file})',
    ko: '패키지 전체 오프셋 {at}(0부터 계산, {file})',
  },
  keyUse: {
    package: { en: 'the package and its audit checkpoint', ko: '패키지 및 감사 기록 검증점' },
    delivery: { en: 'deliveries', ko: '송수신' },
    receipt: { en: 'receipts', ko: '수령 확인' },
    cosignature: { en: 'cosignature', ko: '입회 서명' },
  },
  key: { en: 'Key of {desk}: {fingerprint} ({uses})', ko: '{desk}의 키: {fingerprint}({uses})' },
  omitted: { en: 'and {count} more', ko: '그 밖에 {count}건' },
  holds: { en: 'The package holds.', ko: '검증 결과 증거 패키지가 유효합니다.' },
  broken: { en: 'The package does not hold.', ko: '검증 결과 증거 패키지가 유효하지 않습니다.' },
  made: {
    en: 'Incident {incident}, made by {madeBy} at {desk}, {madeAt}',
    ko: '사건 {incident}, 작성 {madeBy}({desk}), {madeAt}',
  },
} as const satisfies {
  finding: Record<EvidenceFindingCode, Text>;
  check: Record<(typeof evidenceChecks)[number], Text>;
  note: Record<EvidenceNoteCode, Text>;
  damage: Record<string, Text>;
  place: Text;
  placeInContainer: Text;
  keyUse: Record<EvidenceKeyUse, Text>;
  key: Text;
  omitted: Text;
  holds: Text;
  broken: Text;
  made: Text;
};
