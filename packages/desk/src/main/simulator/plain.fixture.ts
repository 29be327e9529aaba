import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import type { DeskCard, PublicKey, Tlp } from '@gongjo/contract';
import type { Db } from '../../platform/index.ts';
import { words } from './case.fixture.ts';
import type { SimDesk } from './desk.fixture.ts';
import type { Stance, World } from './world.fixture.ts';

/** What the oracle knows by itself: hashes, signatures, canonical JSON, TLP and what the policy sets of the simulator mean. */

/** A desk's records, and the keys with which it signs; left out, the one on its card. */
export interface Side {
  readonly card: DeskCard;
  readonly records: Db;
  readonly keys?: { readonly had: readonly PublicKey[] };
}

export interface Bundled {
  readonly id: string;
  readonly type?: string;
  readonly modified?: string;
  readonly revoked?: boolean;
  readonly description?: string;
  readonly object_marking_refs?: readonly string[];
}

export function stancesOf(world: World, from: SimDesk, to: SimDesk): Stance[] {
  return world.stances.filter(({ desk, partner }) => desk === from.card.desk && partner === to.card.desk);
}

/** What people had given for an object to go: approvals at the desk that released it, consent at the one it came from. */
export interface Given {
  readonly own: boolean;
  readonly approvals: number;
  readonly consent: boolean;
}

/** The policy sets of the simulator in plain words: whether an object of this level may go to a desk. */
export function mayGo(
  tlp: Tlp | null,
  { policy, paired, agreement }: Stance,
  { own, approvals, consent }: Given,
): boolean {
  if (!paired || agreement === null || policy === 'closed') return false;
  if (tlp === 'clear') return true;
  if (!own && !consent) return false;
  if (tlp === 'green') return true;
  if (tlp === 'amber') return policy !== 'narrow';
  if (tlp === 'amber+strict') return approvals >= 1;
  return tlp === 'red' && own && approvals >= 2;
}

/** The same of the collection: its readers and this desk are of one community, and no person is asked. */
export function mayEnter(tlp: Tlp | null, { policy }: Pick<Stance, 'policy'>, own: boolean): boolean {
  if (policy === 'closed') return false;
  if (tlp === 'clear') return true;
  return own && (tlp === 'green' || (tlp === 'amber' && policy !== 'narrow'));
}

/** A policy that is `terse` lets an indicator go without its words alone. */
export function saysNoMoreThan({ policy }: Pick<Stance, 'policy'>, object: Bundled): boolean {
  return policy !== 'terse' || object.type !== 'indicator' || object.description !== words;
}

const levels: readonly Tlp[] = ['clear', 'green', 'amber', 'amber+strict', 'red'];

export function isAtLeast(tlp: Tlp | null, least: Tlp): boolean {
  return tlp !== null && levels.indexOf(tlp) >= levels.indexOf(least);
}

export function strictest(...given: readonly Tlp[]): Tlp {
  return levels.findLast((level) => given.includes(level)) ?? 'clear';
}

/** The five marking definitions of TLP 2.0, as OASIS has published them. */
const markings: Readonly<Record<string, Tlp>> = {
  'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487': 'clear',
  'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb': 'green',
  'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421': 'amber',
  'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003': 'amber+strict',
  'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1': 'red',
};

export function tlpOf(object: Pick<Bundled, 'object_marking_refs'>): Tlp | null {
  const found = (object.object_marking_refs ?? []).flatMap((ref) => markings[ref] ?? []);
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** What a signature says, by whichever of the desk's keys it names; none but those is asked. */
export function signed({ card, keys }: Side, jws: string): { header: Record<string, unknown>; payload: string } {
  const [head = '', payload = '', mark = ''] = jws.split('.');
  const text = (part: string) => Buffer.from(part, 'base64url').toString('utf8');
  const header = JSON.parse(text(head)) as Record<string, unknown>;
  const jwk = (keys?.had ?? [card.key]).find((it) => thumbprint(it) === header.kid);
  assert.ok(jwk, `${card.desk} has a key ${String(header.kid)}`);
  const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
  const good = verify(null, Buffer.from(`${head}.${payload}`), key, Buffer.from(mark, 'base64url'));
  assert.ok(good, `${card.desk} has signed this`);
  return { header, payload: text(payload) };
}

/** RFC 7638. */
export function thumbprint({ kty, crv, x }: PublicKey): string {
  return createHash('sha256').update(canonical({ kty, crv, x })).digest('base64url');
}

export const base64url = (text: string) => Buffer.from(text).toString('base64url');
export const sha = (text: string) => createHash('sha256').update(text).digest('hex');

/** RFC 8785, as far as what desks exchange goes: sorted keys, no spaces. */
export function canonical(json: unknown): string {
  if (Array.isArray(json)) return `[${json.map(canonical).join(',')}]`;
  if (typeof json !== 'object' || json === null) return JSON.stringify(json);
  const parts = Object.entries(json)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`);
  return `{${parts.join(',')}}`;
}
