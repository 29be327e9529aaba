import type { Terms, Text } from './text.ts';

/** What is to be done with an object for a recipient, from the most open to the most closed. */
export const outcomeKinds = ['release', 'redact', 'ask-person', 'ask-origin', 'refuse'] as const;
export type OutcomeKind = (typeof outcomeKinds)[number];

export const outcomeTerms: Terms<typeof outcomeKinds> = {
  release: { en: 'released', ko: '제공' },
  redact: { en: 'released redacted', ko: '일부 삭제 후 제공' },
  'ask-person': { en: 'a person is asked', ko: '담당자 승인 요청' },
  'ask-origin': { en: 'the origin is asked', ko: '생성 기관에 요청' },
  refuse: { en: 'refused', ko: '제공 거부' },
};

/** Facts that a rule may ask about, as `policy check` and `policy explain` name them. */
export const policyFacts = [
  'recipient',
  'kind',
  'country',
  'paired',
  'agreement',
  'roles',
  'communities',
  'object',
  'type',
  'marking',
  'origin',
  'source',
  'objectCommunities',
  'handling',
  'incident',
  'purpose',
  'legalBasis',
  'approvals',
  'originConsents',
  'redaction',
  'via',
  'signatureVerified',
] as const;
export type PolicyFact = (typeof policyFacts)[number];

export const policyFactTerms: Terms<typeof policyFacts> = {
  recipient: { en: 'recipient', ko: '상대방' },
  kind: { en: 'kind of recipient', ko: '상대방 유형' },
  country: { en: 'country', ko: '국가' },
  paired: { en: 'paired', ko: '협력기관 등록' },
  agreement: { en: 'agreement', ko: '협정' },
  roles: { en: 'roles', ko: '역할' },
  communities: { en: 'its communities', ko: '상대방의 공동체' },
  object: { en: 'object', ko: '객체' },
  type: { en: 'type', ko: '객체 유형' },
  marking: { en: 'marking', ko: '표시 등급' },
  origin: { en: 'origin', ko: '생성 기관' },
  source: { en: 'source', ko: '출처' },
  objectCommunities: { en: "the origin's communities", ko: '생성 기관의 공동체' },
  handling: { en: 'handling marks', ko: '취급 표시' },
  incident: { en: 'incident', ko: '사건' },
  purpose: { en: 'purpose', ko: '목적' },
  legalBasis: { en: 'legal basis', ko: '법적 근거' },
  approvals: { en: 'approvals', ko: '승인 인원' },
  originConsents: { en: 'consent of the origin', ko: '생성 기관의 동의' },
  redaction: { en: 'redaction', ko: '삭제 기준' },
  via: { en: 'came by', ko: '반입 경로' },
  signatureVerified: { en: 'signature verified', ko: '서명 확인' },
};

/** Values that stand for all that no rule names. */
export const policyValues = ['none', 'some', 'other', 'own', 'shared', 'yes', 'no'] as const;
export type PolicyValue = (typeof policyValues)[number];

export const policyValueTerms: Terms<typeof policyValues> = {
  none: { en: 'none', ko: '없음' },
  some: { en: 'some', ko: '있음' },
  other: { en: 'any other', ko: '그 밖의 값' },
  own: { en: 'this desk', ko: '이 데스크' },
  shared: { en: "the origin's", ko: '생성 기관과 동일' },
  yes: { en: 'yes', ko: '예' },
  no: { en: 'no', ko: '아니요' },
};

/** How changes of a policy set are told. */
export const policyChangeTerms = {
  outcome: { en: '{before} → {after}', ko: '{before} → {after}' },
  persons: { en: 'approvals needed: {count}', ko: '필요 승인 {count}인' },
  consent: { en: 'consent of the origin', ko: '생성 기관 동의' },
  profile: { en: 'redacted by {profile}', ko: '{profile} 적용' },
  everything: { en: 'in every case', ko: '모든 경우' },
  permit: { en: 'admitted', ko: '반입' },
  forbid: { en: 'not admitted', ko: '반입 거부' },
} as const satisfies Record<string, Text>;
