import type { Text } from '@gongjo/contract';

/** Texts of `gongjo alert` and `gongjo watch`. Part of `texts`. */
export const watchTexts = {
  alert: { en: 'alerts', ko: '경보를 관리합니다' },
  alertList: {
    en: 'alerts joined by rule, incident and place, the newest first',
    ko: '규칙, 사건, 위치별로 묶은 경보를 최신순으로 표시합니다',
  },
  alertOpen: {
    en: 'only those with an alert that nobody has acknowledged',
    ko: '확인하지 않은 경보가 있는 것만 표시합니다',
  },
  alertShow: {
    en: 'one group: its alerts, and what was done about them',
    ko: '경보 묶음의 내용과 처리 이력을 표시합니다',
  },
  alertAck: { en: 'acknowledges every alert of a group so far', ko: '지금까지의 경보를 모두 확인 처리합니다' },
  alertAssign: {
    en: 'assigns a group to a person; without --to to nobody',
    ko: '담당자를 지정합니다. --to가 없으면 해제합니다',
  },
  alertSilence: {
    en: 'further alerts of a group count but call nobody, until a time',
    ko: '정한 시각까지 이후 경보를 집계만 하고 알리지 않습니다',
  },
  alertUnsilence: { en: 'further alerts of a group call again', ko: '경보 알림을 다시 시작합니다' },
  alertGroup: { en: 'group of alerts: its id, or the beginning of it', ko: '경보 묶음 식별자 또는 그 앞부분' },
  alertTo: { en: 'name of the person', ko: '담당자 이름' },
  alertReason: { en: 'why it is silenced', ko: '알림 중지 사유' },
  untilGiven: { en: 'until when: 90m, 8h, 30d, or RFC 3339', ko: '종료 시각: 90m, 8h, 30d 또는 RFC 3339' },
  watchGroup: { en: 'addresses that are watched, and the rules', ko: '감시 주소와 규칙을 관리합니다' },
  watchList: { en: 'every standing watch that somebody ordered', ko: '등록된 감시를 모두 표시합니다' },
  watchAdd: {
    en: 'watches an address, or every address that tags of a category name',
    ko: '주소 또는 태그 분류에 속한 모든 주소를 감시합니다',
  },
  watchRemove: { en: 'ends a watch', ko: '감시를 해제합니다' },
  watchImport: {
    en: 'watches every address of a file: one a line, or the first column of a CSV',
    ko: '파일의 모든 주소를 감시합니다(한 줄에 하나 또는 CSV의 첫 열)',
  },
  watchRules: { en: 'the rules, what each says and when it is wrong', ko: '규칙의 내용과 알려진 오경보를 표시합니다' },
  watchStatus: { en: 'how much is watched and what screening found', ko: '감시 규모와 대조 결과를 표시합니다' },
  watchStatusText: {
    en: 'fingerprints in memory {fingerprints} ({megabytes} MB); since the start screened {screened}, let through {candidates}, watched {hits}',
    ko: '메모리의 지문 {fingerprints}개({megabytes}MB), 시작 이후 대조 {screened}건, 후보 {candidates}건, 감시 대상 {hits}건',
  },
  watchName: { en: 'name to recognise it by', ko: '구분할 이름' },
  watchReason: { en: 'why it is watched', ko: '감시 사유' },
  watchCategory: { en: 'category of tags, e.g. sanctioned', ko: '태그 분류(예: sanctioned)' },
  watchId: { en: 'identifier of the watch', ko: '감시 식별자' },
  watchFile: { en: 'file of addresses', ko: '주소 파일' },
  watchRefused: { en: 'Lines that are no address of the chain: {count}', ko: '해당 체인의 주소가 아닌 행: {count}건' },
  knownFalse: { en: 'Known false alarms:', ko: '알려진 오경보:' },
  columnCount: { en: 'count', ko: '건수' },
} satisfies Record<string, Text>;
