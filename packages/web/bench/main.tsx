import '../src/styles/index.ts';
import { type Trace, zTrace } from '@gongjo/contract';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { FlowPicture } from '../src/flow/FlowPicture.tsx';
import { layout } from '../src/flow/layout.ts';
import { useEdits } from '../src/flow/use-edits.ts';
import { firstLanguage, LanguageProvider } from '../src/texts/language.tsx';
import { theme } from '../src/theme.ts';
import { SvgPicture } from './SvgPicture.tsx';
import type {} from './window.ts';

const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

function Canvas({ trace }: { readonly trace: Trace }) {
  return <FlowPicture trace={trace} edits={useEdits()} />;
}

window.measureFirst = async (kind, text) => {
  const element = document.getElementById('root');
  if (element === null) throw new Error('no root');
  element.replaceChildren();
  const place = document.createElement('div');
  element.append(place);
  await frame();
  const startMs = performance.now();
  const first = await firstLanguage();
  const trace = zTrace.parse(JSON.parse(text));
  createRoot(place).render(
    <MantineProvider theme={theme} withCssVariables={false} withGlobalClasses={false}>
      <LanguageProvider first={first}>
        <QueryClientProvider client={new QueryClient()}>
          {kind === 'canvas' ? <Canvas trace={trace} /> : <SvgPicture trace={trace} />}
        </QueryClientProvider>
      </LanguageProvider>
    </MantineProvider>,
  );
  while (!isDrawn(place)) await frame();
  await frame();
  const firstMs = performance.now() - startMs;
  const layoutStartMs = performance.now();
  layout(trace);
  return { firstMs, layoutMs: performance.now() - layoutStartMs };
};

function isDrawn(place: HTMLElement): boolean {
  if (place.querySelector('[data-testid="hop"] path') !== null) return true;
  const canvas = place.querySelector('canvas');
  // The axis and the bands are dark on nothing: a drawn canvas is not empty along its middle.
  const pixels = canvas?.getContext('2d')?.getImageData(0, 10, Math.max(1, canvas.width), 1).data;
  return pixels?.some((value) => value !== 0) ?? false;
}

window.measureFrames = async (how, forMs) => {
  const target = document.querySelector<HTMLElement>('.flow-frame');
  if (target === null) throw new Error('no picture');
  const box = target.getBoundingClientRect();
  const at = { bubbles: true, cancelable: true, clientX: box.left + box.width / 2, clientY: box.top + box.height / 2 };
  if (how === 'pan') target.dispatchEvent(new PointerEvent('pointerdown', { ...at, button: 0, pointerId: 1 }));
  const waits: number[] = [];
  const startMs = await frame();
  let beforeMs = startMs;
  while (beforeMs - startMs < forMs) {
    const turn = ((beforeMs - startMs) / 1000) * Math.PI;
    if (how === 'pan') {
      const clientX = at.clientX + Math.sin(turn) * 600;
      const clientY = at.clientY + Math.cos(turn * 0.7) * 150;
      target.dispatchEvent(new PointerEvent('pointermove', { ...at, clientX, clientY, pointerId: 1 }));
    } else {
      const deltaY = Math.sin(turn) > 0 ? 24 : -24;
      target.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY, ctrlKey: true }));
    }
    const nowMs = await frame();
    waits.push(nowMs - beforeMs);
    beforeMs = nowMs;
  }
  if (how === 'pan') target.dispatchEvent(new PointerEvent('pointerup', { ...at, pointerId: 1 }));
  waits.sort((a, b) => a - b);
  return { fps: (waits.length * 1000) / (beforeMs - startMs), p95Ms: waits[Math.floor(waits.length * 0.95)] ?? 0 };
};

window.press = (label) => document.querySelector<HTMLElement>(`button[aria-label="${label}"]`)?.click();
