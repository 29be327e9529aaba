import { fill, type HoldWarning, holdTerms, type Instant, type Language } from '@gongjo/contract';
import type { Mail } from '../mail.client.ts';
import { firstLanguage, mayCarry, oneLine, wallTime } from '../notice-text.ts';
import { hoursLeft } from './clocks.ts';
import type { StoredHold } from './hold.store.ts';

/** What the mails and webhooks of a request say. Pure. */

/** A server refuses a subject much longer (RFC 5322 section 2.1.1). */
const subjectCharsMax = 400;

const inOrder = (first: Language): readonly [Language, Language] => [first, first === 'en' ? 'ko' : 'en'];

/** The mail that carries a request, the addressee's language first. */
export function requestMail({
  addressee,
  number,
  title,
  drill,
  facts,
}: Pick<StoredHold, 'addressee' | 'number' | 'title' | 'drill' | 'facts'>): Pick<Mail, 'subject' | 'text'> {
  const { signatory } = facts;
  const { mail } = holdTerms;
  const say = (language: Language) => {
    const values = {
      number: number ?? '',
      title: title[language],
      entity: (addressee.entity ?? addressee.name)[language],
    };
    const contact = [signatory?.phone, signatory?.email].filter(Boolean).join(', ') || '–';
    const officer = signatory && { name: signatory.name[language], title: signatory.title[language], contact };
    return {
      subject: `${drill ? mail.drill[language] : ''}${fill(mail.subject[language], values)}`,
      text: [fill(mail.body[language], values), ...(officer ? [fill(mail.officer[language], officer)] : [])].join(
        '\n\n',
      ),
    };
  };
  const [one, other] = inOrder(firstLanguage(addressee)).map(say);
  return {
    subject: subjectOf(one, other),
    text: `${one?.text}\n\n––––––––\n\n${other?.text}\n`,
  };
}

interface WarningTo {
  /** Stands first. */
  readonly language: Language;
  /** The contact may carry what the marking keeps out of other messages. */
  readonly confidential: boolean;
  readonly timeZone: string;
  readonly link: string;
  readonly now: Instant;
}

/** A warning, as far as the marking lets its recipient carry it: the addressee is a name. It tells the hours that are left now. */
export function warningText(
  hold: Pick<StoredHold, 'id' | 'incident' | 'addressee' | 'number' | 'drill' | 'tlp'>,
  { kind, hours, dueAt }: Pick<HoldWarning, 'kind' | 'hours' | 'dueAt'>,
  { language, confidential, timeZone, link, now }: WarningTo,
) {
  const may = mayCarry(hold.tlp, confidential);
  const left = hoursLeft(dueAt, now);
  const { mail, warning: named, warningUnnamed } = holdTerms;
  const say = (in_: Language) => {
    const values = { who: hold.addressee.name[in_], hours: left };
    const warning = fill((may.all ? named : warningUnnamed)[kind][in_], values);
    const body = may.title ? mail.warningBody : mail.warningBodyClosed;
    const at = wallTime(dueAt, timeZone);
    return {
      subject: oneLine(`${hold.drill ? mail.drill[in_] : ''}${warning}`),
      text: fill(body[in_], { warning, number: hold.number ?? '–', at, link }),
    };
  };
  const [one, other] = inOrder(language).map(say);
  return {
    subject: subjectOf(one, other),
    text: `${one?.text}\n\n${other?.text}\n`,
    message: {
      type: 'gongjo.hold-warning',
      hold: hold.id,
      incident: hold.incident,
      kind,
      hours,
      hoursLeft: left,
      dueAt,
      drill: hold.drill,
      link,
      text: { en: say('en').subject, ko: say('ko').subject },
    },
  };
}

const subjectOf = (one: { subject: string } | undefined, other: { subject: string } | undefined) =>
  oneLine(`${one?.subject} / ${other?.subject}`).slice(0, subjectCharsMax);
