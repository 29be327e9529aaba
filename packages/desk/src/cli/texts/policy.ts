import type { Text } from '@gongjo/contract';

/** Texts of `gongjo policy`. Part of `texts`. */
export const policyTexts = {
  policy: { en: 'the rules of what may leave and enter', ko: '제공 및 반입 정책을 관리합니다' },
  policyShow: { en: 'the policy set in force', ko: '시행 중인 정책을 표시합니다' },
  policyExplain: {
    en: 'what would happen to an object for a recipient, and why; nothing leaves',
    ko: '객체가 수신자에게 어떻게 처리되는지와 그 사유를 표시합니다. 실제로 제공하지는 않습니다',
  },
  policyCheck: {
    en: 'what a changed policy set would do otherwise than the one in force; nothing changes',
    ko: '변경할 정책이 시행 중인 정책과 다르게 처리하는 사항을 표시합니다. 정책은 변경되지 않습니다',
  },
  policySet: { en: 'have this policy set in force from now on', ko: '이 정책을 시행합니다' },
  policyHistory: { en: 'the policy sets that were in force', ko: '정책 변경 이력을 표시합니다' },
  policyFile: { en: 'file with the policy set (Cedar)', ko: '정책 파일(Cedar)' },
  policyText: { en: 'print the text of the set as it is', ko: '정책 원문을 그대로 출력합니다' },
  policyReason: { en: 'why, for the record', ko: '기록할 변경 사유' },
  policyObject: { en: 'identifier of the object (STIX)', ko: '객체 식별자(STIX)' },
  policyTo: { en: 'desk or collection:ALIAS', ko: '데스크 또는 collection:별칭' },
  policyPurpose: { en: 'investigation, warning or research', ko: 'investigation, warning, research 중 하나' },
  policyBasis: { en: 'legal basis; default: the agreement', ko: '법적 근거(기본값: 협정)' },
  policySha: { en: 'Policy set {sha256}, {count} rules', ko: '정책 {sha256}, 규칙 {count}개' },
  policyIsSet: { en: 'In force from now on: {sha256}, {count} rules.', ko: '시행하였습니다: {sha256}, 규칙 {count}개' },
  policyOutcome: { en: '{object} for {recipient}: {outcome}', ko: '{object} → {recipient}: {outcome}' },
  policySteps: { en: 'Questions, in order', ko: '질의 순서' },
  policyFacts: { en: 'Facts (* looked at by a rule that decided)', ko: '사실관계(* 판단 규칙이 확인한 항목)' },
  policyAsIs: { en: 'as things stand', ko: '현재 상태' },
  policySame: {
    en: 'Both sets answer the same in all {cases} cases that their rules can tell apart.',
    ko: '규칙이 구분할 수 있는 {cases}개 경우 모두에서 두 정책의 판단이 같습니다.',
  },
  policyCases: {
    en: '{cases} cases compared. The new set is wider in {wider} lines and narrower in {narrower}.',
    ko: '{cases}개 경우를 비교하였습니다. 새 정책이 더 넓은 항목 {wider}개, 더 좁은 항목 {narrower}개입니다.',
  },
  policyIncomplete: {
    en: 'There were too many cases; some were left out.',
    ko: '경우의 수가 많아 일부를 비교하지 못하였습니다.',
  },
  policyRules: {
    en: 'Rules added: {added}; removed: {removed}; changed: {changed}',
    ko: '추가된 규칙: {added}, 삭제된 규칙: {removed}, 변경된 규칙: {changed}',
  },
  policyWider: { en: 'Newly possible', ko: '새로 허용되는 사항' },
  policyNarrower: { en: 'No longer possible', ko: '더 이상 허용되지 않는 사항' },
  policyMore: { en: '{count} more; --json has what was found', ko: '외 {count}건(--json으로 확인)' },
  policyObjects: {
    en: 'Of the objects here, for the recipients of today ({asked} asked): {wider} wider, {narrower} narrower',
    ko: '보유 객체와 현재 수신자 기준({asked}건 확인): 넓어짐 {wider}건, 좁아짐 {narrower}건',
  },
  columnEffect: { en: 'Effect', ko: '효과' },
  columnSetBy: { en: 'By', ko: '변경자' },
  columnPolicy: { en: 'Policy set', ko: '정책' },
} as const satisfies Record<string, Text>;
