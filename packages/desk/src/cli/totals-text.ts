import { type AssetId, type Language, type Totals, terms, type Units } from '@gongjo/contract';
import { listed } from './lookup.ts';
import type { Terminal } from './terminal.ts';

/** "Where is it now?" in sums: by stop, by jurisdiction, and by who could freeze it. */
export function totalsText(
  terminal: Terminal,
  { byStop, byCountry, byFreezer }: Totals,
  amount: (asset: AssetId, units: Units) => string,
): string[] {
  const { language } = terminal;
  const table = (
    title: string,
    column: string,
    rows: readonly { name: string; asset: AssetId; units: Units; sharePpm: number }[],
  ) =>
    listed(
      terminal,
      title,
      [column, terminal.say('columnAmount'), terminal.say('columnShare')],
      rows.map(({ name, asset, units, sharePpm }) => [name, amount(asset, units), share(sharePpm)]),
    );
  return [
    ...table(
      terminal.say('totalsByStop'),
      terminal.say('columnPlace'),
      byStop.map(({ stop, ...total }) => ({ name: terms.stop[stop][language], ...total })),
    ),
    ...table(
      terminal.say('totalsByCountry'),
      terminal.say('columnCountry'),
      byCountry.map(({ country, ...total }) => ({ name: countryName(country, language, terminal), ...total })),
    ),
    ...table(
      terminal.say('totalsByFreezer'),
      terminal.say('columnFreezer'),
      (byFreezer ?? []).map(({ freezer, ...total }) => ({ name: terms.freezer[freezer][language], ...total })),
    ),
  ];
}

/** Rounded down, so that what is nearly all is not said to be all. */
function share(ppm: number): string {
  return `${Math.floor(ppm / 10_000)}.${Math.floor((ppm % 10_000) / 1_000)} %`;
}

function countryName(country: string | null, language: Language, terminal: Terminal): string {
  if (country === null) return terminal.say('countryUnknown');
  // An actor pack may write what is no country's code.
  if (!/^[A-Z]{2}$/.test(country)) return country;
  return new Intl.DisplayNames([language], { type: 'region' }).of(country) ?? country;
}
