import type { Terms } from './text.ts';

/** What of a STIX pattern can be watched for by its value alone. */
export const patternSubjectKinds = [
  'wallet',
  'transaction',
  'bank-account',
  'domain',
  'url',
  'ipv4',
  'ipv6',
  'email',
  'file',
] as const;
export type PatternSubjectKind = (typeof patternSubjectKinds)[number];

/** Why a pattern, or a part of it, is kept but not watched. */
export const unwatchableReasons = [
  'language',
  'invalid',
  'conjunction',
  'sequence',
  'qualifier',
  'negation',
  'operator',
  'subject',
  'value',
] as const;
export type UnwatchableReason = (typeof unwatchableReasons)[number];

/** The words of patterns in both languages, by the code that the data carries. */
export const patternTerms = {
  patternSubject: {
    wallet: { en: 'Wallet', ko: '지갑' },
    transaction: { en: 'Transaction', ko: '거래' },
    'bank-account': { en: 'Bank account', ko: '은행 계좌' },
    domain: { en: 'Domain', ko: '도메인' },
    url: { en: 'Web address', ko: '웹 주소' },
    ipv4: { en: 'IPv4 address', ko: 'IPv4 주소' },
    ipv6: { en: 'IPv6 address', ko: 'IPv6 주소' },
    email: { en: 'E-mail address', ko: '전자우편 주소' },
    file: { en: 'File', ko: '파일' },
  } satisfies Terms<typeof patternSubjectKinds>,
  unwatchable: {
    language: {
      en: 'Kept, not watched: the pattern is in another language than STIX.',
      ko: '보관만 하고 감시하지 않습니다. STIX 패턴 언어로 작성되지 않았습니다.',
    },
    invalid: {
      en: 'Kept, not watched: the pattern does not follow the grammar of STIX 2.1.',
      ko: '보관만 하고 감시하지 않습니다. 패턴이 STIX 2.1 문법에 맞지 않습니다.',
    },
    conjunction: {
      en: 'Kept, not watched: the pattern asks for several things at once (AND); each alone would raise false alarms.',
      ko: '보관만 하고 감시하지 않습니다. 여러 조건을 동시에 요구하므로(AND) 하나만 감시하면 오경보가 발생합니다.',
    },
    sequence: {
      en: 'Kept, not watched: the pattern asks for an order of observations (FOLLOWEDBY).',
      ko: '보관만 하고 감시하지 않습니다. 관측의 순서를 요구하는 패턴입니다(FOLLOWEDBY).',
    },
    qualifier: {
      en: 'Kept, not watched: the pattern asks for a number or a time of observations (REPEATS, WITHIN, START).',
      ko: '보관만 하고 감시하지 않습니다. 관측의 횟수나 시간을 요구하는 패턴입니다(REPEATS, WITHIN, START).',
    },
    negation: {
      en: 'Kept, not watched: the pattern matches everything except what it names.',
      ko: '보관만 하고 감시하지 않습니다. 지정한 값을 제외한 모든 것과 일치하는 패턴입니다.',
    },
    operator: {
      en: 'Kept, not watched: the pattern compares otherwise than for equality, for example by LIKE or MATCHES.',
      ko: '보관만 하고 감시하지 않습니다. LIKE나 MATCHES와 같이 일치 이외의 비교를 사용하는 패턴입니다.',
    },
    subject: {
      en: 'Kept, not watched: the pattern is about something that cannot be watched here.',
      ko: '보관만 하고 감시하지 않습니다. 이곳에서 감시할 수 없는 대상에 관한 패턴입니다.',
    },
    value: {
      en: 'Kept, not watched: the value in the pattern is not the text of one wallet, account or address.',
      ko: '보관만 하고 감시하지 않습니다. 패턴의 값이 지갑, 계좌, 주소 하나를 나타내는 문자열이 아닙니다.',
    },
  } satisfies Terms<typeof unwatchableReasons>,
};
