import { readFileSync } from 'node:fs';
import type { Configuration, CustomFetch } from 'openid-client';
import { detailOf, GongjoError } from '../kernel/index.ts';
import { isLoopback, type PeopleSettings } from '../platform/index.ts';

/** What must be remembered from the redirect until the browser comes back. */
export interface OidcFlow {
  readonly state: string;
  readonly nonce: string;
  /** RFC 7636. */
  readonly verifier: string;
}

/** The agency's own sign-in: OpenID Connect Core 1.0, authorization code with PKCE. */
export interface OidcSignIn {
  /** Where the browser is sent. Throws `oidc-failed` where the provider does not answer. */
  begin(): Promise<{ readonly url: string; readonly flow: OidcFlow }>;
  /** Who signed in: the value of the claim that the settings name. Throws `oidc-failed`. */
  finish(callbackUrl: URL, flow: OidcFlow): Promise<string>;
}

/** Where the provider sends the browser back to; it is registered there. */
const oidcCallbackPath = '/api/oidc/callback';

const timeoutS = 15;

/** Loaded when somebody signs in by it. */
const library = () => import('openid-client');

export function createOidc(settings: NonNullable<PeopleSettings['oidc']>, deskUrl: string): OidcSignIn {
  const issuer = new URL(settings.issuer);
  const redirectUri = new URL(oidcCallbackPath, deskUrl).href;
  let found: Promise<Configuration> | null = null;

  /** What the provider says of itself may name other hosts; the operator named this one. */
  const onlyIssuer: CustomFetch = (url, options) => {
    if (new URL(url).origin !== issuer.origin) throw new Error(`${new URL(url).host} is not the issuer's host`);
    return fetch(url, { ...options, redirect: 'error' } as RequestInit);
  };

  const configuration = async (): Promise<Configuration> => {
    const client = await library();
    // A provider that was away is asked again.
    found ??= discover(client).catch((thrown: unknown) => {
      found = null;
      throw thrown;
    });
    return found;
  };
  const discover = (client: Awaited<ReturnType<typeof library>>) => {
    const secret =
      settings.clientSecretFile === undefined ? undefined : readFileSync(settings.clientSecretFile, 'utf8').trim();
    return client.discovery(
      issuer,
      settings.clientId,
      secret,
      secret === undefined ? client.None() : client.ClientSecretPost(secret),
      {
        timeout: timeoutS,
        [client.customFetch]: onlyIssuer,
        // The signature of the ID token is verified too, whatever the connection that it came by.
        execute: [
          client.enableNonRepudiationChecks,
          ...(issuer.protocol === 'http:' && isLoopback(issuer.hostname) ? [client.allowInsecureRequests] : []),
        ],
      },
    );
  };
  const failed = (thrown: unknown): never => {
    if (thrown instanceof GongjoError) throw thrown;
    throw new GongjoError('oidc-failed', { issuer: issuer.host, detail: detailOf(thrown) }, thrown);
  };

  return {
    begin: async () => {
      try {
        const client = await library();
        const config = await configuration();
        const flow: OidcFlow = {
          state: client.randomState(),
          nonce: client.randomNonce(),
          verifier: client.randomPKCECodeVerifier(),
        };
        const url = client.buildAuthorizationUrl(config, {
          ...{ redirect_uri: redirectUri, scope: settings.claim === 'sub' ? 'openid' : 'openid profile email' },
          ...{ state: flow.state, nonce: flow.nonce },
          code_challenge: await client.calculatePKCECodeChallenge(flow.verifier),
          code_challenge_method: 'S256',
        });
        // A browser is sent to nobody but whom the operator named.
        if (url.origin !== issuer.origin) throw new Error(`${url.host} is not the issuer's host`);
        return { url: url.href, flow };
      } catch (thrown) {
        return failed(thrown);
      }
    },
    finish: async (callbackUrl, { state, nonce, verifier }) => {
      try {
        const client = await library();
        const tokens = await client.authorizationCodeGrant(await configuration(), callbackUrl, {
          ...{ expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true },
        });
        const claims = tokens.claims();
        const subject = claims?.[settings.claim];
        // An address that nobody has confirmed says who somebody wants to be.
        const isConfirmed = settings.claim !== 'email' || claims?.email_verified === true;
        if (typeof subject !== 'string' || subject === '' || !isConfirmed)
          throw new Error(`the ID token has no ${settings.claim} that can be relied on`);
        return subject;
      } catch (thrown) {
        return failed(thrown);
      }
    },
  };
}
