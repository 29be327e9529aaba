import type { KnownAddress, KnownTransaction } from '@gongjo/contract';
import type { ReactNode } from 'react';
import { CopyButton } from '../../parts/CopyButton.tsx';
import { useChainName } from '../../parts/chain-name.ts';
import { Fact } from '../../parts/Fact.tsx';
import { ThingLink } from '../../parts/ThingLink.tsx';
import { TraceLink } from '../../parts/TraceLink.tsx';
import { useReader } from '../../texts/language.tsx';

interface Props {
  readonly as: 'address' | 'transaction';
  readonly value: string;
  readonly known: Pick<KnownAddress | KnownTransaction, 'chain' | 'followed' | 'elsewhere'>;
  readonly acts?: ReactNode;
  /** Facts after the chain. */
  readonly children: ReactNode;
  readonly below?: ReactNode;
}

/** What it is, whole, on which chain, and where else it is something. */
export function KnownHead({ as, value, known: { chain, followed, elsewhere }, acts, children, below }: Props) {
  const { t } = useReader();
  const chainName = useChainName();
  const text = t.known;
  return (
    <header className="stack">
      <div className="page-head">
        <div>
          <span className="soft">{text[as]}</span>
          <h1 className="known-title address">
            <span className="mono">{value}</span>
            <CopyButton text={value} what={t.common[as]} />
          </h1>
        </div>
        <span className="actions">
          <TraceLink chain={chain} start={value} />
          {acts}
        </span>
      </div>
      <dl className="facts-line">
        <Fact name={text.chain}>{chainName(chain)}</Fact>
        {elsewhere.length === 0 ? null : (
          <Fact name={text.elsewhere}>
            <span className="row">
              {elsewhere.map((other) => (
                <ThingLink key={other} as={as} value={value} chain={other}>
                  {chainName(other)}
                </ThingLink>
              ))}
            </span>
          </Fact>
        )}
        {children}
      </dl>
      {followed ? null : <p className="soft">{text.notFollowed}</p>}
      {below}
    </header>
  );
}
