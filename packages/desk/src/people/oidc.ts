/** The agency's own sign-in (OpenID Connect Core 1.0, code flow with PKCE). */
export interface OidcSignIn {
  /** Where the browser is sent, and what must be remembered until it comes back. */
  begin(): Promise<{ readonly url: string; readonly flow: OidcFlow }>;
  /** Who signed in: the value of the claim that the settings name. Throws `oidc-failed`. */
  finish(callbackUrl: URL, flow: OidcFlow): Promise<string>;
}

export interface OidcFlow {
  readonly state: string;
  readonly nonce: string;
  /** RFC 7636. */
  readonly verifier: string;
}
