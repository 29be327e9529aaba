import type { Block, HeightSpan } from './model.ts';

/**
 * Spans are remembered up to this many, the latest ones. There are more only where a node has offered traces on and off a
 * thousand times; for what is forgotten a trace says that it does not know, which is the safe side.
 */
export const internalSpansMax = 1_000;

/** The spans after blocks above all of them have been added. */
export function withEntries(
  spans: readonly HeightSpan[],
  entries: readonly { readonly block: Block; readonly internals?: boolean | undefined }[],
): readonly HeightSpan[] {
  const grown = [...spans];
  for (const { block, internals } of entries) {
    if (internals !== true) continue;
    const last = grown.at(-1);
    if (last?.to === block.height - 1) grown[grown.length - 1] = { from: last.from, to: block.height };
    else grown.push({ from: block.height, to: block.height });
  }
  return grown.slice(-internalSpansMax);
}
