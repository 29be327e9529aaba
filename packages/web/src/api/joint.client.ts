import {
  type CaseAccessAct,
  type CaseDetail,
  type CaseSummary,
  type FactChange,
  type NewCase,
  type NewFact,
  type NewRequest,
  type RequestAct,
  type RequestView,
  zCaseDetail,
  zCaseSummary,
  zRequestView,
} from '@gongjo/contract';
import { z } from 'zod';
import { get, parse, send } from './fetch.client.ts';

const zCases = z.object({ cases: z.array(zCaseSummary) });
const zRequests = z.object({ requests: z.array(zRequestView) });
const zAdded = z.object({ fact: z.string(), case: zCaseDetail });

const at = (id: string, ...rest: readonly string[]) => `/api/cases/${[id, ...rest].map(encodeURIComponent).join('/')}`;
const changed = async (path: string, body: unknown): Promise<CaseDetail> =>
  parse(await send('POST', path, body), zCaseDetail);

/** Cases and requests to partners. */
export const joint = {
  cases: async (): Promise<CaseSummary[]> => (await get('/api/cases', zCases)).cases,
  casesOf: async (incident: string): Promise<CaseSummary[]> =>
    (await get(`/api/cases?incident=${encodeURIComponent(incident)}`, zCases)).cases,
  case: (id: string): Promise<CaseDetail> => get(at(id), zCaseDetail),
  open: (asked: NewCase): Promise<CaseDetail> => changed('/api/cases', asked),
  add: async (id: string, fact: NewFact): Promise<CaseDetail> =>
    (await parse(await send('POST', at(id, 'facts'), fact), zAdded)).case,
  change: (id: string, fact: string, change: FactChange): Promise<CaseDetail> => changed(at(id, 'facts', fact), change),
  convert: (id: string, fact: string, based: readonly string[], legalBasis: string): Promise<CaseDetail> =>
    changed(at(id, 'facts', fact, 'evidence'), { based, legalBasis }),
  offer: (id: string, to: string, legalBasis: string | null): Promise<CaseDetail> =>
    changed(at(id, 'offers'), { to, legalBasis }),
  answer: (id: string, standing: 'joined' | 'declined' | 'left'): Promise<CaseDetail> =>
    changed(at(id, 'answer'), { standing }),
  /** Null: the case is hidden from whoever asked, who has let oneself out of it. */
  access: async (id: string, act: CaseAccessAct): Promise<CaseDetail | null> => {
    const answer = await send('POST', at(id, 'members'), act);
    return answer.status === 204 ? null : parse(answer, zCaseDetail);
  },
  requests: async (about: string | null = null): Promise<RequestView[]> =>
    (await get(`/api/requests${about === null ? '' : `?case=${encodeURIComponent(about)}`}`, zRequests)).requests,
  ask: async (asked: NewRequest): Promise<RequestView> =>
    parse(await send('POST', '/api/requests', asked), zRequestView),
  /** Null: a draft is gone. */
  act: async (id: string, asked: RequestAct): Promise<RequestView | null> => {
    const answer = await send('POST', `/api/requests/${encodeURIComponent(id)}/events`, asked);
    return answer.status === 204 ? null : parse(answer, zRequestView);
  },
};
