/** Texts of `gongjo evidence` and `gongjo custody`. */
export const evidenceTexts = {
  evidence: { en: 'evidence packages that anybody can verify', ko: '누구나 검증할 수 있는 증거 패키지' },
  evidenceMake: {
    en: 'make the signed evidence package of an incident',
    ko: '사건의 서명된 증거 패키지를 작성합니다',
  },
  evidenceIncident: { en: 'identifier of the incident', ko: '사건 식별자' },
  evidenceOut: { en: 'write the package to this new file', ko: '패키지를 새 파일에 저장합니다' },
  evidenceReason: { en: 'why, for the package and the audit record', ko: '사유(패키지와 감사 기록에 남습니다)' },
  evidenceMade: {
    en: '{file}: {bytes} bytes, SHA-256 {sha256}',
    ko: '{file}: {bytes}바이트, SHA-256 {sha256}',
  },
  evidenceVerify: {
    en: 'verify a package without a desk; exit code 1 if it does not hold',
    ko: '데스크 없이 패키지를 검증합니다(유효하지 않으면 종료 코드 1)',
  },
  evidenceFile: { en: 'evidence package', ko: '증거 패키지' },
  evidenceExport: { en: 'export a package for forensic tools', ko: '포렌식 도구용으로 패키지를 내보냅니다' },
  evidenceCaseUco: { en: 'as CASE/UCO (JSON-LD)', ko: 'CASE/UCO(JSON-LD) 형식' },
  evidenceExportOut: { en: 'write to this new file', ko: '새 파일에 저장합니다' },
  custody: { en: 'chain of custody of documents', ko: '문서의 인수·인계 기록' },
  custodyList: {
    en: 'who took or handed out which document, when and why',
    ko: '문서를 누가, 언제, 왜 인수·인계하였는지 표시합니다',
  },
  custodyIncident: { en: 'only documents of this incident', ko: '이 사건의 문서만' },
  custodyCase: { en: 'only documents of this case', ko: '이 수사 건의 문서만' },
  custodyOmitted: {
    en: 'These are the newest; {count} older ones are not shown.',
    ko: '최근 기록만 표시합니다. 이전 기록 {count}건은 표시하지 않았습니다.',
  },
  custodyDigest: { en: 'only the document of this SHA-256', ko: '이 SHA-256의 문서만' },
  custodyIn: { en: 'taken', ko: '인수' },
  custodyOut: { en: 'handed out', ko: '인계' },
} as const;
