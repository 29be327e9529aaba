import type { IncidentDetail } from '@gongjo/contract';
import { Address } from '../../parts/Address.tsx';
import { Amount } from '../../parts/Amount.tsx';
import { useAssetOf } from '../../parts/assets.ts';
import { Fact } from '../../parts/Fact.tsx';
import { useReader } from '../../texts/language.tsx';

/** Addresses in sight; a report may name a thousand, and the trace shows which of them matter. */
const SHOWN_MAX = 6;

/** What the report names besides its transactions, as it says so. */
export function Named({ incident }: { readonly incident: IncidentDetail }) {
  const { t, count } = useReader();
  const assetOf = useAssetOf();
  const { addresses = [], amounts = [] } = incident;
  if (addresses.length === 0 && amounts.length === 0) return null;
  return (
    <Fact name={t.response.named}>
      <span className="row">
        {amounts.map(({ asset, units }) => (
          <Amount key={asset} units={units} asset={assetOf(asset)} />
        ))}
        {addresses.slice(0, SHOWN_MAX).map(({ address, role }) => (
          <span key={`${role} ${address}`} className="row named">
            <span className="soft small">{t.response.role[role]}</span>
            <Address address={address} />
          </span>
        ))}
        {addresses.length > SHOWN_MAX ? (
          <span className="soft small">{count(t.response.moreAddresses, addresses.length - SHOWN_MAX)}</span>
        ) : null}
      </span>
    </Fact>
  );
}
