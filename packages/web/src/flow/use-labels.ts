import { type Asset, fill, type Trace, terms } from '@gongjo/contract';
import { useMemo } from 'react';
import { addressText, shorten } from '../format/address.ts';
import { amountWords } from '../parts/Amount.tsx';
import { useAddressBook } from '../parts/address-book.ts';
import { drawings } from '../parts/Icon.tsx';
import { useReader } from '../texts/language.tsx';
import type { Node, Ribbon } from './layout.ts';
import type { NodeLabel } from './paint.ts';
import type { Palette } from './palette.ts';
import type { Run } from './pen.ts';

/** What is written at bands and said of steps, in the reader's language. Each label is made when it is first drawn. */
export function useLabels(trace: Trace, palette: Palette, notedHolders: ReadonlySet<string>) {
  const { t, say } = useReader();
  const { names, differsAt } = useAddressBook();
  return useMemo(() => {
    const assetOf = new Map<string, Asset>(trace.assets.map((asset) => [asset.id, asset]));
    const isForward = trace.question.direction === 'forward';

    const who = (address: string | null, none: string): string => {
      if (address === null) return none;
      const name = names.get(address);
      return name === undefined ? shorten(address) : say(name);
    };
    const nameOf = ({ visit: { address } }: Node): Run[] => {
      if (address === null) return [{ text: isForward ? t.flow.burned : t.flow.unknown, strong: true }];
      const name = names.get(address);
      if (name !== undefined) return [{ text: say(name), strong: true }];
      const { head, middle, tail } = addressText(address, differsAt.get(address));
      if (middle === null) return [{ text: head + tail, mono: true }];
      return [
        { text: head, mono: true },
        { text: middle, mono: true, differs: true },
        { text: `${tail} ⚠`, mono: true },
      ];
    };
    const endOf = ({ visit, rest }: Node): NodeLabel['end'] => {
      if (visit.folded > 0) {
        const text = fill(t.flow.folded, { count: visit.folded });
        return { icon: drawings.plus, text, color: palette.ink };
      }
      if (visit.stop === null || (isForward && rest === null)) return null;
      const color = palette.stops[visit.stop] ?? palette.inkSoft;
      return { icon: drawings[visit.stop], text: say(terms.stop[visit.stop]), color };
    };
    const made = new Map<Node, NodeLabel>();
    const labelOf = (node: Node): NodeLabel => {
      const known = made.get(node);
      if (known !== undefined) return known;
      const { visit } = node;
      const victim: Run[] = visit.source && isForward ? [{ text: `${t.flow.victim} `, strong: true }] : [];
      const label = {
        name: [...victim, ...nameOf(node)],
        amount: amountWords(String(visit.total), assetOf.get(visit.asset)),
        end: endOf(node),
        noted: visit.address !== null && notedHolders.has(visit.address),
      };
      made.set(node, label);
      return label;
    };

    /** A step as one line, for readers who do not see the picture. */
    const hopLine = ({ hop }: Pick<Ribbon, 'hop'>): string => {
      const rule = say(terms.rule[hop.rule]);
      const amount = amountWords(hop.units, assetOf.get(hop.asset));
      const from = who(hop.from, t.flow.unknown);
      if (hop.rule === 'fee') return fill(t.flow.feeHop, { rule, amount, from });
      if (hop.rule !== 'swap') return fill(t.flow.hop, { rule, amount, from, to: who(hop.to, t.flow.burned) });
      const received = hop.received.map(({ asset, units }) => amountWords(units, assetOf.get(asset))).join(', ');
      return fill(t.flow.swapHop, { rule, amount, from, received });
    };
    return { labelOf, hopLine, who, assetOf };
  }, [trace, palette, notedHolders, t, say, names, differsAt]);
}
