import { COLUMN_PX, CURVE_PX, type Layout, type Node, type Ribbon, STUB_PX } from './layout.ts';
import { distanceTo } from './shape.ts';
import type { Size, View } from './view.ts';

/** Columns of one bucket: few enough that a bucket is about a window wide, so that little out of sight is looked at. */
const BUCKET_COLUMNS = 8;
const BUCKET_PX = BUCKET_COLUMNS * COLUMN_PX;
/** Labels and marks of stops reach this far beyond what they belong to. */
const AROUND_PX = 150;

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

/** The part of the picture that a window shows. */
export function boxOf({ x, y, zoom }: View, { width, height }: Size): Box {
  return { x, y, width: width / zoom, height: height / zoom };
}

/** Finds what is in sight, and what is under a point, without looking at all of a picture. */
export class InSight {
  private readonly nodes: Node[][] = [];
  private readonly byColumn = new Map<number, Ribbon[]>();
  private readonly picture: Pick<Layout, 'nodes'>;

  constructor(picture: Pick<Layout, 'nodes'>, ribbons: readonly Ribbon[]) {
    this.picture = picture;
    for (const node of picture.nodes) {
      for (let bucket = bucketOf(node.x - AROUND_PX); bucket <= bucketOf(node.xEnd + AROUND_PX); bucket += 1) {
        const known = this.nodes[bucket];
        if (known === undefined) this.nodes[bucket] = [node];
        else known.push(node);
      }
    }
    for (const ribbon of ribbons) {
      const known = this.byColumn.get(ribbon.column);
      if (known === undefined) this.byColumn.set(ribbon.column, [ribbon]);
      else known.push(ribbon);
    }
  }

  nodesIn(box: Box): Node[] {
    const [first, last] = [bucketOf(box.x), bucketOf(box.x + box.width)];
    const found: Node[] = [];
    for (let bucket = first; bucket <= last; bucket += 1) {
      for (const node of this.nodes[bucket] ?? []) {
        // A band in several buckets is met in each; it counts in the first one that is looked at.
        if (Math.max(first, bucketOf(node.x - AROUND_PX)) !== bucket) continue;
        if (node.xEnd + AROUND_PX < box.x || node.x - AROUND_PX > box.x + box.width) continue;
        if (node.bottom + AROUND_PX < box.y || node.top - AROUND_PX > box.y + box.height) continue;
        found.push(node);
      }
    }
    return found;
  }

  ribbonsIn(box: Box): Ribbon[] {
    const first = Math.floor((box.x - CURVE_PX) / COLUMN_PX);
    const last = Math.ceil((box.x + box.width) / COLUMN_PX);
    const found: Ribbon[] = [];
    for (let column = first; column <= last; column += 1) {
      for (const ribbon of this.byColumn.get(column) ?? []) {
        const end = ribbon.to ?? ribbon.from;
        if (Math.max(ribbon.from.bottom, end.bottom) < box.y) continue;
        if (Math.min(ribbon.from.top, end.top) > box.y + box.height) continue;
        found.push(ribbon);
      }
    }
    return found;
  }

  /** The ribbon under a point or within `reach` of it; of several, the nearest, and of those the thinnest. */
  ribbonAt(x: number, y: number, reach: number): Ribbon | null {
    let best: { readonly ribbon: Ribbon; readonly distance: number; readonly thick: number } | null = null;
    for (const ribbon of this.byColumn.get(Math.floor(x / COLUMN_PX)) ?? []) {
      const distance = distanceTo(ribbon, x, y);
      if (distance === null || distance > reach) continue;
      const thick = ribbon.from.bottom - ribbon.from.top;
      if (best !== null && (distance > best.distance || (distance === best.distance && thick >= best.thick))) continue;
      best = { ribbon, distance, thick };
    }
    return best?.ribbon ?? null;
  }

  /** The band under a point or within `reach` of it. */
  nodeAt(x: number, y: number, reach: number): Node | null {
    const box = { x, y, width: 0, height: 0 };
    const isNear = (node: Node) =>
      x >= node.x && x <= node.xEnd + STUB_PX && y >= node.top - reach && y <= node.bottom + reach;
    return this.nodesIn(box).find(isNear) ?? null;
  }

  get count(): number {
    return this.picture.nodes.length;
  }
}

function bucketOf(x: number): number {
  return Math.max(0, Math.floor(x / BUCKET_PX));
}
