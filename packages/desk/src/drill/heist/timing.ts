/** A heist takes forty minutes: as long as Upbit's drain on 27 November 2025 took, 54 minutes, less what came before. */
export const accountBlocks = 40;
export const accountBlockS = 60;
/** Slower, as blocks of outputs are; not ten minutes, for nobody practises a night. */
export const outputBlocks = 20;
export const outputBlockS = 120;

/** What was there before: an earlier case's wallet was filled so long ago that it sleeps, and yesterday was an ordinary day. */
export const sleeperFilledS = -100 * 86_400;
export const dayBeforeS = -86_400;

/** The block of outputs that comes first after a second. */
export function outputBlockAt(atS: number): number {
  return Math.max(0, Math.ceil(atS / outputBlockS));
}
