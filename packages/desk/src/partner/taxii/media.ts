/**
 * TAXII 2.1 section 1.6.8: content negotiation by media type and `version` parameter, as RFC 9110 sections 8.3 and 12.5.1 define
 * both headers: names in any case, parameters in any order, values bare or quoted.
 */
export const taxiiType = 'application/taxii+json;version=2.1';
export const stixType = 'application/stix+json;version=2.1';
const version = '2.1';

interface MediaType {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const token = String.raw`[!#$%&'*+.^_\`|~0-9A-Za-z-]+`;
const quoted = String.raw`"(?:[^"\\]|\\.)*"`;
const mediaType = new RegExp(`^(${token}/${token})((?:\\s*;\\s*(?:${token}\\s*=\\s*(?:${token}|${quoted}))?)*)$`);
const parameter = new RegExp(`;\\s*(${token})\\s*=\\s*(${token}|${quoted})`, 'g');

function read(text: string): MediaType | null {
  const found = mediaType.exec(text.trim());
  if (!found) return null;
  const parameters = new Map<string, string>();
  for (const [, name = '', value = ''] of (found[2] ?? '').matchAll(parameter))
    parameters.set(name.toLowerCase(), value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value);
  return { type: (found[1] ?? '').toLowerCase(), parameters };
}

/** The members of a list, where a comma inside quotes separates nothing. */
function members(list: string): readonly string[] {
  return list.match(new RegExp(`(?:${quoted}|[^,"])+`, 'g')) ?? [];
}

/** How closely a range names what we answer with: 0 not at all, 1 anything, 2 any application, 3 TAXII, 4 this version of it. */
function closeness({ type, parameters }: MediaType): 0 | 1 | 2 | 3 | 4 {
  if (type === '*/*') return 1;
  if (type === 'application/*') return 2;
  if (type !== 'application/taxii+json') return 0;
  const asked = parameters.get('version');
  if (asked === undefined) return 3;
  return asked === version ? 4 : 0;
}

/** Whether TAXII 2.1 is an acceptable answer. The closest range decides, and one with `q=0` refuses. */
export function accepts(accept: string): boolean {
  let closest = 0;
  let acceptable = false;
  for (const member of members(accept)) {
    const range = read(member);
    if (!range) continue;
    const close = closeness(range);
    const wanted = Number(range.parameters.get('q') ?? '1') > 0;
    if (close > closest) {
      closest = close;
      acceptable = wanted;
    } else if (close === closest && close > 0) acceptable ||= wanted;
  }
  return acceptable;
}

/** Whether a body of this type is taken: a TAXII envelope, or its objects called STIX, in UTF-8. */
export function takes(contentType: string): boolean {
  const given = read(contentType);
  if (!given || (given.type !== 'application/taxii+json' && given.type !== 'application/stix+json')) return false;
  const charset = given.parameters.get('charset');
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8') return false;
  return (given.parameters.get('version') ?? version) === version;
}
