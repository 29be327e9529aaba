import type { Camera } from './camera.ts';
import { CanvasPen } from './canvas-pen.ts';
import { boxOf } from './in-sight.ts';
import { AXIS_PX, type Axis, paintAxis, paintPicture, type Scene } from './paint.ts';
import type { Palette } from './palette.ts';
import type { View } from './view.ts';

export interface Painted {
  readonly scene: Scene;
  readonly axis: Axis;
}

/** Keeps a canvas as the camera and the scene are: at most one drawing for each frame of the screen, none at rest. */
export class Painter {
  private readonly canvas: HTMLCanvasElement;
  private readonly camera: Camera;
  private readonly onView: (view: View) => void;
  private painted: Painted | null = null;
  private pen: { readonly palette: Palette; readonly pen: CanvasPen } | null = null;
  private asked: number | null = null;
  private readonly leave: () => void;
  private readonly redraw = (): void => this.request();

  /** `onView` is told what was drawn, so that what stands over the canvas moves with it. */
  constructor(canvas: HTMLCanvasElement, camera: Camera, onView: (view: View) => void) {
    this.canvas = canvas;
    this.camera = camera;
    this.onView = onView;
    this.leave = camera.watch(this.redraw);
    // A typeface that arrives later than the picture changes its labels.
    document.fonts.addEventListener('loadingdone', this.redraw);
  }

  show(painted: Painted): void {
    this.painted = painted;
    this.request();
  }

  stop(): void {
    this.leave();
    document.fonts.removeEventListener('loadingdone', this.redraw);
    if (this.asked !== null) cancelAnimationFrame(this.asked);
  }

  private request(): void {
    this.asked ??= requestAnimationFrame((nowMs) => {
      this.asked = null;
      if (this.draw(nowMs)) this.request();
    });
  }

  /** True while the picture is on its way to where it comes to rest. */
  private draw(nowMs: number): boolean {
    const { painted, canvas, camera } = this;
    const { width, height } = camera.size;
    const on = canvas.getContext('2d');
    if (painted === null || on === null || width === 0) return false;
    const dense = window.devicePixelRatio;
    const [pixelsX, pixelsY] = [Math.round(width * dense), Math.round((height + AXIS_PX) * dense)];
    if (canvas.width !== pixelsX || canvas.height !== pixelsY) {
      canvas.width = pixelsX;
      canvas.height = pixelsY;
    }
    const { scene, axis } = painted;
    if (this.pen?.palette !== scene.palette)
      this.pen = { palette: scene.palette, pen: new CanvasPen(on, scene.palette) };
    const { pen } = this.pen;
    const { view, moving } = camera.at(nowMs);
    on.setTransform(1, 0, 0, 1, 0, 0);
    on.clearRect(0, 0, pixelsX, pixelsY);
    on.lineJoin = 'round';
    const scale = view.zoom * dense;
    on.setTransform(scale, 0, 0, scale, -view.x * scale, AXIS_PX * dense - view.y * scale);
    paintPicture(pen, scene, boxOf(view, camera.size), view.zoom, { together: true });
    on.setTransform(dense, 0, 0, dense, 0, 0);
    paintAxis(pen, axis, view, width);
    this.onView(view);
    return moving;
  }
}
