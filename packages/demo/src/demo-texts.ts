import type { Text } from '@gongjo/contract';

/** What the demo says besides the steps of the theft. */
export const texts = {
  starting: {
    en: 'Starting a local chain and two desks; theft number {seed}.',
    ko: '로컬 체인과 데스크 두 곳을 시작합니다. 사건 번호 {seed}.',
  },
  chain: {
    en: 'Contracts compiled in {ms} ms; the chain answers at {url}.',
    ko: '컨트랙트를 {ms}ms 만에 컴파일하였습니다. 체인 주소: {url}',
  },
  paired: { en: 'Both desks run and have paired.', ko: '두 데스크가 실행 중이며 협력기관으로 등록되었습니다.' },
  signIn: { en: '{name}: {url}', ko: '{name}: {url}' },
  step: { en: '{number}/{of}  block {height}  {text}', ko: '{number}/{of}  {height}번 블록  {text}' },
  opened: {
    en: 'Seoul has opened an incident on {count} transactions.',
    ko: '서울 데스크가 거래 {count}건으로 사건을 등록하였습니다.',
  },
  incidentTitle: { en: 'Theft from Hangang Exchange', ko: '한강거래소 탈취 사건' },
  victim: { en: 'Hangang Exchange', ko: '한강거래소' },
  heistOver: {
    en: 'The theft is over. Comparing what the desks say with the script’s own book.',
    ko: '탈취 과정이 끝났습니다. 데스크의 결과를 시나리오 장부와 비교합니다.',
  },
  stolen: { en: 'Stolen', ko: '탈취' },
  total: { en: '  {kind}: {amount}', ko: '  {kind}: {amount}' },
  differs: {
    en: '  {name} differs at “{kind}”: {found} instead of {expected}',
    ko: '  {name} 불일치({kind}): 장부 {expected}, 데스크 {found}',
  },
  missing: { en: '  {name} does not have the incident.', ko: '  {name}에 해당 사건이 없습니다.' },
  agree: {
    en: 'Both desks agree with the book to the last unit.',
    ko: '두 데스크의 결과가 최소 단위까지 장부와 일치합니다.',
  },
  disagree: {
    en: 'The desks do not agree with the book. Their logs are in {folder}.',
    ko: '데스크의 결과가 장부와 일치하지 않습니다. 데스크 로그: {folder}',
  },
  staying: {
    en: 'The desks stay open until you press Ctrl-C.',
    ko: 'Ctrl-C를 누를 때까지 데스크가 계속 실행됩니다.',
  },
  stopping: { en: 'Stopping.', ko: '종료합니다.' },
  error: { en: '{text}\n{hint}', ko: '{text}\n{hint}' },
  unexpected: { en: 'The demo failed: {detail}', ko: '데모가 실패하였습니다: {detail}' },
  unexpectedHint: {
    en: 'The desks’ logs are in the data folder. Try again; nothing outside that folder was changed.',
    ko: '데스크 로그는 데이터 폴더에 있습니다. 다시 시도하십시오. 해당 폴더 밖에서 변경된 내용은 없습니다.',
  },
} as const satisfies Record<string, Text>;

export const deskNames = {
  seoul: { en: 'Seoul desk', ko: '서울 데스크' },
  washington: { en: 'Washington desk', ko: '워싱턴 데스크' },
} as const satisfies Record<string, Text>;

/** The two desks of the play. */
export type DeskName = keyof typeof deskNames;
