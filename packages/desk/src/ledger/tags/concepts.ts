import type { TagAbuse, TagCategory } from '@gongjo/contract';

/**
 * The words of GraphSense's TagPacks under this project's: concepts and abuses (github.com/graphsense/graphsense-tagpack-tool,
 * `src/tagpack/db/concepts.yaml` and `abuses.yaml`, made from INTERPOL's taxonomy of darknets and cryptocurrencies), and
 * confidences by their level (`confidence.csv`).
 */
const categories: ReadonlyMap<string, TagCategory> = new Map([
  ['exchange', 'exchange'],
  ['atm', 'exchange'],
  ['mixing_service', 'mixer'],
  ['mixing', 'mixer'],
  ['coinjoin', 'coinjoin'],
  ['defi_dex', 'dex'],
  ['defi_bridge', 'bridge'],
  ['defi', 'defi'],
  ['defi_lending', 'defi'],
  ['defi_derivative', 'defi'],
  ['wallet_service', 'wallet'],
  ['hosted_wallet', 'wallet'],
  ['escrow_wallet', 'wallet'],
  ['payment_processor', 'payment'],
  ['gambling', 'gambling'],
  ['market', 'market'],
  ['shop', 'market'],
  ['nft_marketplace', 'market'],
  ['miner', 'miner'],
  ['mining_service', 'miner'],
  ['service', 'service'],
  ['faucet', 'service'],
  ['filesharing', 'service'],
  ['hosting', 'service'],
  ['index', 'service'],
  ['messaging_service', 'service'],
  ['search_engine', 'service'],
  ['vpn', 'service'],
  ['organization', 'organization'],
  ['ico_wallet', 'organization'],
  ['user', 'person'],
  ['victim', 'person'],
  ['perpetrator', 'person'],
  ['donation', 'person'],
  ['black_list', 'frozen'],
]);

const abuses: ReadonlyMap<string, TagAbuse> = new Map([
  ['service_hack', 'theft'],
  ['exploit', 'theft'],
  ['scam', 'scam'],
  ['phishing', 'phishing'],
  ['investment_fraud', 'investment-fraud'],
  ['ponzi_scheme', 'ponzi'],
  ['pyramid_scheme', 'pyramid'],
  ['payment_card_fraud', 'card-fraud'],
  ['money_laundering', 'money-laundering'],
  ['financial_crime', 'other'],
  ['ransomware', 'ransomware'],
  ['extortion', 'extortion'],
  ['sextortion', 'sextortion'],
  ['child_sexual_abuse', 'child-abuse'],
  ['sexual_abuse', 'other'],
  ['violence', 'other'],
  ['torture', 'other'],
  ['extremism', 'extremism'],
  ['terrorism', 'terrorism'],
  ['dark_web', 'dark-web'],
  ['sanction', 'sanction'],
  ['abuse', 'other'],
]);

/** What a holder is of whom a list says only what was done. */
const categoryOfAbuse: Readonly<Record<TagAbuse, TagCategory>> = {
  theft: 'theft',
  scam: 'scam',
  phishing: 'scam',
  'investment-fraud': 'scam',
  ponzi: 'scam',
  pyramid: 'scam',
  'card-fraud': 'scam',
  'money-laundering': 'other',
  ransomware: 'ransomware',
  extortion: 'extortion',
  sextortion: 'extortion',
  'child-abuse': 'other',
  extremism: 'terrorism',
  terrorism: 'terrorism',
  'dark-web': 'other',
  sanction: 'sanctioned',
  other: 'other',
};

const confidences: ReadonlyMap<string, number> = new Map([
  ['override', 100],
  ['ownership', 100],
  ['manual_transaction', 90],
  ['service_api', 70],
  ['authority_data', 60],
  ['trusted_provider', 50],
  ['service_data', 50],
  ['forensic', 50],
  ['untrusted_transaction', 40],
  ['web_crawl', 20],
  ['heuristic', 10],
  ['unknown', 5],
  // Not in the published table, but in packs: what the chain itself says, such as an issuer's own freeze.
  ['ledger_immanent', 100],
]);
const confidenceUnknown = 5;

/**
 * Category and abuse from a tag's `category`, `abuse` and `concepts`; the first word that means one decides. A word that is
 * not known means `other`: taxonomies grow, and the tag still says who.
 */
export function classify(words: {
  readonly category?: string | undefined;
  readonly abuse?: string | undefined;
  readonly concepts: readonly string[];
}): { category: TagCategory; abuse?: TagAbuse } {
  const all = [words.category, words.abuse, ...words.concepts].filter((it) => it !== undefined);
  const category = firstOf(categories, all);
  const abuse = firstOf(abuses, all) ?? (words.abuse === undefined ? undefined : 'other');
  if (abuse === undefined) return { category: category ?? 'other' };
  return { category: category ?? categoryOfAbuse[abuse], abuse };
}

function firstOf<T>(known: ReadonlyMap<string, T>, words: readonly string[]): T | undefined {
  for (const word of words) {
    const meant = known.get(word.trim().toLowerCase());
    if (meant !== undefined) return meant;
  }
  return undefined;
}

/** A confidence by its name or as a number from 0 to 100; null where it is neither. */
export function confidenceOf(word: string | undefined): number | null {
  if (word === undefined || word.trim() === '') return confidenceUnknown;
  const level = confidences.get(word.trim().toLowerCase());
  if (level !== undefined) return level;
  return /^(?:100|\d{1,2})$/.test(word.trim()) ? Number(word.trim()) : null;
}
