/** A key's identifier (RFC 7638, base64url) as people compare it: hexadecimal in groups of four. */
export function fingerprintOfId(keyId: string): string {
  const hex = Buffer.from(keyId, 'base64url').toString('hex');
  return hex.replace(/(.{4})(?=.)/g, '$1 ');
}
