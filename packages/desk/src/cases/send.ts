import { type Instant, type Language, type Problem, problem, type Text } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { contactsOf } from '../directory/index.ts';
import { epochMs, GongjoError, instant } from '../kernel/index.ts';
import type { Db } from '../platform/index.ts';
import { findIncident, partsOf } from './incident.store.ts';
import type { Mailer } from './mail.client.ts';
import { dueNotices, noteTry, type StoredNotice } from './notice.store.ts';
import { agencyName, agencyNamed } from './notice.ts';
import { firstLanguage, type NoticeText, noticeText } from './notice-text.ts';
import { type NotifyContext, tellDelivered } from './notify.ts';
import { callWebhook } from './webhook.client.ts';
import { signWebhook, webhookSecret, webhookSignatureHeader } from './webhook-signature.ts';

/** Messages on their way at once on a channel: one slow receiver holds up few, and a mail server is not stormed. */
const atOnceMax = 8;

/** The wait after a failure doubles, from the time a server takes to restart to one that a night shift can live with. */
const retryFirstMs = 10_000;
const retryMaxMs = 10 * 60_000;

/** After this long a notice is no warning any more; a person has to look. */
const triesEndMs = 72 * 3_600_000;

/** How often a partner's receipt is looked for. */
const deskLookMs = 5_000;
const deskLookLateMs = 60_000;
/** From then on less often. */
const deskLateMs = 10 * 60_000;

export interface SendContext extends NotifyContext {
  readonly mailer: Mailer;
  /** From which each contact's webhook secret is derived. */
  readonly webhookKey: Uint8Array;
  /** How people reach this desk. */
  readonly url: string;
  /** What became of an incident on its way to a partner; null: delivered. */
  readonly deskProblem: (db: Db, partner: string, incident: string) => Promise<Problem | null>;
}

export type SentChannel = 'email' | 'webhook' | 'desk';

/** Sends what is due on a channel, some at once. Answers how many notices changed, and whether more are due. */
export async function sendDue(
  context: SendContext,
  channel: SentChannel,
  signal: AbortSignal,
): Promise<{ readonly changed: number; readonly more: boolean }> {
  const due = await dueNotices(context.records, context.clock, channel, atOnceMax);
  const changed = await Promise.all(due.map((notice) => sendOne(context, notice, signal)));
  return { changed: changed.filter(Boolean).length, more: due.length === atOnceMax };
}

async function sendOne(context: SendContext, notice: StoredNotice, signal: AbortSignal): Promise<boolean> {
  const { records, clock } = context;
  let failed: Problem | null = null;
  try {
    failed = await attempt(context, notice, signal);
  } catch (thrown) {
    if (!(thrown instanceof GongjoError)) throw thrown;
    failed = thrown.problem;
  }
  // The desk stops: nothing is known of the try, and it is made again.
  if (failed && signal.aborted) return false;
  const outcome = failed ? failedTry(clock.now(), notice, failed) : { state: doneState(notice) };
  return records.transaction(async (tx) => {
    const isNews = failed === null || notice.problem?.code !== failed.code;
    if (!(await noteTry(tx, clock, notice, outcome))) return false;
    if (!failed) await tellDelivered(tx, context, notice);
    if (isNews)
      await recordAudit(tx, clock, {
        actor: 'desk',
        action: failed ? 'notice.failed' : 'notice.sent',
        subject: notice.incident,
        details: {
          notice: notice.id,
          agency: notice.agency,
          channel: notice.channel,
          ...(failed && { code: failed.code }),
        },
      });
    return isNews;
  });
}

/** A mail is with the server, which says nothing of its reader; the others answer. */
const doneState = ({ channel }: StoredNotice) => (channel === 'email' ? ('sent' as const) : ('delivered' as const));

/** When a message that failed is tried again: never, once it is too old to warn anybody. */
export function againAfter(
  now: number,
  { attempts, at }: Pick<StoredNotice, 'attempts' | 'at'>,
  waitMs = Math.min(retryMaxMs, retryFirstMs * 2 ** Math.min(attempts, 20)),
): Instant | null {
  return now - epochMs(at) > triesEndMs ? null : instant(now + waitMs);
}

function failedTry(
  now: number,
  notice: StoredNotice,
  problem: Problem,
): { state: 'due' | 'failed'; problem: Problem; nextAt: Instant | null } {
  if (notice.channel !== 'desk') return { state: 'failed', problem, nextAt: againAfter(now, notice) };
  // A partner's courier makes its own tries; here they are only looked at.
  const waitMs = now - epochMs(notice.at) > deskLateMs ? deskLookLateMs : deskLookMs;
  return { state: 'due', problem, nextAt: againAfter(now, notice, waitMs) };
}

/** One try. Answers or throws what was wrong. */
async function attempt(context: SendContext, notice: StoredNotice, signal: AbortSignal): Promise<Problem | null> {
  const { records, directory, desk, mailer, webhookKey, clock } = context;
  if (notice.channel === 'desk') return context.deskProblem(records, notice.contact, notice.incident);
  const reach = { desk, book: directory.book };
  const agency = agencyNamed(reach, notice.agency);
  const name = agencyName(reach, notice.agency);
  const contact = agency && contactsOf(agency).find(({ id }) => id === notice.contact);
  if (!contact?.to) return problem('contact-missing', { agency: name });
  const said = await messageFor(context, notice, {
    name,
    language: firstLanguage({ languages: contact.languages, country: agency?.country ?? null }),
    timeZone: agency?.duty?.timeZone ?? 'UTC',
    confidential: contact.confidential === true,
  });
  if (!said) return null;
  if (notice.channel === 'email') {
    await mailer.send({
      to: contact.to,
      subject: said.subject,
      text: said.text,
      messageId: `<${notice.id}.${notice.round}@${new URL(context.url).hostname}>`,
      // RFC 3834 section 5: no automatic answers.
      headers: { 'auto-submitted': 'auto-generated', 'x-gongjo-drill': notice.drill ? 'yes' : 'no' },
    });
    return null;
  }
  const body = JSON.stringify(said.message);
  const secret = webhookSecret(webhookKey, notice.agency, notice.contact);
  await callWebhook(
    {
      url: contact.to,
      body,
      agency: name,
      headers: {
        [webhookSignatureHeader]: signWebhook(secret, body, clock.now()),
        'gongjo-notice': `${notice.id}.${notice.round}`,
        'gongjo-drill': notice.drill ? 'yes' : 'no',
      },
    },
    signal,
  );
  return null;
}

async function messageFor(
  { records, directory, desk, url }: SendContext,
  notice: StoredNotice,
  to: { name: Text; language: Language; timeZone: string; confidential: boolean },
): Promise<NoticeText | null> {
  const incident = await findIncident(records, notice.incident);
  if (!incident) return null;
  const reach = { desk, book: directory.book };
  const link = new URL(`/incidents/${encodeURIComponent(incident.id)}`, url);
  link.searchParams.set('notice', notice.id);
  return noticeText(incident, await partsOf(records, incident.id), {
    ...to,
    agency: { id: notice.agency, name: to.name },
    notice: notice.id,
    round: notice.round,
    cause: notice.cause,
    insteadOf: notice.insteadOf === null ? null : agencyName(reach, notice.insteadOf),
    desk: { id: desk.desk, name: desk.name },
    link: link.href,
  });
}
