import type { Reason } from '@gongjo/contract';

/** Reasons that no rule of a policy set gives. */
export const ownReasons = {
  noPermit: {
    policy: 'no-permit',
    text: { en: 'No rule permits it.', ko: '이를 허용하는 규칙이 없습니다.' },
  },
  policyInvalid: {
    policy: 'policy-invalid',
    text: {
      en: 'The policy set is not valid; until it is corrected nothing is released or admitted.',
      ko: '정책이 올바르지 않습니다. 수정될 때까지 어떠한 자료도 제공하거나 반입하지 않습니다.',
    },
  },
  evaluationFailed: {
    policy: 'evaluation-failed',
    text: {
      en: 'A rule could not be evaluated, so the answer is no.',
      ko: '규칙을 평가할 수 없어 허용하지 않습니다.',
    },
  },
} as const satisfies Record<string, Reason>;

/** A rule may not pose as one of them. */
export const reservedIds: ReadonlySet<string> = new Set(Object.values(ownReasons).map((it) => it.policy));
