import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import type { PasskeyOptions } from './people.client.ts';

/** Loaded when somebody uses a passkey. */
const library = () => import('@simplewebauthn/browser');

/** The person turned the browser's dialogue down, or it ran out of time. */
export class PasskeyRefused extends Error {}

async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    // Browsers say why only to developers.
    throw new PasskeyRefused('the browser answered with no passkey', { cause });
  }
}

/** Has the browser make a passkey. Throws `PasskeyRefused`. */
export async function makePasskey(options: PasskeyOptions): Promise<unknown> {
  const { startRegistration } = await library();
  // The desk made these by the same standard.
  const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
  return asked(() => startRegistration({ optionsJSON }));
}

/** Has the browser sign with a passkey that it keeps for this desk. Throws `PasskeyRefused`. */
export async function signWithPasskey(options: PasskeyOptions): Promise<unknown> {
  const { startAuthentication } = await library();
  const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON;
  return asked(() => startAuthentication({ optionsJSON }));
}
