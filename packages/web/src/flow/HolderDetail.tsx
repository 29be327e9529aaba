import { terms } from '@gongjo/contract';
import { Link } from '@tanstack/react-router';
import { Address, Holder } from '../parts/Address.tsx';
import { Amount } from '../parts/Amount.tsx';
import { Fact } from '../parts/Fact.tsx';
import { When } from '../parts/When.tsx';
import { useReader } from '../texts/language.tsx';
import { DetailActions, type DetailProps, HolderActions, TagSource } from './DetailActions.tsx';
import { holderMark } from './edits.ts';
import type { Node } from './layout.ts';

/** The holder whose band is pointed at or picked: what came, what stands there, who it is by whose word. */
export function HolderDetail({ node, isPicked, ...rest }: DetailProps & { readonly node: Node }) {
  const { t, say } = useReader();
  const { trace } = rest;
  const { address, asset: id, total, rest: stands, stop, folded, source } = node.visit;
  const asset = trace.assets.find((one) => one.id === id);
  const [first] = [...node.visit.in, ...node.visit.out];
  return (
    <div className="flow-detail" data-testid="holder-detail">
      <dl>
        <Fact name={source ? t.flow.amount : t.flow.came}>
          <Amount units={String(total)} asset={asset} exact />
          {first === undefined ? null : (
            <span className="small soft">
              <When at={first.hop.time} />
            </span>
          )}
        </Fact>
        {stands > 0n && folded === 0 ? (
          <Fact name={t.flow.stands}>
            <Amount units={String(stands)} asset={asset} exact />
            {stop === null ? null : <span className="small soft">{say(terms.stop[stop])}</span>}
          </Fact>
        ) : null}
        <Fact name={t.flow.holder}>
          {address === null ? t.flow.unknown : <Address address={address} />}
          {address === null ? null : (
            <span className="small soft">
              <Holder address={address} />
            </span>
          )}
        </Fact>
        {address === null ? null : (
          <Fact name={t.flow.source}>
            <TagSource trace={trace} address={address} />
          </Fact>
        )}
      </dl>
      {isPicked && address !== null ? (
        <DetailActions mark={holderMark(address)} {...rest}>
          <HolderActions address={address} {...rest} />
          <Link to="/trace" search={{ chain: trace.chain, start: address }}>
            {t.flow.traceHolder}
          </Link>
        </DetailActions>
      ) : null}
    </div>
  );
}
