/** What part of the picture is in sight: the picture's point at the window's corner, and the magnification. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A small picture is made no smaller than this; a large one down to where all of it is in the window. */
export const ZOOM_MIN = 0.2;
export const ZOOM_MAX = 2.5;
export const ZOOM_STEP = 1.25;
/** Empty picture that may be seen beyond its edges. */
const MARGIN_PX = 24;

/** How far out a picture may be seen. */
export function zoomMin(picture: Size, frame: Size): number {
  return Math.min(ZOOM_MIN, wholeZoom(picture, frame));
}

function wholeZoom(picture: Size, frame: Size): number {
  const room = (length: number) => Math.max(1, length - 2 * MARGIN_PX);
  return Math.min(1, room(frame.width) / picture.width, room(frame.height) / picture.height);
}

/** Keeps at least the picture's edge in the window. */
export function clampView(view: View, picture: Size, frame: Size): View {
  const zoom = Math.min(ZOOM_MAX, Math.max(zoomMin(picture, frame), view.zoom));
  const clamp = (at: number, length: number, room: number): number => {
    const margin = MARGIN_PX / zoom;
    const most = Math.max(-margin, length + margin - room / zoom);
    return Math.min(most, Math.max(-margin, at));
  };
  return { x: clamp(view.x, picture.width, frame.width), y: clamp(view.y, picture.height, frame.height), zoom };
}

/** Zooms so that the point of the picture under `at` (a point of the window) stays where it is. */
export function zoomAt(
  view: View,
  factor: number,
  at: { readonly x: number; readonly y: number },
  least: number = ZOOM_MIN,
): View {
  const zoom = Math.min(ZOOM_MAX, Math.max(least, view.zoom * factor));
  return { x: view.x + at.x / view.zoom - at.x / zoom, y: view.y + at.y / view.zoom - at.y / zoom, zoom };
}

/** All of it, never enlarged. */
export function fitView(picture: Size, frame: Size): View {
  const zoom = wholeZoom(picture, frame);
  return clampView({ x: -MARGIN_PX / zoom, y: -MARGIN_PX / zoom, zoom }, picture, frame);
}

/** Following goes no further out than this, so that labels stay readable. */
export const FOLLOW_ZOOM_MIN = 0.8;

/** All of it while that is readable; later the latest part: at the right edge, at the height `latestY` of the last step. */
export function followView(picture: Size, frame: Size, latestY: number): View {
  const zoom = Math.max(FOLLOW_ZOOM_MIN, fitView(picture, frame).zoom);
  const whole = picture.width + (2 * MARGIN_PX) / zoom <= frame.width / zoom;
  const x = whole ? -MARGIN_PX / zoom : Number.POSITIVE_INFINITY;
  const high = picture.height + (2 * MARGIN_PX) / zoom <= frame.height / zoom;
  const y = high ? -MARGIN_PX / zoom : latestY - frame.height / zoom / 2;
  return clampView({ x, y, zoom }, picture, frame);
}

/** The least change that brings a box of the picture into the window. */
export function reveal(view: View, box: Size & { readonly x: number; readonly y: number }, frame: Size): View {
  const shift = (at: number, from: number, length: number, room: number): number => {
    if (from < at) return from;
    return from + length > at + room ? from + length - room : at;
  };
  return {
    ...view,
    x: shift(view.x, box.x, box.width, frame.width / view.zoom),
    y: shift(view.y, box.y, box.height, frame.height / view.zoom),
  };
}
