import { type Problem, problem } from '@gongjo/contract';
import { recordAudit } from '../../audit/index.ts';
import { contactsOf } from '../../directory/index.ts';
import { GongjoError, instant } from '../../kernel/index.ts';
import type { Db } from '../../platform/index.ts';
import { agencyName, agencyNamed } from '../notice.ts';
import { firstLanguage } from '../notice-text.ts';
import { againAfter } from '../send.ts';
import { callWebhook } from '../webhook.client.ts';
import { signWebhook, webhookSecret, webhookSignatureHeader } from '../webhook-signature.ts';
import { warningKey } from './clocks.ts';
import type { HoldContext } from './context.ts';
import { readDocuments } from './document.store.ts';
import { leaving, type MadeDocument, mediaTypes } from './documents.ts';
import { findHold, type StoredHold } from './hold.store.ts';
import {
  dropMessage,
  dueMessages,
  type HoldMessage,
  isNeeded,
  noteMessage,
  pendingMessage,
  requestKey,
  waitForMessage,
  warningsOf,
} from './message.store.ts';
import { requestMail, warningText } from './message-text.ts';
import { documentsLeft, noteLeft, noteSent } from './send.ts';

/** Messages on their way at once: a slow server holds up few. */
const atOnceMax = 4;

/** How soon it is looked again how far a request to a desk has come, and what keeps it there. */
const deskLookMs = 2_000;
const deskLateMs = 10_000;

/** A detached JWS over the body, by which an addressee's program knows the desk. */
export const requestSignatureHeader = 'gongjo-jws';

/**
 * Sends what is due. Answers the requests of which something changed. What fails of one as nobody foresaw is told to `failed`, tried
 * again later, and keeps no other waiting.
 */
export async function deliverHolds(
  context: HoldContext,
  signal: AbortSignal,
  failed: (hold: string, thrown: unknown) => void,
): Promise<string[]> {
  const { records, clock } = context;
  const due = await dueMessages(records, clock, atOnceMax);
  const changed = await Promise.all(
    due.map(async (message) => {
      try {
        return await deliverOne(context, message, signal);
      } catch (thrown) {
        failed(message.hold, thrown);
        return records.transaction((tx) => noteFault(tx, context, message));
      }
    }),
  );
  return [...new Set(due.flatMap(({ hold }, i) => (changed[i] ? [hold] : [])))];
}

async function deliverOne(context: HoldContext, message: HoldMessage, signal: AbortSignal): Promise<boolean> {
  const { records, clock } = context;
  const hold = await findHold(records, message.hold);
  if (!message.handed && !isNeeded(message, hold, instant(clock.now()))) {
    return records.transaction((tx) => dropNeedless(tx, context, message));
  }
  let failed: Problem | null = null;
  let documents: MadeDocument[] | null = null;
  try {
    if (message.channel === 'desk') {
      documents = await carryToDesk(context, message);
      if (documents === null) return false;
    } else if (message.key === requestKey) documents = await sendRequest(context, hold, message, signal);
    else failed = await sendWarning(context, hold, message, signal);
  } catch (thrown) {
    if (!(thrown instanceof GongjoError)) throw thrown;
    failed = thrown.problem;
  }
  if (failed && signal.aborted) return false;
  return records.transaction((tx) => noteTry(tx, context, message, { failed, documents }));
}

/** Nobody knows whether it left: it is tried again like what failed, less and less often. What goes to a desk goes once anyway. */
async function noteFault(tx: Db, context: HoldContext, message: HoldMessage): Promise<boolean> {
  if (message.channel !== 'desk')
    return noteTry(tx, context, message, {
      failed: problem('internal', { reference: message.hold }),
      documents: null,
    });
  await waitForMessage(tx, message, instant(context.clock.now() + deskLateMs));
  return false;
}

/** What need not go goes no more, unless that changed meanwhile or a courier has it now. */
async function dropNeedless(tx: Db, { clock, exchange }: HoldContext, { id, hold: of }: HoldMessage): Promise<boolean> {
  const hold = await findHold(tx, of, true);
  const message = (await pendingMessage(tx, id))?.message;
  if (!message || message.handed || isNeeded(message, hold, instant(clock.now()))) return false;
  await dropMessage(tx, message);
  if (message.object !== null) await exchange?.stop(tx, [message.object]);
  return true;
}

