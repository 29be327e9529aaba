import { fill } from '@gongjo/contract';
import { addressText, shorten } from '../format/address.ts';
import { useReader } from '../texts/language.tsx';
import { useAddressBook } from './address-book.ts';
import { CopyButton } from './CopyButton.tsx';
import { Icon } from './Icon.tsx';
import { ThingLink } from './ThingLink.tsx';

interface Shown {
  readonly copy?: boolean;
  /** Where the chain is not that of the part of the page. */
  readonly chain?: string | undefined;
  /** Not in a form that a reader is filling in, and not on the page that it would lead to. */
  readonly link?: boolean;
}

/** A shortened address. One that looks like another on the page shows and marks where they differ. */
export function Address({ address, copy = true, chain, link = true }: Shown & { readonly address: string }) {
  const { t } = useReader();
  const differsAt = useAddressBook().differsAt.get(address);
  const { head, middle, tail } = addressText(address, differsAt);
  const text = (
    <span className="mono">
      {head}
      {middle === null ? null : <mark>{middle}</mark>}
      {tail}
    </span>
  );
  return (
    <span className="address" title={fill(t.common.fullAddress, { address })}>
      {link ? (
        <ThingLink as="address" value={address} chain={chain}>
          {text}
        </ThingLink>
      ) : (
        text
      )}
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
  return name === undefined ? (
    <Address address={address} copy={false} />
  ) : (
    <span title={address}>
      <ThingLink as="address" value={address}>
        {say(name)}
      </ThingLink>
    </span>
  );
}

export function Transaction({ txid, copy = true, chain, link = true }: Shown & { readonly txid: string }) {
  const { t } = useReader();
  const text = <span className="mono">{shorten(txid)}</span>;
  return (
    <span className="address" title={txid}>
      {link ? (
        <ThingLink as="transaction" value={txid} chain={chain}>
          {text}
        </ThingLink>
      ) : (
        text
      )}
      {copy ? <CopyButton text={txid} what={t.common.transaction} /> : null}
    </span>
  );
}
