import type { z } from 'zod';
import { fill, type Language, languages, type Text } from './text.ts';

/** What is wrong with a field that somebody sent, in plain words of both languages. */
const inputTerms = {
  missing: { en: 'is missing', ko: '값이 없습니다' },
  unknown: { en: 'no such field: {keys}', ko: '없는 항목입니다: {keys}' },
  oneOf: { en: 'must be one of {values}', ko: '{values} 중 하나여야 합니다' },
  noForm: { en: 'has none of the forms that it may have', ko: '허용되는 형식이 아닙니다' },
  format: { en: 'is not written as it must be', ko: '정해진 형식에 맞지 않습니다' },
  atLeast: { en: 'must be {limit} or more', ko: '{limit} 이상이어야 합니다' },
  above: { en: 'must be more than {limit}', ko: '{limit}보다 커야 합니다' },
  atMost: { en: 'must be {limit} or less', ko: '{limit} 이하여야 합니다' },
  below: { en: 'must be less than {limit}', ko: '{limit}보다 작아야 합니다' },
  multiple: { en: 'must be a multiple of {limit}', ko: '{limit}의 배수여야 합니다' },
  empty: { en: 'must not be empty', ko: '비워 둘 수 없습니다' },
  tooShort: { en: 'must have {limit} characters or more', ko: '{limit}자 이상이어야 합니다' },
  tooLong: { en: 'may have {limit} characters at most', ko: '{limit}자까지 입력할 수 있습니다' },
  tooFew: { en: 'must have {limit} entries or more', ko: '{limit}개 이상이어야 합니다' },
  tooMany: { en: 'may have {limit} entries at most', ko: '{limit}개까지 입력할 수 있습니다' },
  body: { en: 'the request', ko: '요청' },
} as const satisfies Record<string, Text>;

/** What a value must be, by the name that schemas have for it. */
const kinds: Readonly<Record<string, Text>> = {
  string: { en: 'must be text', ko: '문자열이어야 합니다' },
  number: { en: 'must be a number', ko: '숫자여야 합니다' },
  int: { en: 'must be a whole number', ko: '정수여야 합니다' },
  boolean: { en: 'must be true or false', ko: 'true 또는 false여야 합니다' },
  array: { en: 'must be a list', ko: '목록이어야 합니다' },
  object: { en: 'must be an object', ko: '객체여야 합니다' },
  record: { en: 'must be an object', ko: '객체여야 합니다' },
  null: { en: 'must be null', ko: 'null이어야 합니다' },
};

const formats = {
  datetime: {
    en: 'must be an instant such as 2026-01-31T09:00:00Z',
    ko: '2026-01-31T09:00:00Z와 같은 시각이어야 합니다',
  },
  date: { en: 'must be a date such as 2026-01-31', ko: '2026-01-31과 같은 날짜여야 합니다' },
  url: { en: 'must be a URL', ko: 'URL이어야 합니다' },
  email: { en: 'must be an e-mail address', ko: '전자우편 주소여야 합니다' },
  uuid: { en: 'must be a UUID', ko: 'UUID여야 합니다' },
} as const satisfies Record<string, Text>;

const rule = (en: string, ko: string) => ({ error: en, params: { text: { en, ko } } });

/** What schemas ask beyond the kind of a value. */
export const inputRules = {
  someLanguage: rule('must be given in English or in Korean', '영어나 한국어 중 하나는 입력하여야 합니다'),
  desks: rule('names too many desks', '데스크가 너무 많습니다'),
  alertOrAddress: rule(
    'either an alert or an address must be given, not both',
    '경보와 주소 중 하나만 입력하여야 합니다',
  ),
  printOnly: rule('may be given only where it goes in print', '인쇄하여 보낼 때에만 입력할 수 있습니다'),
  absolutePath: rule('must be an absolute path', '절대 경로여야 합니다'),
  fileName: rule('must be the name of a file, without a folder', '폴더가 없는 파일 이름이어야 합니다'),
  personName: rule('must be visible characters without a colon', '콜론과 보이지 않는 문자를 제외한 글자여야 합니다'),
  someChange: rule('must change something', '변경할 항목을 하나 이상 입력하여야 합니다'),
  httpUrl: rule('must be an http or https URL', 'http 또는 https URL이어야 합니다'),
  postgresUrl: rule('must be a postgresql URL', 'postgresql URL이어야 합니다'),
  line: rule('must be a line of text', '한 줄의 글이어야 합니다'),
  runs: rule('must be runs in order and apart', '구간이 순서대로 떨어져 있어야 합니다'),
  evmChain: rule('must be an EVM chain such as eip155:1', 'eip155:1과 같은 EVM 체인이어야 합니다'),
} as const;

