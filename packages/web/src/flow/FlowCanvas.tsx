import { type PointerEvent, useEffect, useMemo, useRef } from 'react';
import type { Camera } from './camera.ts';
import type { InSight } from './in-sight.ts';
import type { Node, Ribbon } from './layout.ts';
import { AXIS_PX } from './paint.ts';
import { type Painted, Painter } from './painter.ts';
import type { View } from './view.ts';
import { ZOOM_STEP } from './view.ts';

/** A pointer that moved less has clicked, not dragged. */
const DRAG_PX_MIN = 4;
/** Zoom for each unit of wheel; a notch of a common mouse is 100. */
const WHEEL_ZOOM = ZOOM_STEP ** (1 / 100);
/** How far beside a ribbon the pointer still means it. */
const REACH_PX = 5;

/** What lies under the pointer. */
export interface Hit {
  readonly ribbon: Ribbon | null;
  readonly node: Node | null;
}
const nothing: Hit = { ribbon: null, node: null };

/** The picture on a canvas, moved by pointer and wheel. Everything else about it is said by the elements around it. */
export function FlowCanvas({
  camera,
  painted,
  sight,
  heightPx,
  cursor,
  onPoint,
  onPick,
  children,
}: {
  readonly camera: Camera;
  readonly painted: Painted;
  readonly sight: InSight;
  readonly heightPx: number;
  /** The step that is walked from; `cursorRef` is kept over it. */
  readonly cursor: { readonly ribbon: Ribbon | null; readonly element: React.RefObject<HTMLElement | null> };
  readonly onPoint: (hit: Hit) => void;
  readonly onPick: (hit: Hit) => void;
  readonly children: React.ReactNode;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<Painter | null>(null);
  const drag = useRef<{ readonly x: number; readonly y: number; readonly view: View; moved: boolean } | null>(null);
  const cursorNow = useRef(cursor);
  cursorNow.current = cursor;

  useEffect(() => {
    if (canvas.current === null) return;
    const made = new Painter(canvas.current, camera, (view) => keepOver(cursorNow.current, view));
    painter.current = made;
    return () => made.stop();
  }, [camera]);
  useEffect(() => painter.current?.show(painted), [painted]);

  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const observer = new ResizeObserver(([entry]) =>
      camera.resize({ width: entry?.contentRect.width ?? 0, height: heightPx - AXIS_PX }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [camera, heightPx]);

  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    // React's own wheel listener is passive and could not keep the page from scrolling or zooming at the same time.
    const onWheel = (event: WheelEvent): void => {
      const sideways = event.shiftKey ? event.deltaY : event.deltaX;
      const zooms = event.ctrlKey || event.metaKey || element.contains(document.activeElement);
      if (!zooms && Math.abs(sideways) <= Math.abs(event.shiftKey ? 0 : event.deltaY)) return;
      event.preventDefault();
      const view = camera.target;
      if (sideways !== 0 && !event.ctrlKey && !event.metaKey) {
        camera.move({ ...view, x: view.x + sideways / view.zoom }, false);
        return;
      }
      const box = element.getBoundingClientRect();
      camera.zoom(WHEEL_ZOOM ** -event.deltaY, { x: event.clientX - box.left, y: event.clientY - box.top - AXIS_PX });
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [camera]);

  const pointer = useMemo(() => {
    const hitOf = (event: PointerEvent<HTMLElement>): Hit => {
      const box = event.currentTarget.getBoundingClientRect();
      const { x, y, zoom } = camera.target;
      const [windowX, windowY] = [event.clientX - box.left, event.clientY - box.top - AXIS_PX];
      if (windowY < 0) return nothing;
      const at = { x: x + windowX / zoom, y: y + windowY / zoom };
      const ribbon = sight.ribbonAt(at.x, at.y, REACH_PX / zoom);
      return ribbon === null ? { ribbon, node: sight.nodeAt(at.x, at.y, REACH_PX / zoom) } : { ribbon, node: null };
    };
    const end = (element: HTMLElement): void => {
      drag.current = null;
      element.classList.remove('dragging');
    };
    return {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0) return;
        drag.current = { x: event.clientX, y: event.clientY, view: camera.target, moved: false };
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        const start = drag.current;
        if (start === null) {
          const hit = hitOf(event);
          event.currentTarget.classList.toggle('over', hit.ribbon !== null || hit.node !== null);
          onPoint(hit);
          return;
        }
        const [dx, dy] = [event.clientX - start.x, event.clientY - start.y];
        if (!start.moved && Math.hypot(dx, dy) < DRAG_PX_MIN) return;
        if (!start.moved) event.currentTarget.setPointerCapture(event.pointerId);
        start.moved = true;
        event.currentTarget.classList.add('dragging');
        const { x, y, zoom } = start.view;
        camera.move({ zoom, x: x - dx / zoom, y: y - dy / zoom }, false);
      },
      onPointerUp: (event: PointerEvent<HTMLElement>) => {
        const clicked = drag.current !== null && !drag.current.moved;
        end(event.currentTarget);
        if (clicked) onPick(hitOf(event));
      },
      onPointerCancel: (event: PointerEvent<HTMLElement>) => end(event.currentTarget),
      onPointerLeave: () => {
        if (drag.current === null) onPoint(nothing);
      },
    };
  }, [camera, sight, onPoint, onPick]);

  return (
    <div ref={frame} className="flow-frame" {...pointer}>
      <canvas ref={canvas} className="flow-canvas" />
      {children}
    </div>
  );
}

/** The element that has the keyboard's focus stands where its step is drawn, for whoever enlarges the screen around it. */
function keepOver({ ribbon, element }: Parameters<typeof FlowCanvas>[0]['cursor'], view: View): void {
  if (element.current === null || ribbon === null) return;
  const end = ribbon.to ?? ribbon.from;
  const top = Math.min(ribbon.from.top, end.top);
  const x = (ribbon.from.x - view.x) * view.zoom;
  const y = AXIS_PX + (top - view.y) * view.zoom;
  element.current.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
}
