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
    return paletteFrom((name) => style.getPropertyValue(name).trim());
  }, [now]);
}
