import { type DeskCard, zDeskCard, zInstant } from '@gongjo/contract';
import { z } from 'zod';
import { epochMs, GongjoError } from '../kernel/index.ts';

/**
 * An invitation: one line that one operator sends to another, by any channel. It names the desk that invites, with its key,
 * and carries a secret that lets whoever holds it begin one pairing. It proves nothing by itself; the words do.
 */
export interface Invitation {
  readonly id: string;
  readonly card: DeskCard;
  /** 256 bits, base64url. */
  readonly secret: string;
  readonly expiresAt: string;
}

/** The version is part of the text, so that a desk that does not know it says so instead of guessing. */
const prefix = 'gongjo1.';

/** A card with the longest names is under 10 kB. */
const charsMax = 20_000;

const zInvitation = z.strictObject({
  id: z.uuid(),
  card: zDeskCard,
  secret: z.string().regex(/^[\w-]{43}$/),
  expiresAt: zInstant,
});

export function invitationText(invitation: Invitation): string {
  return `${prefix}${Buffer.from(JSON.stringify(invitation)).toString('base64url')}`;
}

/** Throws `invitation-invalid`. Mail programs break lines; white space is left out. */
export function parseInvitation(text: string, nowMs: number): Invitation {
  const invalid = (detail: string) => new GongjoError('invitation-invalid', { detail });
  const whole = text.replace(/\s+/g, '');
  if (whole.length > charsMax) throw invalid('it is too long');
  if (!whole.startsWith(prefix)) throw invalid(`it does not begin with ${prefix}`);
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(whole.slice(prefix.length), 'base64url').toString('utf8'));
  } catch {
    throw invalid('it is not whole');
  }
  const parsed = zInvitation.safeParse(json);
  if (!parsed.success) throw invalid('it is not one of this version');
  if (epochMs(parsed.data.expiresAt) <= nowMs) throw invalid('it has expired');
  return parsed.data;
}
