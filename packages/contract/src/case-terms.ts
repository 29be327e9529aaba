import type { caseFlags, caseStandings, factKinds } from './case.ts';
import type { partnerRequestKinds, refusalGrounds, requestEvents, requestStatesAll } from './request.ts';
import type { Terms } from './text.ts';

/** The words of cases and of requests to partners, as people see them. */
export const caseTerms = {
  fact: {
    case: { en: 'case', ko: '수사 건' },
    incident: { en: 'incident', ko: '사건' },
    desk: { en: 'desk', ko: '데스크' },
    member: { en: 'person', ko: '담당자' },
    task: { en: 'task', ko: '업무' },
    finding: { en: 'finding', ko: '확인 사항' },
    document: { en: 'document', ko: '문서' },
    note: { en: 'note', ko: '메모' },
  } satisfies Terms<typeof factKinds>,
  flag: {
    intelligence: { en: 'intelligence', ko: '첩보' },
    evidence: { en: 'evidence', ko: '증거' },
  } satisfies Terms<typeof caseFlags>,
  standing: {
    offered: { en: 'offered', ko: '참여 요청' },
    joined: { en: 'joined', ko: '참여' },
    declined: { en: 'declined', ko: '참여 거절' },
    left: { en: 'left', ko: '참여 종료' },
  } satisfies Terms<typeof caseStandings>,
  caseState: {
    open: { en: 'open', ko: '진행 중' },
    closed: { en: 'closed', ko: '종결' },
  },
  request: {
    rfi: { en: 'request for information', ko: '정보 제공 요청' },
    preservation: { en: 'preservation of data', ko: '자료 보존 요청' },
    sighting: { en: 'sighting check', ko: '보유 자료 대조 요청' },
    interview: { en: 'interview', ko: '면담·진술 청취 요청' },
    mla: { en: 'mutual legal assistance, draft', ko: '형사사법공조 요청(초안)' },
  } satisfies Terms<typeof partnerRequestKinds>,
  requestState: {
    draft: { en: 'draft', ko: '초안' },
    sent: { en: 'sent', ko: '발송' },
    acknowledged: { en: 'acknowledged', ko: '접수 확인' },
    queried: { en: 'asked back', ko: '보완 요청' },
    'partly-answered': { en: 'answered in part', ko: '일부 회신' },
    answered: { en: 'answered', ko: '회신 완료' },
    refused: { en: 'refused', ko: '거절' },
    withdrawn: { en: 'withdrawn', ko: '철회' },
    closed: { en: 'closed', ko: '종결' },
  } satisfies Terms<typeof requestStatesAll>,
  requestEvent: {
    send: { en: 'send', ko: '발송' },
    supply: { en: 'supply what was asked back', ko: '보완 제출' },
    extend: { en: 'extend the deadline', ko: '기한 연장' },
    remind: { en: 'remind', ko: '독촉' },
    escalate: { en: 'escalate', ko: '최종 독촉' },
    withdraw: { en: 'withdraw', ko: '철회' },
    close: { en: 'close', ko: '종결' },
    acknowledge: { en: 'acknowledge', ko: '접수 확인' },
    query: { en: 'ask back', ko: '보완 요청' },
    'answer-partly': { en: 'answer in part', ko: '일부 회신' },
    answer: { en: 'answer', ko: '회신' },
    refuse: { en: 'refuse', ko: '거절' },
  } satisfies Terms<typeof requestEvents>,
  refusalGround: {
    'no-legal-basis': { en: 'no legal basis', ko: '법적 근거 없음' },
    'dual-criminality': { en: 'no offence in both countries', ko: '쌍방가벌성 불충족' },
    'not-competent': { en: 'not competent', ko: '관할 아님' },
    disproportionate: { en: 'disproportionate', ko: '비례성 결여' },
    'harms-investigation': { en: 'harms an investigation', ko: '수사에 지장 초래' },
    'not-available': { en: 'not available', ko: '자료 없음' },
    other: { en: 'other', ko: '기타' },
  } satisfies Terms<typeof refusalGrounds>,
  effect: {
    act: { en: 'took effect', ko: '반영' },
    late: { en: 'crossed on the way', ko: '교차 도착' },
    void: { en: 'not allowed then, changed nothing', ko: '허용되지 않아 미반영' },
  },
};
