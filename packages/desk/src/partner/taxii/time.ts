/** TAXII 2.1 section 2, `timestamp`: RFC 3339 in UTC with microseconds. Those of a request may have any precision and offset. */
const rfc3339 =
  /^(\d{4}-\d\d-\d\d)[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.(\d+))?(?:[Zz]|([-+ ])([01]\d|2[0-3]):([0-5]\d))$/;

/** Stands for "before everything" where a header has to name a time and nothing was found. */
export const earliest = '1970-01-01T00:00:00.000000Z';

/** The same instant as `YYYY-MM-DDTHH:MM:SS.ssssssZ`, finer parts cut off; `null` for what is no timestamp. */
export function taxiiTime(text: string): string | null {
  const found = rfc3339.exec(text);
  if (!found) return null;
  const [, date = '', hour, minute, second = '', decimals = '', sign, hours = '0', minutes = '0'] = found;
  const isLeap = second === '60';
  const local = Date.parse(`${date}T${hour}:${minute}:${isLeap ? '59' : second}Z`);
  // The 31st of a shorter month is read as a day of the next one.
  if (Number.isNaN(local) || new Date(local).toISOString().slice(0, 10) !== date) return null;
  // A plus sign that nobody escaped in a URL arrives as a space.
  const offsetMs = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  const written = new Date(local - offsetMs + (isLeap ? 1000 : 0)).toISOString();
  // The year 0 and those of five digits are none that records hold.
  return /^(?!0000)\d{4}-/.test(written) ? `${written.slice(0, 19)}.${decimals.slice(0, 6).padEnd(6, '0')}Z` : null;
}

/** STIX writes as many decimals as its producer likes; finer than this nobody measures. */
const decimalsMax = 9;

/** Every way to write an instant with the decimals that it needs: versions are compared as times, not as texts. */
export function spellings(text: string): readonly string[] | null {
  const time = taxiiTime(text);
  if (time === null) return null;
  const needed = (/\.(\d+)/.exec(text)?.[1] ?? '').replace(/0+$/, '');
  return Array.from({ length: Math.max(0, decimalsMax - needed.length) + 1 }, (_, more) => {
    const decimals = needed + '0'.repeat(more);
    return `${time.slice(0, 19)}${decimals === '' ? '' : `.${decimals}`}Z`;
  });
}
