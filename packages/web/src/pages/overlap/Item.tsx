import { type OverlapItem, overlapTerms } from '@gongjo/contract';
import { Address, Transaction } from '../../parts/Address.tsx';
import { useChainName } from '../../parts/chain-name.ts';
import { useReader } from '../../texts/language.tsx';

/** What is compared: its kind, itself, and within what it names something. */
export function Item({ item: { kind, text, within } }: { readonly item: OverlapItem }) {
  const { say } = useReader();
  const chainName = useChainName();
  return (
    <span className="row">
      <span className="chip">{say(overlapTerms.kind[kind])}</span>
      {kind === 'address' || kind === 'entity' ? (
        <Address address={text} chain={within} />
      ) : kind === 'transaction' ? (
        <Transaction txid={text} chain={within} />
      ) : (
        <span className="mono">{text}</span>
      )}
      {within === undefined ? null : <span className="soft small">{chainName(within)}</span>}
    </span>
  );
}
