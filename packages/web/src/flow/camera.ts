import type { Layout } from './layout.ts';
import { clampView, fitView, followView, reveal, type Size, type View, zoomAt, zoomMin } from './view.ts';

type Pictured = Size & Pick<Layout, 'ribbons'>;

/** As long as a glance needs to follow a picture that moves. */
const GLIDE_MS = 350;

/**
 * What part of a picture is in sight, outside of React, so that moving it costs no rendering. Until the reader moves it, the
 * picture keeps its latest part in sight as it grows; from then on it stays where the reader put it. Several windows may
 * look through one camera.
 */
export class Camera {
  private picture: Pictured = { width: 1, height: 1, ribbons: [] };
  private frame: Size = { width: 0, height: 0 };
  /** Null while it follows the latest part. */
  private chosen: View | null = null;
  private glide: { readonly from: View; readonly startMs: number | null } | null = null;
  private readonly watchers = new Set<() => void>();
  /** Nothing glides for readers who asked for less motion. */
  private readonly glides: boolean;

  constructor(glides = true) {
    this.glides = glides;
  }

  /** Called when there is something to draw anew. */
  watch(watcher: () => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** Where the picture will come to rest. */
  get target(): View {
    const { picture, frame, chosen } = this;
    return chosen === null ? followView(picture, frame, latestY(picture)) : clampView(chosen, picture, frame);
  }

  get following(): boolean {
    return this.chosen === null;
  }

  get size(): Size {
    return this.frame;
  }

  /** What is in sight at that moment. `moving`: ask again for the next frame. */
  at(nowMs: number): { readonly view: View; readonly moving: boolean } {
    const { target } = this;
    if (this.glide === null) return { view: target, moving: false };
    const startMs = this.glide.startMs ?? nowMs;
    this.glide = { from: this.glide.from, startMs };
    const share = (nowMs - startMs) / GLIDE_MS;
    if (share >= 1) {
      this.glide = null;
      return { view: target, moving: false };
    }
    const eased = 1 - (1 - share) ** 3;
    const between = (a: number, b: number) => a + (b - a) * eased;
    const { from } = this.glide;
    // Zoom is felt as a ratio.
    const zoom = from.zoom * (target.zoom / from.zoom) ** eased;
    return { view: { x: between(from.x, target.x), y: between(from.y, target.y), zoom }, moving: true };
  }

  show(picture: Pictured): void {
    if (picture === this.picture) return;
    const before = this.target;
    this.picture = picture;
    if (this.frame.width > 0 && this.following) this.start(before);
    this.tell();
  }

  resize(frame: Size): void {
    if (frame.width === this.frame.width && frame.height === this.frame.height) return;
    this.frame = frame;
    this.tell();
  }

  move(next: View, glide: boolean): void {
    const before = this.target;
    this.chosen = clampView(next, this.picture, this.frame);
    if (glide) this.start(before);
    else this.glide = null;
    this.tell();
  }

  /** Zooms about a point of the window; about its middle without one. */
  zoom(factor: number, at?: { readonly x: number; readonly y: number }): void {
    const middle = { x: this.frame.width / 2, y: this.frame.height / 2 };
    const least = zoomMin(this.picture, this.frame);
    this.move(zoomAt(this.target, factor, at ?? middle, least), at === undefined);
  }

  fit(): void {
    this.move(fitView(this.picture, this.frame), true);
  }

  toStart(): void {
    this.move({ ...this.target, x: Number.NEGATIVE_INFINITY, y: Number.NEGATIVE_INFINITY }, true);
  }

  /** To the latest part, and on with it as the picture grows. */
  follow(): void {
    const before = this.target;
    this.chosen = null;
    this.start(before);
    this.tell();
  }

  reveal(box: Size & { readonly x: number; readonly y: number }): void {
    this.move(reveal(this.target, box, this.frame), true);
  }

  private start(from: View): void {
    this.glide = this.glides ? { from, startMs: null } : null;
  }

  private tell(): void {
    for (const watcher of this.watchers) watcher();
  }
}

function latestY({ ribbons }: Pick<Layout, 'ribbons'>): number {
  const last = ribbons.at(-1);
  return last === undefined ? 0 : (last.to ?? last.from).top;
}
