import { drillTerms, fill, type Issuer, type Text, zIssuer } from '@gongjo/contract';
import type { Directory } from '../directory/index.ts';
import { exchangeNamed, isDrillDollar } from './heist/cast.ts';

const issuer: Issuer = zIssuer.parse({
  id: 'drill-issuer',
  name: drillTerms.issuer,
  countries: ['US'],
  source: 'an exercise',
  certainty: 'verified',
  asOf: '1970-01-01',
});

/** The directory, and the exchanges and the issuer that only exercises have. Nothing of them stands in a file. */
export function withDrills(directory: Directory): Directory {
  const find: Directory['find'] = (id) => {
    const known = directory.find(id);
    if (known || id === null) return known;
    const exchange = exchangeNamed(id);
    if (!exchange) return null;
    const { country } = exchange;
    const named = (of: string) => fill(of, exchange);
    const name: Text = { en: named(drillTerms.exchange.en), ko: named(drillTerms.exchange.ko) };
    return { id, name, country, kind: 'exchange' };
  };
  return {
    find,
    nameOf: (id) => find(id)?.name ?? null,
    countryOf: (id) => find(id)?.country ?? null,
    issuerOf: (asset) => (isDrillDollar(asset) ? issuer : directory.issuerOf(asset)),
    canFreeze: (asset) => isDrillDollar(asset) || directory.canFreeze(asset),
    get book() {
      return directory.book;
    },
  };
}
