import { fill, holdTerms, type Language, type Problem, problem } from '@gongjo/contract';
import { recordAudit } from '../../audit/index.ts';
import { contactsOf } from '../../directory/index.ts';
import { GongjoError } from '../../kernel/index.ts';
import type { Mail } from '../mail.client.ts';
import { agencyName, agencyNamed } from '../notice.ts';
import { wallTime } from '../notice-text.ts';
import { againAfter } from '../send.ts';
import { callWebhook } from '../webhook.client.ts';
import { signWebhook, webhookSecret, webhookSignatureHeader } from '../webhook-signature.ts';
import { warningKey } from './clocks.ts';
import type { HoldContext } from './context.ts';
import { readDocuments } from './document.store.ts';
import { mediaTypes } from './documents.ts';
import { findHold, type StoredHold } from './hold.store.ts';
import { dueMessages, type HoldMessage, noteMessage, requestKey, warningsOf } from './message.store.ts';
import { noteSent } from './send.ts';

/** Messages on their way at once: a slow server holds up few. */
const atOnceMax = 4;

/** A detached JWS over the body, by which an addressee's program knows the desk. */
export const requestSignatureHeader = 'gongjo-jws';

/** Sends what is due. Answers the requests of which something changed. */
export async function deliverHolds(context: HoldContext, signal: AbortSignal): Promise<string[]> {
  const due = await dueMessages(context.records, context.clock, atOnceMax);
  const changed = await Promise.all(due.map((message) => deliverOne(context, message, signal)));
  return [...new Set(due.flatMap(({ hold }, i) => (changed[i] ? [hold] : [])))];
}

async function deliverOne(context: HoldContext, message: HoldMessage, signal: AbortSignal): Promise<boolean> {
  const { records, clock } = context;
  let failed: Problem | null = null;
  try {
    const hold = await findHold(records, message.hold);
    failed =
      message.key === requestKey
        ? await sendRequest(context, hold, message, signal)
        : await sendWarning(context, hold, message, signal);
  } catch (thrown) {
    if (!(thrown instanceof GongjoError)) throw thrown;
    failed = thrown.problem;
  }
  if (failed && signal.aborted) return false;
  const again = failed && { problem: failed, nextAt: againAfter(clock.now(), message) };
  return records.transaction(async (tx) => {
    if (!(await noteMessage(tx, clock, message, again))) return false;
    const isNews = message.problem?.code !== failed?.code || failed === null;
    const { channel, askedBy: by, target: to, hold } = message;
    if (!failed && message.key === requestKey && (channel === 'email' || channel === 'api'))
      await noteSent(tx, context, await findHold(tx, hold, true), { way: channel, to, by });
    else if (isNews)
      await recordAudit(tx, clock, {
        actor: 'desk',
        action: failed ? 'hold.message-failed' : 'hold.warned',
        subject: hold,
        details: { key: message.key, channel, agency: message.agency, ...(failed && { code: failed.code }) },
      });
    return isNews;
  });
}

/** The letter and its annex, byte for byte as they were approved. */
async function sendRequest(
  { records, mailer, url, signDetached }: HoldContext,
  hold: StoredHold,
  { id, round, channel, target }: HoldMessage,
  signal: AbortSignal,
): Promise<null> {
  const documents = await readDocuments(records, hold.id, round);
  if (channel === 'api') {
    const json = documents.find(({ form }) => form === 'json');
    if (!json) throw new GongjoError('hold-document-damaged', { name: 'json' });
    await callWebhook(
      {
        url: target,
        body: json.content.toString('utf8'),
        agency: hold.addressee.name.en,
        headers: {
          [requestSignatureHeader]: await signDetached(json.content),
          'gongjo-hold': hold.id,
          'gongjo-drill': hold.drill ? 'yes' : 'no',
        },
      },
      signal,
    );
    return null;
  }
  const { signatory } = hold.facts;
  await mailer.send({
    to: target,
    ...requestMail(hold),
    ...(signatory?.email && { replyTo: signatory.email }),
    messageId: `<${id}@${new URL(url).hostname}>`,
    headers: { 'x-gongjo-hold': hold.id, 'x-gongjo-drill': hold.drill ? 'yes' : 'no' },
    // Word files are for the agency’s own use: what goes out cannot be changed.
    attachments: documents
      .filter(({ form }) => form !== 'docx')
      .map(({ name, content, form }) => ({ filename: name, content, contentType: mediaTypes[form] })),
  });
  return null;
}

