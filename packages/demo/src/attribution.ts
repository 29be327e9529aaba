import type { Address, Tag, Text } from '@gongjo/contract';
import type { Ends } from './book.ts';
import { type Cast, chain } from './cast.ts';

/** One line of a desk's directory file: an agency or a service and the country whose law it stands under. */
export interface DirectoryEntry {
  readonly id: string;
  readonly name: Text;
  /** ISO 3166-1 alpha-2; absent where nobody knows. */
  readonly country?: string;
  readonly kind: 'agency' | 'exchange' | 'mixer' | 'dex';
}

export const directory: readonly DirectoryEntry[] = [
  { id: 'seoul-agency', name: { en: 'Seoul Cyber Agency', ko: '서울사이버수사대' }, country: 'KR', kind: 'agency' },
  {
    id: 'washington-agency',
    name: { en: 'Washington Cyber Agency', ko: '워싱턴사이버수사국' },
    country: 'US',
    kind: 'agency',
  },
  { id: 'hangang-exchange', name: { en: 'Hangang Exchange', ko: '한강거래소' }, country: 'KR', kind: 'exchange' },
  { id: 'pacific-exchange', name: { en: 'Pacific Exchange', ko: '퍼시픽거래소' }, country: 'US', kind: 'exchange' },
  { id: 'fog-mixer', name: { en: 'Fog Mixer', ko: '포그 믹서' }, kind: 'mixer' },
  { id: 'ondol-swap', name: { en: 'Ondol Swap', ko: '온돌스왑' }, kind: 'dex' },
];

const openSource = 'open source: the service names this address itself';
const complianceList = 'Pacific Exchange, compliance list of deposit addresses';

/** What every desk knows: the services that name their own addresses. */
export function publicTags(cast: Cast): Tag[] {
  const { contracts } = cast;
  const tag = (address: Address, label: string, category: Tag['category'], actor: string): Tag => ({
    ...{ chain, address, label, category, actor, source: openSource, confidence: 95 },
  });
  return [
    tag(contracts.pool, 'Ondol Swap: KRWT/USDG pool', 'dex', 'ondol-swap'),
    tag(contracts.coinMixer, 'Fog Mixer: 10 ETH', 'mixer', 'fog-mixer'),
    tag(contracts.wonMixer, 'Fog Mixer: 50,000,000 KRWT', 'mixer', 'fog-mixer'),
    tag(cast.address('pacific-hot-wallet'), 'Pacific Exchange: hot wallet', 'exchange', 'pacific-exchange'),
    tag(cast.address('victim-hot-wallet'), 'Hangang Exchange: hot wallet', 'exchange', 'hangang-exchange'),
  ];
}

/** What only a desk in the exchange's own country has: the list of its customers' deposit addresses. */
export function depositTags(cast: Cast): Tag[] {
  return depositAddresses(cast).map((address, index) => ({
    chain,
    address,
    label: `Pacific Exchange: deposit address ${index + 1}`,
    category: 'exchange',
    actor: 'pacific-exchange',
    source: complianceList,
    confidence: 100,
  }));
}

export function depositAddresses(cast: Cast): Address[] {
  return [cast.contracts.customerDeposit, cast.contracts.muleDeposit];
}

/** The places of `publicTags` in which a trace ends; a pool is not one, because what goes in comes out as the other token. */
export function endsOf(cast: Cast): Ends {
  const ends = new Map<Address, 'mixer' | 'service'>();
  for (const { address, category } of publicTags(cast)) {
    if (category === 'mixer') ends.set(address, 'mixer');
    if (category === 'exchange') ends.set(address, 'service');
  }
  return ends;
}
