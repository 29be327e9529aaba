import {
  fill,
  type Language,
  messageTexts,
  type NoticeMessage,
  type Text,
  type Tlp,
  terms,
  tlpLevels,
} from '@gongjo/contract';
import { epochMs } from '../kernel/index.ts';
import type { StoredIncident } from './incident.store.ts';

/** A message names this many transactions and addresses; the rest is on the page. */
const namedMax = 20;

/** Who is told, and why. */
export interface Recipient {
  readonly agency: { readonly id: string; readonly name: Text };
  /** The language that stands first. */
  readonly language: Language;
  readonly timeZone: string;
  /** The contact may carry what the marking keeps out of other messages. */
  readonly confidential: boolean;
  readonly notice: string;
  readonly round: number;
  readonly cause: NoticeMessage['cause'];
  readonly insteadOf: Text | null;
  readonly desk: { readonly id: string; readonly name: Text };
  readonly link: string;
}

type Told = Pick<
  StoredIncident,
  'id' | 'kind' | 'title' | 'tlp' | 'victim' | 'openedAt' | 'reportedAt' | 'occurredAt' | 'drill'
>;
type Part = Pick<StoredIncident, 'chain' | 'txids' | 'addresses' | 'amounts'>;

export interface NoticeText {
  readonly subject: string;
  readonly text: string;
  readonly message: NoticeMessage;
}

/**
 * What a message outside the desk may carry. The marking decides (FIRST, TLP 2.0), a contact marked `confidential` excepted:
 * TLP:CLEAR and GREEN – everything; AMBER and AMBER+STRICT – the title, no names, addresses, transactions or amounts; RED –
 * only that there is something to be looked at, of which kind and when.
 */
export function mayCarry(tlp: Tlp, confidential: boolean): { readonly all: boolean; readonly title: boolean } {
  const all = confidential || tlpLevels.indexOf(tlp) <= tlpLevels.indexOf('green');
  return { all, title: all || tlp !== 'red' };
}

/** What a notice says, as far as its recipient may carry it. The link always leads to the page, which asks who reads. */
export function noticeText(incident: Told, parts: readonly Part[], to: Recipient): NoticeText {
  const { all: isOpen, title: isTitled } = mayCarry(incident.tlp, to.confidential);
  const at = incident.occurredAt ?? incident.reportedAt ?? incident.openedAt;
  const named = {
    chains: [...new Set(parts.map(({ chain }) => chain))],
    txids: parts.flatMap(({ chain, txids }) => txids.map((txid) => ({ chain, txid }))).slice(0, namedMax),
    addresses: parts.flatMap(({ addresses = [] }) => addresses.map(({ address }) => address)).slice(0, namedMax),
    amounts: parts.flatMap(({ amounts = [] }) => amounts).slice(0, namedMax),
  };
  const say = (language: Language): string[] => {
    const line = (key: keyof typeof messageTexts, values: Readonly<Record<string, string>> = {}) =>
      fill(messageTexts[key][language], values);
    const agency = to.agency.name[language];
    return [
      ...(incident.drill ? [line('drillLine')] : []),
      to.insteadOf ? line('escalated', { agency, other: to.insteadOf[language] }) : line('mustKnow', { agency }),
      ...(to.round > 1 ? [line('reminder')] : []),
      '',
      line('kind', { kind: terms.incidentKind[incident.kind][language] }),
      ...(isTitled ? [line('title', { title: incident.title[language] })] : []),
      line('at', { at: wallTime(at, to.timeZone) }),
      line('marking', { tlp: terms.tlp[incident.tlp][language] }),
      ...(isOpen
        ? [
            ...(incident.victim === null ? [] : [line('victim', { victim: incident.victim })]),
            ...named.txids.map(({ chain, txid }) => line('transaction', { chain, txid })),
            ...named.addresses.map((address) => line('address', { address })),
            ...named.amounts.map((amount) => line('amount', amount)),
          ]
        : [line('withheld')]),
      '',
      line('link', { link: to.link }),
      line('from', { desk: to.desk.name[language] }),
    ].map(oneLine);
  };
  const other = to.language === 'en' ? 'ko' : 'en';
  const subjectIn = (language: Language) => {
    const kind = terms.incidentKind[incident.kind][language];
    const drill = incident.drill ? messageTexts.drill[language] : '';
    const text = isTitled
      ? fill(messageTexts.subject[language], { kind, title: incident.title[language] })
      : fill(messageTexts.subjectClosed[language], { kind });
    return oneLine(`${drill}${text}`);
  };
  return {
    subject: `${subjectIn(to.language)} / ${subjectIn(other)}`.slice(0, 400),
    text: [...say(to.language), '', '––––––––', '', ...say(other), ''].join('\n'),
    message: {
      type: 'gongjo.notice',
      notice: to.notice,
      round: to.round,
      drill: incident.drill === true,
      desk: to.desk.id,
      agency: to.agency.id,
      cause: to.cause,
      link: to.link,
      incident: {
        id: incident.id,
        kind: incident.kind,
        tlp: incident.tlp,
        at,
        ...(isTitled && { title: incident.title }),
        ...(isOpen && {
          ...(incident.victim !== null && { victim: incident.victim }),
          chains: named.chains,
          txids: named.txids.map(({ txid }) => txid),
          addresses: named.addresses,
          amounts: named.amounts,
        }),
      },
      text: { en: subjectIn('en'), ko: subjectIn('ko') },
    },
  };
}

/** The language that somebody named, else that of their country. */
export function firstLanguage(to: {
  readonly languages: readonly string[];
  readonly country: string | null;
}): Language {
  return (to.languages[0] ?? (to.country === 'KR' ? 'ko' : 'en')) === 'ko' ? 'ko' : 'en';
}

/** The wall clock of the recipient, and UTC: `2026-11-27 04:42 Asia/Seoul (2026-11-26 19:42 UTC)`. */
export function wallTime(at: string, timeZone: string): string {
  const there = (zone: string) =>
    new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone: zone }).format(epochMs(at));
  return timeZone === 'UTC' ? `${there('UTC')} UTC` : `${there(timeZone)} ${timeZone} (${there('UTC')} UTC)`;
}

/** What a reporter wrote must not be able to pose as a line of its own. */
export function oneLine(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ');
}