/** The addressee's language first. */
function requestMail({ addressee, number, title, drill, facts }: StoredHold): Pick<Mail, 'subject' | 'text'> {
  const first: Language = (addressee.languages[0] ?? (addressee.country === 'KR' ? 'ko' : 'en')) === 'ko' ? 'ko' : 'en';
  const both = [first, first === 'en' ? 'ko' : 'en'] as const;
  const { signatory } = facts;
  const say = (language: Language) => {
    const values = {
      number: number ?? '',
      title: title[language],
      entity: (addressee.entity ?? addressee.name)[language],
    };
    const contact = [signatory?.phone, signatory?.email].filter(Boolean).join(', ') || '–';
    return {
      subject: `${drill ? holdTerms.mail.drill[language] : ''}${fill(holdTerms.mail.subject[language], values)}`,
      text: [
        fill(holdTerms.mail.body[language], values),
        ...(signatory
          ? [
              fill(holdTerms.mail.officer[language], {
                name: signatory.name[language],
                title: signatory.title[language],
                contact,
              }),
            ]
          : []),
      ].join('\n\n'),
    };
  };
  const [one, other] = both.map(say);
  return {
    subject: plain(`${one?.subject} / ${other?.subject}`),
    text: `${one?.text}\n\n––––––––\n\n${other?.text}\n`,
  };
}

const plain = (text: string) => text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 400);

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
  const say = (language: Language) => {
    const text = fill(holdTerms.warning[warning.kind][language], {
      // The addressee is named as the directory does; names of the case stay on the page.
      who: hold.addressee.name[language],
      hours: warning.hours,
    });
    const drill = hold.drill ? holdTerms.mail.drill[language] : '';
    const at = wallTime(warning.dueAt, agency?.duty?.timeZone ?? 'UTC');
    const values = { warning: text, number: hold.number ?? '–', at, link };
    return { subject: `${drill}${text}`, text: fill(holdTerms.mail.warningBody[language], values) };
  };
  const first: Language = (contact.languages[0] ?? (agency?.country === 'KR' ? 'ko' : 'en')) === 'ko' ? 'ko' : 'en';
  const [one, other] = [say(first), say(first === 'en' ? 'ko' : 'en')];
  const drill = hold.drill ? 'yes' : 'no';
  if (message.channel === 'email') {
    await mailer.send({
      to: contact.to,
      subject: plain(`${one.subject} / ${other.subject}`),
      text: `${one.text}\n\n${other.text}\n`,
      messageId: `<${message.id}@${new URL(url).hostname}>`,
      headers: { 'auto-submitted': 'auto-generated', 'x-gongjo-drill': drill },
    });
    return null;
  }
  const body = JSON.stringify({
    type: 'gongjo.hold-warning',
    hold: hold.id,
    incident: hold.incident,
    kind: warning.kind,
    hours: warning.hours,
    dueAt: warning.dueAt,
    drill: hold.drill,
    link,
    text: { en: say('en').subject, ko: say('ko').subject },
  });
  const secret = webhookSecret(webhookKey, message.agency, message.contact);
  await callWebhook(
    {
      url: contact.to,
      body,
      agency: name.en,
      headers: { [webhookSignatureHeader]: signWebhook(secret, body, clock.now()), 'gongjo-drill': drill },
    },
    signal,
  );
  return null;
}
