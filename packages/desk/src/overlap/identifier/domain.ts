/** Signs with which a text would be more to a URL parser than a host, and those that no host has. */
const notOfHosts = /[\s/\\:@?#%[\]<>^|"'`{}(),;&=+*!$~\p{Cc}]/u;
/** RFC 1035 section 2.3.4. */
const lengthMax = 253;
const labelForm = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;

/**
 * A domain name as UTS 46 maps it, in ASCII, without the final dot: what a resolver would ask for. The platform's URL parser
 * does the mapping, non-transitional, as browsers do. An address of a host (IPv4, in whatever spelling) is no domain; neither
 * is a name without a dot.
 */
export function domainText(text: string): string | null {
  const plain = text.trim();
  if (plain === '' || plain.length > lengthMax || notOfHosts.test(plain)) return null;
  const url = URL.parse(`http://${plain}/`);
  if (url === null || url.username !== '' || url.port !== '' || url.pathname !== '/') return null;
  const host = url.hostname.replace(/\.$/, '');
  const labels = host.split('.');
  if (host.length > lengthMax || labels.length < 2 || !labels.every((it) => labelForm.test(it))) return null;
  return /^[0-9]+$/.test(labels.at(-1) ?? '') ? null : host;
}
