import type { Text } from '@gongjo/contract';

/** Texts of `gongjo person` and `gongjo token`. Part of `texts`. */
export const peopleTexts = {
  personGroup: { en: 'who works at the desk, and what they may do', ko: '사용자와 권한을 관리합니다' },
  personAdd: {
    en: 'makes an account, and a link with which the person registers a passkey',
    ko: '계정을 만들고 패스키 등록 링크를 발급합니다',
  },
  personList: { en: 'everyone, with roles and clearance', ko: '사용자 목록과 역할, 열람 등급' },
  personShow: { en: 'one person and where they are signed in', ko: '사용자 정보와 로그인 현황' },
  personChange: {
    en: 'gives other roles or another clearance; holds at once',
    ko: '역할이나 열람 등급을 변경합니다(즉시 적용)',
  },
  personDisable: {
    en: 'lets nobody in by this account: sessions end, tokens are revoked',
    ko: '계정 사용을 중지합니다. 세션이 종료되고 토큰이 폐기됩니다',
  },
  personEnable: { en: 'lets the person in again', ko: '계정 사용을 재개합니다' },
  personRecover: {
    en: 'a new link to register a passkey by, where the old ones are lost',
    ko: '패스키를 분실한 경우 새 등록 링크를 발급합니다',
  },
  personName: { en: 'name, as it stands in the record', ko: '감사 기록에 남는 이름' },
  personRole: {
    en: 'analyst, case-officer, liaison, administrator, auditor or exchange-officer (repeatable)',
    ko: '역할: analyst(분석관), case-officer(수사관), liaison(공조 담당관), administrator(관리자), auditor(감사관), exchange-officer(거래소 담당자). 여러 번 지정 가능',
  },
  personClearance: {
    en: 'TLP level that may be seen: clear, green, amber, amber+strict or red; default: amber',
    ko: '열람할 수 있는 TLP 등급: clear, green, amber, amber+strict, red(기본값: amber)',
  },
  personSubject: {
    en: 'who it is at the agency’s own sign-in (OpenID Connect)',
    ko: '기관 통합 로그인(OpenID Connect)의 식별자',
  },
  personLink: {
    en: '{name} registers a passkey at this address, once and until {at}:\n{url}',
    ko: '{name}의 패스키 등록 주소입니다. {at}까지 한 번만 사용할 수 있습니다:\n{url}',
  },
  linkRole: {
    en: 'role of an account that the link makes (repeatable); default: analyst, case-officer, liaison, administrator',
    ko: '링크로 새로 만드는 계정의 역할(여러 번 지정 가능). 기본값: analyst, case-officer, liaison, administrator',
  },
  linkClearance: {
    en: 'clearance of an account that the link makes; default: red',
    ko: '링크로 새로 만드는 계정의 열람 등급(기본값: red)',
  },
  personActive: { en: 'active', ko: '사용 중' },
  personDisabled: { en: 'disabled', ko: '사용 중지' },
  columnRoles: { en: 'roles', ko: '역할' },
  columnClearance: { en: 'clearance', ko: '열람 등급' },
  columnPasskeys: { en: 'passkeys', ko: '패스키' },
  columnSignedIn: { en: 'signed in', ko: '로그인' },
  columnWay: { en: 'by', ko: '방법' },
  columnBrowser: { en: 'browser', ko: '브라우저' },
  tokenGroup: {
    en: 'tokens with which programs of a person call the API',
    ko: '사용자 프로그램의 API 토큰을 관리합니다',
  },
  tokenAdd: { en: 'makes a token and shows it once', ko: '토큰을 발급하고 한 번만 표시합니다' },
  tokenList: { en: 'tokens of a person and when they were last used', ko: '사용자의 토큰과 마지막 사용 시각' },
  tokenRevoke: { en: 'the token opens nothing from now on', ko: '토큰을 즉시 폐기합니다' },
  tokenName: { en: 'what it is for', ko: '토큰의 용도' },
  tokenId: { en: 'identifier of the token', ko: '토큰 식별자' },
  tokenPerson: { en: 'whose it is', ko: '토큰 소유자' },
  tokenRight: {
    en: 'what it may do, of what its owner may, e.g. alert:read (repeatable)',
    ko: '소유자의 권한 가운데 토큰에 부여할 권한, 예: alert:read(여러 번 지정 가능)',
  },
  tokenDays: { en: 'days until it ends, at most {max}; default: 90', ko: '유효 기간(일), 최대 {max}(기본값: 90)' },
  tokenMade: {
    en: 'Token {name}, good until {at}. Shown only now:\n{secret}',
    ko: '토큰 {name}({at}까지 유효). 지금만 표시됩니다:\n{secret}',
  },
  tokenStands: { en: 'valid', ko: '유효' },
  tokenRevoked: { en: 'revoked', ko: '폐기됨' },
} satisfies Record<string, Text>;
