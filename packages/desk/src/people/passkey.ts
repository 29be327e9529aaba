import type { SignInWays, Text } from '@gongjo/contract';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { GongjoError } from '../kernel/index.ts';
import type { Account } from './account.ts';
import type { Credential } from './passkey.store.ts';

/** Web Authentication Level 3 (W3C): what this desk asks of an authenticator, and what it believes. */

/** The desk as a relying party: its name in every browser's dialogue, and the host that its passkeys belong to. */
export interface RelyingParty {
  readonly id: string;
  readonly origin: string;
  readonly name: string;
}

/** Browsers keep passkeys for https, and for localhost; for a name, not for a number (section 5.1.3). */
export function passkeyState(url: string): SignInWays['passkeys'] {
  const { protocol, hostname } = new URL(url);
  if (hostname === 'localhost') return 'available';
  if (/^\[|^\d+\.\d+\.\d+\.\d+$/.test(hostname)) return 'address';
  return protocol === 'https:' ? 'available' : 'insecure';
}

export function relyingParty(url: string, name: Text): RelyingParty {
  const { hostname, origin } = new URL(url);
  return { id: hostname, origin, name: `${name.en} – Gongjo` };
}

/** Parsers of certificates and keys that most starts of a desk never need: loaded when somebody signs in with one. */
const library = () => import('@simplewebauthn/server');

/** What a person has time for at the authenticator. */
const timeoutMs = 5 * 60_000;

/**
 * What a new passkey is asked to be: kept by the authenticator, so that nobody types a name, and opened by a PIN, finger or
 * face, so that what is found on a desk opens nothing.
 */
export async function registrationOptions(
  party: RelyingParty,
  account: Account,
  known: readonly Credential[],
  challenge: string,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await library();
  return generateRegistrationOptions({
    ...{ rpName: party.name, rpID: party.id, challenge: Buffer.from(challenge, 'utf8'), timeout: timeoutMs },
    ...{ userName: account.name, userDisplayName: account.name, userID: new TextEncoder().encode(account.id) },
    attestationType: 'none',
    excludeCredentials: known.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** Anybody may ask: it names no account and no passkey. */
export async function signInOptions(
  party: RelyingParty,
  challenge: string,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await library();
  return generateAuthenticationOptions({
    ...{ rpID: party.id, challenge: Buffer.from(challenge, 'utf8'), timeout: timeoutMs, userVerification: 'required' },
  });
}

/** The challenge that a browser says it signed; that it did is verified afterwards. */
export function challengeIn(clientDataJson: string): string {
  try {
    const told: unknown = JSON.parse(Buffer.from(clientDataJson, 'base64url').toString('utf8'));
    const { challenge } = told as { challenge?: unknown };
    if (typeof challenge === 'string') return Buffer.from(challenge, 'base64url').toString('utf8');
  } catch {
    // Answered below.
  }
  throw new GongjoError('passkey-invalid');
}

const expected = (party: RelyingParty, challenge: string) => ({
  expectedChallenge: Buffer.from(challenge, 'utf8').toString('base64url'),
  expectedOrigin: party.origin,
  expectedRPID: party.id,
  requireUserVerification: true,
});

/** Section 7.1. Throws `passkey-invalid`. */
export async function verifyRegistration(
  party: RelyingParty,
  response: unknown,
  challenge: string,
): Promise<Credential> {
  const { verifyRegistrationResponse } = await library();
  const given = response as RegistrationResponseJSON;
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: given,
    ...expected(party, challenge),
  }).catch((thrown: unknown) => {
    throw new GongjoError('passkey-invalid', {}, thrown);
  });
  if (!verified || !registrationInfo.userVerified) throw new GongjoError('passkey-invalid');
  const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
  return { id, publicKey: Buffer.from(publicKey).toString('base64url'), counter, transports };
}

/**
 * Section 7.2. Answers the counter that the authenticator told, and whether it may be a copy: the library is given no counter,
 * for it looks at it before the signature, and then anybody who knows an identifier could bring a passkey under suspicion.
 * Throws `passkey-invalid`.
 */
export async function verifySignIn(
  party: RelyingParty,
  response: unknown,
  challenge: string,
  { id, publicKey, counter }: Credential,
): Promise<{ readonly counter: number; readonly isCopy: boolean }> {
  const { verifyAuthenticationResponse } = await library();
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    ...{ response: response as AuthenticationResponseJSON, ...expected(party, challenge) },
    credential: { id, publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')), counter: 0 },
  }).catch((thrown: unknown) => {
    throw new GongjoError('passkey-invalid', {}, thrown);
  });
  if (!verified || !authenticationInfo.userVerified) throw new GongjoError('passkey-invalid');
  const told = authenticationInfo.newCounter;
  return { counter: told, isCopy: (told > 0 || counter > 0) && told <= counter };
}
