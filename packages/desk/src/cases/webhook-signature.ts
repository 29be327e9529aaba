import { createHmac } from 'node:crypto';

/** The header that a webhook is signed in: `t=SECONDS,v1=HEX`. `docs/notifications.md` tells receivers how to check it. */
export const webhookSignatureHeader = 'gongjo-signature';

/**
 * HMAC-SHA256 (RFC 2104) over `SECONDS.BODY`, the body byte for byte as it is sent. The time is signed, too, so that whoever
 * recorded a message cannot send it again later.
 */
export function signWebhook(secret: string, body: string, atMs: number): string {
  const seconds = Math.floor(atMs / 1000);
  const hmac = createHmac('sha256', secret).update(`${seconds}.${body}`, 'utf8').digest('hex');
  return `t=${seconds},v1=${hmac}`;
}

/** Each contact has a secret of its own, derived from the desk's, so that no receiver can pose as this desk to another. */
export function webhookSecret(desk: Uint8Array, agency: string, contact: string): string {
  return createHmac('sha256', desk).update(`gongjo webhook 1\n${agency}\n${contact}`, 'utf8').digest('base64url');
}
