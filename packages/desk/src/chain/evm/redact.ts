/**
 * Node URLs carry credentials: `user:password@`, or an API key in the path or the query. These functions make what may
 * be shown: the place without the secrets, and foreign text with the secrets taken out.
 */

/** A secret shorter than this protects nothing, and taking it out of a message would only garble the message. */
const SECRET_CHARS_MIN = 4;

/** `https://user:pw@host:8545/v3/key` → `https://host:8545`. */
export function shownUrl(url: URL): string {
  return `${url.protocol}//${url.host}`;
}

/** Takes every part of the URL that can be a credential out of a text that came from elsewhere. */
export function withoutSecrets(text: string, url: URL): string {
  const parts = [url.username, url.password, ...url.pathname.split('/'), ...url.searchParams.values()];
  const secrets = parts
    .flatMap((part) => [part, decoded(part)])
    .filter((part) => part.length >= SECRET_CHARS_MIN)
    // Longest first, so that a secret which contains another leaves no remainder behind.
    .sort((a, b) => b.length - a.length);
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, '…'), text);
}

/** Percent-decoding that leaves malformed text as it is. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
