import { GongjoError } from '../kernel/index.ts';
import type { Clock } from '../platform/index.ts';
import { ComeBackLater } from './come-back-later.ts';
import type { Gate, Knock } from './gate.ts';
import { collectionsFor, type PartnerContext } from './inbox.ts';
import type { Partner } from './partner.store.ts';
import { type Collections, taxiiBodyBytesMax } from './taxii/index.ts';
import { accountWith, type TaxiiAccount } from './taxii-account.store.ts';
import { collectionsOfAccount } from './taxii-account.ts';

/** Who asks: one server, two kinds of callers. A desk signs a token of its own with every request; an account has a secret. */
export type Caller = {
  /** The most that may be read of the body. */
  readonly bodyBytesMax: number;
  /** The request has been answered, or its sender is gone. */
  leave(): void;
} & (
  | { readonly kind: 'partner'; readonly partner: Partner }
  | { readonly kind: 'account'; readonly account: TaxiiAccount }
);

interface Credentials {
  readonly name: string | null;
  readonly secret: string;
}

/** A name and a secret of ours are far shorter; longer ones are nobody's. */
const credentialCharsMax = 512;

/** Section 1.6.9: HTTP Basic (RFC 7617) and bearer tokens (RFC 6750). Desks' tokens are JWTs, which have dots; secrets have none. */
function credentialsIn(authorization: string): Credentials | null {
  const [, scheme = '', given = ''] = /^(Basic|Bearer) +([^ ]+) *$/i.exec(authorization) ?? [];
  if (given.length === 0 || given.length > credentialCharsMax) return null;
  if (scheme.toLowerCase() === 'bearer') return given.includes('.') ? null : { name: null, secret: given };
  const text = Buffer.from(given, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? null : { name: text.slice(0, colon), secret: text.slice(colon + 1) };
}

/**
 * Finds who asks. Throws `encoding-unsupported`, `account-invalid`, `attempts-exceeded`, and what the gate throws about a desk:
 * `partner-token-invalid`, `quota-exceeded`, `body-too-large`.
 */
export async function callerOf(
  context: PartnerContext,
  gate: Gate,
  attempts: Attempts,
  {
    address,
    contentEncoding,
    ...knock
  }: Knock & { readonly address: string; readonly contentEncoding: string | undefined },
): Promise<Caller> {
  const { authorization } = knock;
  if (contentEncoding !== undefined && contentEncoding.toLowerCase() !== 'identity')
    throw new GongjoError('encoding-unsupported', { encoding: contentEncoding.slice(0, 40) });
  const isToken = /^Bearer +[\w-]+\.[\w-]+\.[\w-]+ *$/i.test(authorization ?? '');
  if (isToken) return { kind: 'partner', ...(await gate.enter(knock)) };
  attempts.check(address);
  const credentials = credentialsIn(authorization ?? '');
  const account = credentials && (await accountWith(context.records, context.clock, credentials));
  if (account) return { kind: 'account', account, bodyBytesMax: taxiiBodyBytesMax, leave: () => undefined };
  // Who sends none is only asked for some.
  if (authorization !== undefined) attempts.failed(address);
  throw new GongjoError('account-invalid');
}

export function collectionsOf(
  context: PartnerContext,
  caller: Caller,
  told: (what: 'admitted' | 'quarantined') => void,
): Collections {
  return caller.kind === 'partner'
    ? collectionsFor(context, caller.partner, told)
    : collectionsOfAccount(context, caller.account, () => told('admitted'));
}

/** Secrets of 256 bits are not guessed; the bound keeps a client that is set up wrongly, or a scanner, from being work for us. */
const failuresMax = 20;
const windowMs = 60_000;
/** What strangers can make us remember: about half a megabyte. */
const addressesMax = 4096;

/** Failed attempts by address within a minute. */
export interface Attempts {
  /** Throws `attempts-exceeded`. */
  check(address: string): void;
  failed(address: string): void;
}

export function countAttempts(clock: Clock): Attempts {
  const windows = new Map<string, { readonly until: number; failures: number }>();
  const current = (address: string) => {
    const window = windows.get(address);
    return window && window.until > clock.now() ? window : null;
  };
  return {
    check: (address) => {
      const window = current(address);
      if (window && window.failures >= failuresMax)
        throw new ComeBackLater('attempts-exceeded', {}, Math.ceil((window.until - clock.now()) / 1000));
    },
    failed: (address) => {
      const window = current(address) ?? { until: clock.now() + windowMs, failures: 0 };
      window.failures += 1;
      windows.delete(address);
      windows.set(address, window);
      // The first of a map is the one that failed longest ago.
      const [oldest] = windows.keys();
      if (windows.size > addressesMax && oldest !== undefined) windows.delete(oldest);
    },
  };
}
