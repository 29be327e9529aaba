import { type PointerEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { Layout } from '../src/flow/layout.ts';
import { clampView, fitView, followView, reveal, type Size, type View, ZOOM_STEP, zoomAt } from '../src/flow/view.ts';

/** A pointer that moved less has clicked, not dragged. */
const DRAG_PX_MIN = 4;
/** Zoom for each unit of wheel; a notch of a common mouse is 100. */
const WHEEL_ZOOM = ZOOM_STEP ** (1 / 100);

/**
 * Pan and zoom of a picture in a frame. Until the reader moves it, the picture keeps its latest part in sight as it grows;
 * from then on it stays where the reader put it.
 */
export function usePanZoom(
  frame: RefObject<HTMLElement | null>,
  picture: Size & Pick<Layout, 'ribbons'>,
  { axisPx, heightPx }: { readonly axisPx: number; readonly heightPx: number },
) {
  const [width, setWidth] = useState(0);
  const [chosen, setChosen] = useState<View | null>(null);
  const [dragging, setDragging] = useState(false);
  const [gliding, setGliding] = useState(true);
  const size = useMemo(() => ({ width, height: heightPx - axisPx }), [width, heightPx, axisPx]);
  const view = useMemo(
    () => (chosen === null ? followView(picture, size, latestY(picture)) : clampView(chosen, picture, size)),
    [chosen, picture, size],
  );
  const drag = useRef<{ readonly x: number; readonly y: number; readonly view: View; moved: boolean } | null>(null);

  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);

  const move = (next: View, glide: boolean): void => {
    setGliding(glide);
    setChosen(clampView(next, picture, size));
  };

  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    // React's own wheel listener is passive and could not keep the page from scrolling or zooming at the same time.
    const onWheel = (event: WheelEvent): void => {
      const sideways = event.shiftKey ? event.deltaY : event.deltaX;
      const zooms = event.ctrlKey || event.metaKey || element.contains(document.activeElement);
      if (!zooms && Math.abs(sideways) <= Math.abs(event.shiftKey ? 0 : event.deltaY)) return;
      event.preventDefault();
      setGliding(false);
      const box = element.getBoundingClientRect();
      const at = { x: event.clientX - box.left, y: event.clientY - box.top - axisPx };
      const next =
        sideways !== 0 && !event.ctrlKey && !event.metaKey
          ? { ...view, x: view.x + sideways / view.zoom }
          : zoomAt(view, WHEEL_ZOOM ** -event.deltaY, at);
      setChosen(clampView(next, picture, size));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [frame, view, picture, size, axisPx]);

  const pointer = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button === 0) drag.current = { x: event.clientX, y: event.clientY, view, moved: false };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const start = drag.current;
      if (start === null) return;
      const [dx, dy] = [event.clientX - start.x, event.clientY - start.y];
      if (!start.moved && Math.hypot(dx, dy) < DRAG_PX_MIN) return;
      if (!start.moved) event.currentTarget.setPointerCapture(event.pointerId);
      start.moved = true;
      setDragging(true);
      move({ ...start.view, x: start.view.x - dx / start.view.zoom, y: start.view.y - dy / start.view.zoom }, false);
    },
    onPointerUp: () => {
      drag.current = null;
      setDragging(false);
    },
    onPointerCancel: () => {
      drag.current = null;
      setDragging(false);
    },
  };

  return {
    view,
    size,
    dragging,
    gliding,
    pointer,
    zoom: (factor: number) => move(zoomAt(view, factor, { x: size.width / 2, y: size.height / 2 }), true),
    fit: () => move(fitView(picture, size), true),
    toStart: () => move({ ...view, x: Number.NEGATIVE_INFINITY, y: Number.NEGATIVE_INFINITY }, true),
    /** To the latest part, and on with it as the picture grows. */
    follow: () => {
      setGliding(true);
      setChosen(null);
    },
    reveal: (box: Size & { readonly x: number; readonly y: number }) => move(reveal(view, box, size), true),
  };
}

function latestY({ ribbons }: Pick<Layout, 'ribbons'>): number {
  const last = ribbons.at(-1);
  return last === undefined ? 0 : (last.to ?? last.from).top;
}
