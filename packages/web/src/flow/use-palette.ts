import { useMemo, useSyncExternalStore } from 'react';
import { type Palette, paletteFrom } from './palette.ts';

const SCHEME = 'data-mantine-color-scheme';
const scheme = (): string => document.documentElement.getAttribute(SCHEME) ?? '';
function onScheme(tell: () => void): () => void {
  const observer = new MutationObserver(tell);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: [SCHEME] });
  return () => observer.disconnect();
}

/** The colours of the page as it is shown: a canvas does not follow a style sheet by itself. */
export function usePalette(): Palette {
  const now = useSyncExternalStore(onScheme, scheme);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the style sheet answers differently for each scheme
  return useMemo(() => {
    const style = getComputedStyle(document.documentElement);
    const on = document.createElement('canvas').getContext('2d');
    return paletteFrom((name) => written(on, style.getPropertyValue(name).trim()));
  }, [now]);
}

/** A style sheet may write a colour in many ways; a canvas gives it back in one: `#rrggbb`, or `rgba(…)` where it is seen through. */
function written(on: CanvasRenderingContext2D | null, color: string): string {
  if (on === null) return color;
  on.fillStyle = color;
  return String(on.fillStyle);
}
