import type { Notice } from '@gongjo/contract';
import { zEntryId } from '@gongjo/contract';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { recordAudit } from '../audit/index.ts';
import {
  acknowledgeNotice,
  agencyName,
  agencyNamed,
  findIncident,
  isNotice,
  listNotices,
  nextStepAt,
  type StoredNotice,
  webhookSecret,
} from '../cases/index.ts';
import { contactsOf } from '../directory/index.ts';
import { GongjoError, instant } from '../kernel/index.ts';
import { tellAcknowledged } from '../sharing/index.ts';
import type { HttpContext } from './context.ts';
import { parseInput } from './parse.ts';
import { viewerOf } from './viewer.ts';

export const zAsked = z.strictObject({
  incident: z.string().min(1).max(200).optional(),
  state: z.enum(['waiting', 'all']).default('all'),
});
export const zContactOf = z.strictObject({ agency: zEntryId, contact: zEntryId });

export function noticeRoutes(api: FastifyInstance, context: HttpContext): void {
  const { records, seen, clock, directory, notify, feed, webhookKey, partnerContext, wake } = context;

  /** Who was told how; `state=waiting`: what has not arrived yet, since when and why. */
  api.get('/api/notices', async (request) => {
    const db = seen(request);
    const { incident, state } = parseInput(zAsked, request.query);
    const notices = await listNotices(db, { incident, waiting: state === 'waiting' });
    const isSeen = incident !== undefined && (await findIncident(db, incident)) !== null;
    const nextStep = isSeen ? await nextStepAt(notify, incident) : null;
    return { notices: notices.map(viewOf), nextEscalationAt: nextStep };
  });

  api.post<{ Params: { id: string } }>('/api/notices/:id/acknowledge', async (request) => {
    const { name } = viewerOf(request);
    if (!(await isNotice(seen(request), request.params.id))) throw new GongjoError('not-found');
    const { id, incident, isToTell } = await records.transaction(async (tx) => {
      const { isFirst, ...notice } = await acknowledgeNotice(tx, notify, request.params.id, name);
      const about = isFirst ? await findIncident(tx, notice.incident) : null;
      const at = notice.acknowledgedAt ?? instant(clock.now());
      return {
        ...notice,
        isToTell: about !== null && (await tellAcknowledged(tx, partnerContext, about, notice.agency, at)),
      };
    });
    feed.publish('notices');
    if (isToTell) await wake.couriers();
    const found = (await listNotices(seen(request), { incident })).find((it) => it.id === id);
    if (!found) throw new GongjoError('not-found');
    return viewOf(found);
  });

  /** What a contact's webhook checks signatures with. */
  api.get('/api/webhook-secret', async (request) => {
    const { name } = viewerOf(request);
    const { agency, contact } = parseInput(zContactOf, request.query);
    const known = directory.book.agencies.get(agency);
    if (!known || !contactsOf(known).some(({ id, channel }) => id === contact && channel === 'webhook'))
      throw new GongjoError('not-found');
    await records.transaction((tx) =>
      recordAudit(tx, clock, {
        actor: name,
        action: 'notice.secret-shown',
        subject: agency,
        details: { contact },
      }),
    );
    return { agency, contact, secret: webhookSecret(webhookKey, agency, contact) };
  });

  function viewOf({ title, ...notice }: StoredNotice & { readonly title: Notice['incident']['title'] }): Notice {
    const reach = { desk: notify.desk, book: directory.book };
    const nameOf = (id: string) => ({ id, name: agencyName(reach, id) });
    const { incident, agency, insteadOf, contact, ...same } = notice;
    return {
      ...same,
      incident: { id: incident, title },
      agency: { ...nameOf(agency), country: agencyNamed(reach, agency)?.country ?? '' },
      contact: contact === '' ? null : contact,
      insteadOf: insteadOf === null ? null : nameOf(insteadOf),
    };
  }
}
