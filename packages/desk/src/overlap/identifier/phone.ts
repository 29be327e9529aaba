/** The trunk prefix is dialled inside the country and is no part of the number (ITU-T E.164 section 7.3.2). */
const countries: ReadonlyMap<string, { readonly code: string; readonly trunk: string; readonly digits: RegExp }> =
  new Map([
    ['KR', { code: '82', trunk: '0', digits: /^[1-9][0-9]{7,9}$/ }],
    ['US', { code: '1', trunk: '1', digits: /^[2-9][0-9]{9}$/ }],
  ]);

const written = /^\+?[0-9\s().\-/]+$/;
const optionalTrunk = /\(\s*0\s*\)/g;
/** E.164 section 6.1: country code and number have at most 15 digits together; no assigned one has fewer than 7. */
const international = /^[1-9][0-9]{6,14}$/;

/**
 * A telephone number in the form of ITU-T E.164 with its plus sign. Written without a country it needs one (`KR`, `US`). The
 * trunk zero that people leave after Korea's code is dropped, because no Korean number begins with zero.
 */
export function phoneText(text: string, country?: string): string | null {
  const plain = text.normalize('NFKC').trim();
  if (!written.test(plain)) return null;
  const digits = plain.replace(optionalTrunk, '').replace(/\D/g, '');
  if (plain.startsWith('+')) {
    const number = digits.replace(/^820/, '82');
    return international.test(number) ? `+${number}` : null;
  }
  const rules = countries.get(country ?? '');
  if (rules === undefined) return null;
  const national = digits.startsWith(rules.trunk) ? digits.slice(rules.trunk.length) : digits;
  return rules.digits.test(national) ? `+${rules.code}${national}` : null;
}
