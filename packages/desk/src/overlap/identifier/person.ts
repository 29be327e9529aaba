import { domainText } from './domain.ts';

/** RFC 5321 section 4.5.3.1.1. */
const localMax = 64;
/** Quoted local parts (RFC 5322 section 3.4.1) are not in use by people; they would need rules of their own. */
const localForm = /^[^\s\p{Cc}"(),:;<>@[\\\]]+$/u;
/** Gmail delivers `a.b+c@googlemail.com` to `ab@gmail.com`; no other large provider ignores dots. */
const gmail: ReadonlySet<string> = new Set(['gmail.com', 'googlemail.com']);

/**
 * An e-mail address as the mailbox that it reaches: the domain by UTS 46, the local part in lower case. RFC 5321 lets a server
 * tell cases apart; none of size does, and people write both.
 */
export function emailText(text: string): string | null {
  const plain = text.normalize('NFKC').trim();
  const at = plain.lastIndexOf('@');
  const local = plain.slice(0, Math.max(at, 0)).toLowerCase();
  const domain = domainText(plain.slice(at + 1));
  if (at < 1 || domain === null || !localForm.test(local) || new TextEncoder().encode(local).length > localMax)
    return null;
  if (!gmail.has(domain)) return `${local}@${domain}`;
  const mailbox = (local.split('+', 1)[0] ?? '').replaceAll('.', '');
  return mailbox === '' ? null : `${mailbox}@gmail.com`;
}

const serviceForm = /^[a-z0-9][a-z0-9.-]{0,62}$/;
const userForm = /^[^\s\p{Cc}]{1,128}$/u;
/** Names under which people write one service. */
const services: ReadonlyMap<string, string> = new Map([
  ['t.me', 'telegram'],
  ['telegram.org', 'telegram'],
  ['x', 'twitter'],
  ['x.com', 'twitter'],
  ['twitter.com', 'twitter'],
  ['kakao', 'kakaotalk'],
  ['discord.com', 'discord'],
  ['instagram.com', 'instagram'],
  ['facebook.com', 'facebook'],
  ['github.com', 'github'],
]);

/** A user name at a service, without the sign before it and in lower case: services show cases but do not tell them apart. */
export function userText(service: string, text: string): string | null {
  const where = service.normalize('NFKC').trim().toLowerCase();
  const name = text.normalize('NFKC').trim().replace(/^@/, '').toLowerCase();
  if (!serviceForm.test(where) || !userForm.test(name)) return null;
  return `${name}@${services.get(where) ?? where}`;
}