/** What became of a try; the request may have changed while it was made. */
async function noteTry(
  tx: Db,
  context: HoldContext,
  message: HoldMessage,
  { failed, documents }: { readonly failed: Problem | null; readonly documents: readonly MadeDocument[] | null },
): Promise<boolean> {
  const { clock } = context;
  const hold = await findHold(tx, message.hold, true);
  // The partner's courier makes its own tries, and policy may let go of it days later: here it is looked at while it is needed.
  const nextAt = message.channel === 'desk' ? instant(clock.now() + deskLateMs) : againAfter(clock.now(), message);
  const again = failed && { problem: failed, nextAt };
  const { channel, askedBy: by, target: to } = message;
  const pending = (await pendingMessage(tx, message.id))?.message;
  // It was withdrawn while it was carried; refused there, or taken back, it left all the same. What policy kept all along did not.
  const isOut = failed?.code === 'hold-desk-refused' || (failed?.code === 'hold-desk-kept' && pending?.handed === true);
  if (isOut && !isNeeded(message, hold, instant(clock.now()))) {
    // What left was noted meanwhile, by an answer.
    if (!(await dropMessage(tx, message))) return false;
    const left = { way: 'desk' as const, to, by, documents: await documentsLeft(tx, pending ?? message) };
    await noteLeft(tx, context, hold, left, 'hold.sent-too-late');
    return true;
  }
  const isNoted = await noteMessage(tx, clock, message, again);
  // What a courier has is never dropped: that it left was noted meanwhile, by an answer, or will be for the message in its place.
  if (!isNoted && channel === 'desk') return false;
  if (documents && (channel === 'email' || channel === 'api' || channel === 'desk')) {
    const sent = { way: channel, to, by, documents };
    if (isNoted && isNeeded(message, hold, instant(clock.now()))) await noteSent(tx, context, hold, sent);
    else {
      const left = channel === 'desk' ? { ...sent, documents: await documentsLeft(tx, pending ?? message) } : sent;
      await noteLeft(tx, context, hold, left, 'hold.sent-too-late');
    }
    return true;
  }
  if (!isNoted) return false;
  const isNews = message.problem?.code !== failed?.code || failed === null;
  if (isNews)
    await recordAudit(tx, clock, {
      actor: 'desk',
      action: failed ? 'hold.message-failed' : 'hold.warned',
      subject: message.hold,
      details: { key: message.key, channel, agency: message.agency, ...(failed && { code: failed.code }) },
    });
  return isNews;
}

/** The request goes by the exchange of desks. Answers its documents once the other side's receipts say that it has them. */
async function carryToDesk(
  { records, clock, exchange }: HoldContext,
  message: HoldMessage,
): Promise<MadeDocument[] | null> {
  const documents = await readDocuments(records, message.hold, message.round);
  if (!exchange) throw new GongjoError('hold-desk-not-paired', { desk: message.target });
  if ((await exchange.ask(message, leaving(documents, 'desk'))) === 'accepted') return documents;
  await records.transaction((tx) => waitForMessage(tx, message, instant(clock.now() + deskLookMs)));
  return null;
}

/** The letter and its annex, byte for byte as they were approved. Answers the documents of that round. */
async function sendRequest(
  { records, mailer, url, signDetached }: HoldContext,
  hold: StoredHold,
  { id, round, channel, target }: HoldMessage,
  signal: AbortSignal,
): Promise<MadeDocument[]> {
  const documents = await readDocuments(records, hold.id, round);
  const drill = hold.drill ? 'yes' : 'no';
  if (channel === 'api') {
    const [json] = leaving(documents, 'api');
    if (!json) throw new GongjoError('hold-document-damaged', { name: 'json' });
    await callWebhook(
      {
        url: target,
        body: json.content.toString('utf8'),
        agency: hold.addressee.name,
        headers: {
          [requestSignatureHeader]: await signDetached(json.content),
          'gongjo-hold': hold.id,
          'gongjo-drill': drill,
        },
      },
      signal,
    );
    return documents;
  }
  const { signatory } = hold.facts;
  await mailer.send({
    to: target,
    ...requestMail(hold),
    ...(signatory?.email && { replyTo: signatory.email }),
    messageId: `<${id}@${new URL(url).hostname}>`,
    headers: { 'x-gongjo-hold': hold.id, 'x-gongjo-drill': drill },
    attachments: leaving(documents, 'email').map(({ name, content, form }) => ({
      filename: name,
      content,
      contentType: mediaTypes[form],
    })),
  });
  return documents;
}

async function sendWarning(
  context: HoldContext,
  hold: StoredHold,
  message: HoldMessage,
  signal: AbortSignal,
): Promise<Problem | null> {
  const { records, desk, directory, mailer, url, webhookKey, clock } = context;
  const reach = { desk, book: directory.book };
  const agency = agencyNamed(reach, message.agency);
  const name = agencyName(reach, message.agency);
  const contact = agency && contactsOf(agency).find(({ id }) => id === message.contact);
  if (!contact?.to) return problem('contact-missing', { agency: name });
  const warning = (await warningsOf(records, hold.id)).find((it) => message.key === warningKey(it));
  if (!warning) return null;
  const link = new URL(`/holds/${encodeURIComponent(hold.id)}`, url).href;
  const said = warningText(hold, warning, {
    language: firstLanguage({ languages: contact.languages, country: agency?.country ?? null }),
    confidential: contact.confidential === true,
    timeZone: agency?.duty?.timeZone ?? desk.timeZone,
    link,
    now: instant(clock.now()),
  });
  const drill = hold.drill ? 'yes' : 'no';
  if (message.channel === 'email') {
    await mailer.send({
      to: contact.to,
      subject: said.subject,
      text: said.text,
      messageId: `<${message.id}@${new URL(url).hostname}>`,
      headers: { 'auto-submitted': 'auto-generated', 'x-gongjo-drill': drill },
    });
    return null;
  }
  const body = JSON.stringify(said.message);
  const secret = webhookSecret(webhookKey, message.agency, message.contact);
  await callWebhook(
    {
      url: contact.to,
      body,
      agency: name,
      headers: { [webhookSignatureHeader]: signWebhook(secret, body, clock.now()), 'gongjo-drill': drill },
    },
    signal,
  );
  return null;
}
