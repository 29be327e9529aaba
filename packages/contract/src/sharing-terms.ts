import type { Text } from './text.ts';

/** Reasons of decisions that no rule of a policy set gives: the code is the reason's `policy`. */
export const sharingReasons = {
  'unmarked-never-leaves': {
    en: 'The object carries no single TLP marking.',
    ko: '객체에 단일한 TLP 표시가 없습니다.',
  },
  'person-refused': {
    en: 'A person who was asked refused the release.',
    ko: '승인 요청을 받은 담당자가 제공을 거부하였습니다.',
  },
  'asked-no-more': {
    en: 'The hold request was withdrawn or changed before its release was approved.',
    ko: '제공 승인 전에 동결 요청이 철회되거나 변경되었습니다.',
  },
  'origin-refused': {
    en: 'The desk that the object came from does not agree to the release.',
    ko: '객체를 제공한 기관이 제3기관 제공에 동의하지 않았습니다.',
  },
  'origin-not-paired': {
    en: 'The release needs the consent of whoever the object came from, and that is no paired desk which could be asked.',
    ko: '객체를 제공한 쪽의 동의가 필요하지만, 동의를 요청할 수 있는 등록된 데스크가 아닙니다.',
  },
  recalled: {
    en: 'The object was taken back; the recipient is told so.',
    ko: '회수된 객체로서 수신 기관에 그 사실을 알립니다.',
  },
} as const satisfies Record<string, Text>;

/** Why a recall goes out where nobody wrote a reason of their own. */
export const recallReasons = {
  revoked: {
    en: 'The desk that made the object has revoked it.',
    ko: '객체를 생성한 데스크에서 이를 철회하였습니다.',
  },
} as const satisfies Record<string, Text>;
