import { createHmac, timingSafeEqual } from 'node:crypto';
import type { DeskCard } from '@gongjo/contract';
import { canonicalJson } from '../kernel/index.ts';
import { sha256Hex } from '../platform/index.ts';

/**
 * What a pairing commits to and what its words are made of, as a commit–reveal exchange (RFC 6189 section 4.4.1.1; in Matrix
 * the commitment of `m.key.verification.accept`):
 *
 * 1. The accepter sends its card and a hash of its nonce: it is committed and knows nothing of the inviter's nonce yet.
 * 2. The inviter answers with its nonce: it is committed and knows nothing of the accepter's.
 * 3. The accepter reveals its nonce, and the words are a hash of both cards and both nonces.
 *
 * Whoever sits in the middle runs two such exchanges and must in each be committed to the own part before it can know the
 * other's, so it cannot search for parts that give both sides the same words.
 */
export function commitmentOf(invitation: string, card: DeskCard, nonce: string): string {
  return sha256Hex(`gongjo-pairing-commitment/1\n${canonicalJson({ invitation, card, nonce })}`);
}

/** Proves that the sender holds the invitation (HMAC-SHA256, RFC 2104): without it a stranger learns nothing. */
export function proofOf(secret: string, begun: { invitation: string; card: DeskCard; commitment: string }): string {
  const { invitation, card, commitment } = begun;
  return createHmac('sha256', Buffer.from(secret, 'base64url'))
    .update(`gongjo-pairing-proof/1\n${canonicalJson({ invitation, card, commitment })}`)
    .digest('hex');
}

export function transcriptOf(seen: {
  readonly invitation: string;
  readonly inviter: DeskCard;
  readonly accepter: DeskCard;
  readonly commitment: string;
  readonly inviterNonce: string;
  readonly accepterNonce: string;
}): string {
  const { invitation, inviter, accepter, commitment, inviterNonce, accepterNonce } = seen;
  return sha256Hex(
    `gongjo-pairing/1\n${canonicalJson({ invitation, inviter, accepter, commitment, inviterNonce, accepterNonce })}`,
  );
}

/** Compares without telling by its duration where two texts differ. */
export function isSame(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(sha256Hex(a)), Buffer.from(sha256Hex(b)));
}
