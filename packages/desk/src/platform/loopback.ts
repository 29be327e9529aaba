import { isIP } from 'node:net';

/** Whether a host, as a URL or a setting names it, is this machine (RFC 5735 section 3, RFC 4291 section 2.5.3): nobody reads along. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '');
  return name === 'localhost' || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'));
}