/** What no schema can know: it depends on what the desk has. */
const faults = {
  empty: inputTerms.empty,
  time: formats.datetime,
  address: { en: 'must be an address of {chain}', ko: '{chain}의 주소여야 합니다' },
  transaction: { en: 'must be a transaction hash of {chain}', ko: '{chain}의 거래 해시여야 합니다' },
  absolutePath: inputRules.absolutePath.params.text,
  future: { en: 'must be in the future', ko: '현재 이후의 시각이어야 합니다' },
  within30Days: { en: 'must be ahead, and within 30 days', ko: '현재부터 30일 이내의 시각이어야 합니다' },
  after: { en: 'must be after {at}', ko: '{at} 이후여야 합니다' },
  otherDesk: { en: 'must be another desk', ko: '다른 데스크여야 합니다' },
  kind: { en: 'must be {kind}', ko: '{kind}이어야 합니다' },
  notKind: { en: 'may not be {kind}', ko: '{kind}은(는) 쓸 수 없습니다' },
  source: { en: 'must be given: evidence names where it comes from', ko: '증거에는 출처를 입력하여야 합니다' },
  name: { en: 'is no name for it', ko: '이름으로 쓸 수 없습니다' },
  inCase: { en: 'is in the case already', ko: '이미 이 수사 건에 있습니다' },
  flagged: { en: 'is {flag} in this case already', ko: '이 수사 건에서 이미 {flag}(으)로 되어 있습니다' },
  noPassword: { en: 'may not name a user or a password', ko: '사용자나 비밀번호를 포함할 수 없습니다' },
  entity: { en: 'must be a legal entity of {name}', ko: '{name}의 법인이어야 합니다' },
  block: { en: 'the ledger does not hold block {height}', ko: '원장에 블록 {height}이(가) 없습니다' },
} as const satisfies Record<string, Text>;

/** One wrong field and why, for the detail of `input-invalid`. A value may be a text of both languages. */
export function inputFault(
  path: string,
  why: keyof typeof faults,
  values: Readonly<Record<string, string | number | Text>> = {},
): Text {
  const inWords = (language: Language) =>
    fill(
      faults[why][language],
      Object.fromEntries(Object.entries(values).map(([key, it]) => [key, typeof it === 'object' ? it[language] : it])),
    );
  return { en: `${path}: ${inWords('en')}`, ko: `${path}: ${inWords('ko')}` };
}

/** Every field of `input` that is wrong, `path: what`, one after the other. */
export function inputFaults(error: z.ZodError, input: unknown): Text {
  const faults = error.issues.map((issue) => {
    const said = inputReason(issue, input);
    const path = issue.path.join('.');
    return { en: `${path || inputTerms.body.en}: ${said.en}`, ko: `${path || inputTerms.body.ko}: ${said.ko}` };
  });
  return { en: faults.map(({ en }) => en).join('; '), ko: faults.map(({ ko }) => ko).join('; ') };
}

/** What is wrong with one field of `input`. */
export function inputReason(issue: z.core.$ZodIssue, input: unknown): Text {
  return issueText(issue, valueAt(input, issue.path));
}

function issueText(issue: z.core.$ZodIssue, value: unknown): Text {
  switch (issue.code) {
    case 'invalid_type':
      if (value === undefined) return inputTerms.missing;
      return kinds[issue.expected] ?? own(issue.message);
    case 'invalid_value':
      if (value === undefined) return inputTerms.missing;
      return said('oneOf', { values: issue.values.map(String).join(', ') });
    case 'invalid_union':
      return value === undefined ? inputTerms.missing : inputTerms.noForm;
    case 'unrecognized_keys':
      return said('unknown', { keys: issue.keys.join(', ') });
    case 'invalid_format':
      return (formats as Readonly<Record<string, Text>>)[issue.format] ?? inputTerms.format;
    case 'not_multiple_of':
      return said('multiple', { limit: issue.divisor });
    case 'too_small':
      return bound(issue.origin, Number(issue.minimum), issue.inclusive === false ? 'above' : 'atLeast');
    case 'too_big':
      return bound(issue.origin, Number(issue.maximum), issue.inclusive === false ? 'below' : 'atMost');
    default:
      return own(issue.message, issue.code === 'custom' ? issue.params : undefined);
  }
}

function bound(origin: string, limit: number, number: 'atLeast' | 'above' | 'atMost' | 'below'): Text {
  const isLow = number === 'atLeast' || number === 'above';
  if (origin === 'string' && isLow) return limit === 1 ? inputTerms.empty : said('tooShort', { limit });
  if (origin === 'string') return said('tooLong', { limit });
  if (origin === 'array' || origin === 'set' || origin === 'map') return said(isLow ? 'tooFew' : 'tooMany', { limit });
  return said(number, { limit });
}

const said = (term: keyof typeof inputTerms, values: Readonly<Record<string, string | number>>): Text => ({
  en: fill(inputTerms[term].en, values),
  ko: fill(inputTerms[term].ko, values),
});

/** A rule of one schema says in its own words what it wants: `params.text` in both languages. */
const own = (message: string, params?: Readonly<Record<string, unknown>>): Text => {
  const text = params?.text as Text | undefined;
  return text && languages.every((it) => typeof text[it] === 'string')
    ? text
    : { en: message, ko: inputTerms.format.ko };
};

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, step) => (typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[step] : undefined),
    input,
  );
}
