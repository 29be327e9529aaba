import { type DeskCard, zDeskCard } from '@gongjo/contract';
import { recordAudit } from '../audit/index.ts';
import { GongjoError } from '../kernel/index.ts';
import { type Clock, type Db, fingerprintOf } from '../platform/index.ts';
import { dropPartner, findPartner, keepPartner, type Partner, partnerNamed } from './partner.store.ts';

/** What an operator does to pair: the partner's card, and the fingerprint that the partner read out by telephone. */
export interface Pairing {
  readonly card: unknown;
  readonly fingerprint: string;
  readonly agreement: string | null;
  readonly by: string;
}

/** Enough to correct a card; a message repeats what the card says. */
const detailCharsMax = 500;

/** Names of this machine, for which plain http is allowed. */
const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Adds a partner, in the caller's transaction, if its key is the one whose fingerprint was compared. */
export async function addPartner(tx: Db, clock: Clock, self: DeskCard, pairing: Pairing): Promise<Partner> {
  const parsed = zDeskCard.safeParse(pairing.card);
  if (!parsed.success)
    throw new GongjoError('input-invalid', {
      detail: parsed.error.issues
        .map((it) => `card.${it.path.join('.')}: ${it.message}`)
        .join('; ')
        .slice(0, detailCharsMax),
    });
  const card = parsed.data;
  if (card.desk === self.desk || card.key.x === self.key.x) throw new GongjoError('partner-is-self');
  const fingerprint = await fingerprintOf(card.key);
  if (bare(fingerprint) !== bare(pairing.fingerprint))
    throw new GongjoError('partner-fingerprint-wrong', { found: fingerprint });
  const url = new URL(card.url);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopbackHosts.has(url.hostname)))
    throw new GongjoError('partner-url-insecure', { url: card.url });
  // No request can be made to such an address, and it would be shown on pages.
  if (url.username !== '' || url.password !== '')
    throw new GongjoError('input-invalid', { detail: 'card.url: it names a user or a password' });
  const known = await findPartner(tx, card.desk);
  if (known && known.fingerprint !== fingerprint) throw new GongjoError('partner-exists', { desk: card.desk });
  await keepPartner(tx, clock, card, fingerprint, pairing.agreement);
  await recordAudit(tx, clock, {
    actor: pairing.by,
    action: 'partner.added',
    subject: card.desk,
    details: { fingerprint, url: card.url, agreement: pairing.agreement },
  });
  return partnerNamed(tx, card.desk);
}

/** Ends the pairing: nothing goes there or comes from there any more. What was exchanged stays on record. */
export async function removePartner(tx: Db, clock: Clock, desk: string, by: string): Promise<void> {
  const { card } = await partnerNamed(tx, desk);
  await dropPartner(tx, card.desk);
  await recordAudit(tx, clock, { actor: by, action: 'partner.removed', subject: card.desk, details: {} });
}

/** Fingerprints are compared as people write them: any case, with or without spaces, dashes and colons. */
function bare(fingerprint: string): string {
  return fingerprint.toLowerCase().replace(/[^0-9a-z]/g, '');
}
