import {
  type Alert,
  type DeskStatus,
  type Incident,
  type IncidentDetail,
  type Me,
  type NewIncident,
  type PartnerDetail,
  type QuarantinedObject,
  type ReleaseRequest,
  zAlert,
  zDeskStatus,
  zIncident,
  zIncidentDetail,
  zMe,
  zPartnerDetail,
  zProblem,
  zQuarantinedObject,
  zReleaseRequest,
} from '@gongjo/contract';
import { z } from 'zod';
import { ApiFailure } from './failure.ts';

const zIncidents = z.object({ incidents: z.array(zIncident) });
const zAlerts = z.object({ alerts: z.array(zAlert) });
const zRequests = z.object({ requests: z.array(zReleaseRequest) });
const zQuarantine = z.object({ objects: z.array(zQuarantinedObject) });

/** The desk's API as the pages use it. Every answer is parsed here; every failure is an {@link ApiFailure}. */
export const desk = {
  me: (): Promise<Me> => get('/api/me', zMe),
  status: (): Promise<DeskStatus> => get('/api/status', zDeskStatus),
  incidents: async (): Promise<Incident[]> => (await get('/api/incidents', zIncidents)).incidents,
  incident: (id: string): Promise<IncidentDetail> => get(`/api/incidents/${encodeURIComponent(id)}`, zIncidentDetail),
  alerts: async (): Promise<Alert[]> => (await get('/api/alerts', zAlerts)).alerts,
  partner: (id: string): Promise<PartnerDetail> => get(`/api/partners/${encodeURIComponent(id)}`, zPartnerDetail),
  quarantine: async (id: string): Promise<QuarantinedObject[]> =>
    (await get(`/api/partners/${encodeURIComponent(id)}/quarantine`, zQuarantine)).objects,
  approvals: async (): Promise<ReleaseRequest[]> => (await get('/api/approvals', zRequests)).requests,
  decide: (id: string, verdict: 'approve' | 'refuse', reason: string | null): Promise<void> =>
    call('POST', `/api/approvals/${encodeURIComponent(id)}/${verdict}`, { reason }),
  signIn: (token: string): Promise<void> => call('POST', '/api/session', { token }),
  signOut: (): Promise<void> => call('DELETE', '/api/session'),
  openIncident: async (incident: NewIncident): Promise<Incident> =>
    parse(await send('POST', '/api/incidents', incident), zIncident),
  acknowledge: async (id: string): Promise<Alert> =>
    parse(await send('POST', `/api/alerts/${encodeURIComponent(id)}/acknowledge`), zAlert),
};

async function get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  return parse(await send('GET', path), schema);
}

async function call(method: string, path: string, body?: unknown): Promise<void> {
  await send(method, path, body);
}

async function send(method: string, path: string, body?: unknown): Promise<Response> {
  const response = await fetch(path, {
    method,
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    body: body === undefined ? null : JSON.stringify(body),
    credentials: 'same-origin',
    cache: 'no-store',
  }).catch((cause: unknown) => {
    throw new ApiFailure('network', cause);
  });
  if (response.ok) return response;
  throw new ApiFailure(await parse(response, zProblem));
}

async function parse<T>(response: Response, schema: z.ZodType<T>): Promise<T> {
  const body: unknown = await response.json().catch((cause: unknown) => {
    throw new ApiFailure('answer', cause);
  });
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new ApiFailure('answer', parsed.error);
}
