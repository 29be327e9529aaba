import type { Trace, TraceViewState } from '@gongjo/contract';
import { useEffect, useMemo } from 'react';
import { useDeskClock } from '../parts/clock.tsx';
import { drawings } from '../parts/Icon.tsx';
import type { Camera } from './camera.ts';
import { type Column, hopKey } from './columns.ts';
import { holderMark, hopMark } from './edits.ts';
import { foldHops } from './fold.ts';
import { InSight } from './in-sight.ts';
import { layout, type Node, type Ribbon } from './layout.ts';
import type { Painted } from './painter.ts';
import { useLabels } from './use-labels.ts';
import { usePalette } from './use-palette.ts';

export interface Selection {
  readonly ribbon: Ribbon | null;
  readonly node: Node | null;
  readonly focused: boolean;
}

/** Everything that is drawn of a trace as its reader wants to see it: laid out, labelled, and ready for the canvas. */
export function useFlow(
  trace: Trace,
  state: TraceViewState,
  { untilHeight, skeleton }: { readonly untilHeight: number | null; readonly skeleton: readonly Column[] | undefined },
) {
  const palette = usePalette();
  const { collapsed, hidden, fees, notes, pinned } = state;
  const fold = useMemo(() => {
    if (collapsed.length + hidden.length === 0 && untilHeight === null) return undefined;
    const wishes = { collapsed: new Set<string>(collapsed), hidden: new Set<string>(hidden), untilHeight };
    return foldHops(trace.hops, trace.question.direction, wishes);
  }, [trace, collapsed, hidden, untilHeight]);
  const picture = useMemo(
    () => layout(trace, { ...(fold && { fold }), ...(skeleton && { skeleton }) }),
    [trace, fold, skeleton],
  );
  const ribbons = useMemo(
    () => (fees ? picture.ribbons : picture.ribbons.filter(({ kind }) => kind !== 'fee')),
    [picture, fees],
  );
  const sight = useMemo(() => new InSight(picture, ribbons), [picture, ribbons]);
  // Of the whole trace, so that an asset keeps its colour whatever is folded away.
  const assets = useMemo(
    () => [...new Set(trace.hops.flatMap(({ asset, received }) => [asset, ...received.map((it) => it.asset)]))],
    [trace],
  );
  const assetIndex = useMemo(() => new Map<string, number>(assets.map((asset, index) => [asset, index])), [assets]);
  const marks = useMemo(() => new Set([...pinned, ...notes.map(({ on }) => on)]), [pinned, notes]);
  const notedHolders = useMemo(() => {
    const prefix = holderMark('');
    return new Set([...marks].filter((mark) => mark.startsWith(prefix)).map((mark) => mark.slice(prefix.length)));
  }, [marks]);
  const labels = useLabels(trace, palette, notedHolders);
  return { palette, fold, picture, ribbons, sight, assets, assetIndex, marks, ...labels };
}

export type Flow = ReturnType<typeof useFlow>;

/** The scene for the canvas; it changes with what is pointed at. */
export function usePainted(flow: Flow, camera: Camera, { ribbon, node, focused }: Selection): Painted {
  const { picture, palette, sight, assetIndex, labelOf, marks } = flow;
  const [zone = 'UTC'] = useDeskClock().zones;
  useEffect(() => camera.show(picture), [camera, picture]);
  return useMemo(
    () => ({
      scene: {
        ...{ sight, assetIndex, palette, labelOf, focused, swapIcon: drawings.swap },
        active: ribbon,
        activeNode: node,
        isMarked: ({ hop }) => marks.size > 0 && marks.has(hopMark(hopKey(hop))),
      },
      axis: { columns: picture.columns, palette, zone },
    }),
    [picture, palette, sight, assetIndex, labelOf, marks, zone, ribbon, node, focused],
  );
}
