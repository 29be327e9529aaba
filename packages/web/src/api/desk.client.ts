import {
  type Alert,
  type DeskStatus,
  type Incident,
  type IncidentDetail,
  type Me,
  type PartnerDetail,
  type QuarantinedObject,
  type ReleaseRequest,
  zAlert,
  zDeskStatus,
  zIncident,
  zIncidentDetail,
  zMe,
  zPartnerDetail,
  zQuarantinedObject,
  zReleaseRequest,
} from '@gongjo/contract';
import { z } from 'zod';
import { learnDeskTime } from './desk-time.ts';
import { call, get, parse, send } from './fetch.client.ts';

const zIncidents = z.object({ incidents: z.array(zIncident) });
const zAlerts = z.object({ alerts: z.array(zAlert) });
const zRequests = z.object({ requests: z.array(zReleaseRequest) });
const zQuarantine = z.object({ objects: z.array(zQuarantinedObject) });

/** The desk's API as the pages use it. Every answer is parsed here; every failure is an `ApiFailure`. */
export const desk = {
  me: (): Promise<Me> => get('/api/me', zMe),
  status: async (): Promise<DeskStatus> => {
    const status = await get('/api/status', zDeskStatus);
    learnDeskTime(status.now);
    return status;
  },
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
  acknowledge: async (id: string): Promise<Alert> =>
    parse(await send('POST', `/api/alerts/${encodeURIComponent(id)}/acknowledge`), zAlert),
};
