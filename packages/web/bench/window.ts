export {};

/** What the bench asks of the page. */
declare global {
  interface Window {
    /** From the answer's text to the first frame after the picture was drawn; and the layout's part of it. */
    measureFirst(
      kind: 'canvas' | 'svg',
      text: string,
    ): Promise<{ readonly firstMs: number; readonly layoutMs: number }>;
    /** Frames a second while the picture is moved at every frame, and the longest wait between two. */
    measureFrames(how: 'pan' | 'zoom', forMs: number): Promise<{ readonly fps: number; readonly p95Ms: number }>;
    press(label: string): void;
  }
}
