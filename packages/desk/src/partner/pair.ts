import { type DeskCard, inputFault, inputFaults, type PartnerTermsChange, zDeskCard } from '@gongjo/contract';
import { z } from 'zod';
import { recordAudit } from '../audit/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { type Clock, type Db, fingerprintOf, isLoopback, keyIdOf } from '../platform/index.ts';
import { forgetOverlapsWith } from './overlap/forget.store.ts';
import { dropPartner, findPartner, keepPartner, keepTerms, type Partner, partnerNamed } from './partner.store.ts';
import { keepCurrentKey, refuseRevoked } from './partner-key.store.ts';

/** What an operator does to pair: the partner's card, and the fingerprint that the partner read out by telephone. */
export interface Pairing {
  readonly card: unknown;
  readonly fingerprint: string;
  readonly agreement: string | null;
  readonly by: string;
}

/** Enough to correct a card; a message repeats what the card says. */
const detailCharsMax = 500;

const zCardGiven = z.object({ card: zDeskCard });

/** Another desk's card, if it can be one. Throws `input-invalid`, `partner-is-self` or `partner-url-insecure`. */
export function parseCard(self: DeskCard, given: unknown): DeskCard {
  const asked = { card: given };
  const parsed = zCardGiven.safeParse(asked);
  if (!parsed.success) {
    const { en, ko } = inputFaults(parsed.error, asked);
    throw new GongjoError('input-invalid', {
      detail: { en: en.slice(0, detailCharsMax), ko: ko.slice(0, detailCharsMax) },
    });
  }
  const { card } = parsed.data;
  if (card.desk === self.desk || card.key.x === self.key.x) throw new GongjoError('partner-is-self');
  const url = new URL(card.url);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname)))
    throw new GongjoError('partner-url-insecure', { url: card.url });
  // No request can be made to such an address, and it would be shown on pages.
  if (url.username !== '' || url.password !== '')
    throw new GongjoError('input-invalid', { detail: inputFault('card.url', 'noPassword') });
  return card;
}

/** Adds a partner, in the caller's transaction, if its key is the one whose fingerprint was compared. */
export async function addPartner(tx: Db, clock: Clock, self: DeskCard, pairing: Pairing): Promise<Partner> {
  const card = parseCard(self, pairing.card);
  const fingerprint = await fingerprintOf(card.key);
  if (bare(fingerprint) !== bare(pairing.fingerprint))
    throw new GongjoError('partner-fingerprint-wrong', { found: fingerprint });
  await mayBecome(tx, card);
  await keepPaired(tx, clock, self, card, pairing.agreement);
  await recordAudit(tx, clock, {
    actor: pairing.by,
    action: 'partner.added',
    subject: card.desk,
    details: { fingerprint, url: card.url, agreement: pairing.agreement },
  });
  return partnerNamed(tx, card.desk);
}

/** Throws where another key stands under that name, or where this key was revoked. */
export async function mayBecome(db: Db, card: DeskCard): Promise<void> {
  const known = await findPartner(db, card.desk);
  if (known && known.state === 'active' && known.card.key.x !== card.key.x)
    throw new GongjoError('partner-exists', { desk: card.desk });
  await refuseRevoked(db, card.desk, await keyIdOf(card.key));
}

/** Keeps a card whose key two people have compared. */
export async function keepPaired(
  tx: Db,
  clock: Clock,
  self: DeskCard,
  card: DeskCard,
  agreement: string | null,
): Promise<void> {
  const ourKey = await keyIdOf(self.key);
  await keepPartner(tx, clock, { card, fingerprint: await fingerprintOf(card.key), agreement, ourKey });
  await keepCurrentKey(tx, clock, card.desk, await keyIdOf(card.key), card.key);
}

/** What the operator here knows of a partner; what is left out stays as it is. */
export async function setTerms(
  tx: Db,
  clock: Clock,
  desk: string,
  change: PartnerTermsChange,
  by: string,
): Promise<Partner> {
  const partner = await partnerNamed(tx, desk);
  const { agreement, roles, communities, markFloor, legalBasis, quotas } = partner;
  await keepTerms(tx, partner.card.desk, {
    agreement: change.agreement === undefined ? agreement : change.agreement,
    roles: change.roles ?? roles,
    communities: change.communities ?? communities,
    markFloor: change.markFloor === undefined ? markFloor : change.markFloor,
    legalBasis: change.legalBasis === undefined ? legalBasis : change.legalBasis,
    quotas: { ...quotas, ...change.quotas },
  });
  await recordAudit(tx, clock, { actor: by, action: 'partner.set', subject: desk, details: change });
  return partnerNamed(tx, desk);
}

/** Ends the pairing: nothing goes there or comes from there any more. What was exchanged stays on record. */
export async function removePartner(tx: Db, clock: Clock, desk: string, by: string): Promise<void> {
  const { card } = await partnerNamed(tx, desk);
  await dropPartner(tx, card.desk);
  await forgetOverlapsWith(tx, clock, card.desk);
  await recordAudit(tx, clock, { actor: by, action: 'partner.removed', subject: card.desk, details: {} });
}

/** Fingerprints are compared as people write them: any case, with or without spaces, dashes and colons. */
function bare(fingerprint: string): string {
  return fingerprint.toLowerCase().replace(/[^0-9a-z]/g, '');
}
