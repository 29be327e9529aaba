import { fill } from '@gongjo/contract';
import { addressText, shorten } from '../format/address.ts';
import { useReader } from '../texts/language.tsx';
import { useAddressBook } from './address-book.ts';
import { CopyButton } from './CopyButton.tsx';
import { Icon } from './Icon.tsx';

/** A shortened address. One that looks like another on the page shows and marks where they differ. */
export function Address({ address, copy = true }: { readonly address: string; readonly copy?: boolean }) {
  const { t } = useReader();
  const differsAt = useAddressBook().differsAt.get(address);
  const { head, middle, tail } = addressText(address, differsAt);
  return (
    <span className="address" title={fill(t.common.fullAddress, { address })}>
      <span className="mono">
        {head}
        {middle === null ? null : <mark>{middle}</mark>}
        {tail}
      </span>
      {middle === null ? null : (
        <span className="warning" title={t.common.lookAlike}>
          <Icon name="act" size={13} />
          <span className="visually-hidden">{t.common.lookAlike}</span>
        </span>
      )}
      {copy ? <CopyButton text={address} what={t.common.address} /> : null}
    </span>
  );
}

/** Who stands at an address, where that is known, otherwise the address. */
export function Holder({ address }: { readonly address: string }) {
  const { say } = useReader();
  const name = useAddressBook().names.get(address);
  return name === undefined ? <Address address={address} copy={false} /> : <span title={address}>{say(name)}</span>;
}

export function Transaction({ txid, copy = true }: { readonly txid: string; readonly copy?: boolean }) {
  const { t } = useReader();
  return (
    <span className="address" title={txid}>
      <span className="mono">{shorten(txid)}</span>
      {copy ? <CopyButton text={txid} what={t.common.transaction} /> : null}
    </span>
  );
}
