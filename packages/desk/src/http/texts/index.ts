import type { Text } from '@gongjo/contract';
import type { Area } from '../shapes/index.ts';
import { chains } from './chains.ts';
import { exchange } from './exchange.ts';
import { own } from './own.ts';
import { work } from './work.ts';

/** What each route is for. */
export const summaries: Readonly<Record<string, Text>> = { ...own, ...work, ...chains, ...exchange };

export const areaTexts: Readonly<Record<Area, Text>> = {
  account: { en: 'Signing in and one’s own account', ko: '로그인과 본인 계정' },
  people: { en: 'People', ko: '인원' },
  incidents: { en: 'The desk, incidents, notices and exercises', ko: '데스크·사건·통지·훈련' },
  cases: { en: 'Joint cases, requests and evidence', ko: '공동 사건철·요청·증거' },
  holds: { en: 'Hold requests', ko: '동결 요청' },
  alerts: { en: 'Alerts and watches', ko: '경보와 감시' },
  chains: { en: 'Chains, traces, tags and search', ko: '체인·추적·태그·검색' },
  objects: { en: 'Objects and releases', ko: '객체와 제공' },
  partners: { en: 'Partners, keys, comparison and TAXII', ko: '협력 기관·키·대조·TAXII' },
  policy: { en: 'Policy', ko: '정책' },
  directory: { en: 'Directory', ko: '디렉터리' },
  audit: { en: 'Audit record', ko: '감사 기록' },
};

export const docsTexts = {
  title: { en: 'Gongjo: HTTP API', ko: '공조: HTTP API' },
  about: {
    en: 'The pages and the command line use these routes. Amounts are decimal strings in the asset’s smallest unit, times RFC 3339 in UTC with milliseconds. Errors are application/problem+json.',
    ko: '페이지와 명령줄이 사용하는 경로입니다. 금액은 자산의 최소 단위로 쓴 십진수 문자열, 시각은 밀리초까지 쓴 UTC RFC 3339입니다. 오류는 application/problem+json으로 답합니다.',
  },
  document: { en: 'The same as OpenAPI 3.1', ko: 'OpenAPI 3.1 형식으로 보기' },
  other: { en: '한국어', ko: 'English' },
  areas: { en: 'Areas', ko: '영역' },
  schemas: { en: 'Schemas', ko: '스키마' },
  right: { en: 'For', ko: '권한' },
  parameters: { en: 'Parameters', ko: '매개변수' },
  body: { en: 'Body', ko: '본문' },
  optional: { en: 'may be left out', ko: '생략 가능' },
  answer: { en: 'Answer', ko: '응답' },
  example: { en: 'Example of a body', ko: '요청 본문 예시' },
  exampleAnswer: { en: 'Example of an answer', ko: '응답 예시' },
  done: { en: 'Done', ko: '완료' },
  made: { en: 'Made', ko: '생성됨' },
  nothing: { en: 'Done; nothing is answered', ko: '완료, 내용 없음' },
  elsewhere: { en: 'Goes on elsewhere', ko: '다른 곳으로 이동' },
  problem: { en: 'What was wrong, in both languages', ko: '무엇이 잘못되었는지(두 언어)' },
  session: { en: 'A person’s session on a page', ko: '페이지에서 로그인한 사람의 세션' },
  token: { en: 'A program’s token of a person, gjt_…', ko: '사람에게 속한 프로그램의 토큰, gjt_…' },
  reporter: { en: 'An exchange’s program with its own token', ko: '자체 토큰을 가진 거래소 프로그램' },
  operator: {
    en: 'No header: whoever can open the socket in the data folder is the operator',
    ko: '헤더 없음: 데이터 폴더의 소켓을 열 수 있는 사람이 운영자입니다',
  },
  public: { en: 'anybody', ko: '누구나' },
  'signed-in': { en: 'anybody signed in', ko: '로그인한 누구나' },
} as const satisfies Readonly<Record<string, Text>>;
