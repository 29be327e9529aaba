import type { AgencyDuty, DirectoryLine } from '@gongjo/contract';

export interface CountryLines {
  /** Empty: of no single country. */
  readonly country: string;
  readonly lines: readonly DirectoryLine[];
}

/** Lines by country, this desk's own first, then its partners', then the others; those of no single country last. */
export function byCountry(
  lines: readonly DirectoryLine[],
  first: readonly string[],
  nameOf: (line: DirectoryLine) => string,
): CountryLines[] {
  const groups = Map.groupBy(lines, ({ countries }) => (countries.length === 1 ? (countries[0] ?? '') : ''));
  const rank = (country: string) => {
    const known = first.indexOf(country);
    return country === '' ? 1000 : known >= 0 ? known : 999;
  };
  return [...groups]
    .map(([country, some]) => ({
      country,
      lines: some.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)) || a.id.localeCompare(b.id)),
    }))
    .sort((a, b) => rank(a.country) - rank(b.country) || a.country.localeCompare(b.country));
}

export function dutiesById(duties: readonly AgencyDuty[]): ReadonlyMap<string, AgencyDuty> {
  return new Map(duties.map((duty) => [duty.agency, duty]));
}
