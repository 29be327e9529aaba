/** What is wrong with the bytes of a block, and where: `offset` counts from the block's first byte. */
export class BlockDamage extends Error {
  readonly offset: number;
  readonly detail: string;

  constructor(offset: number, detail: string) {
    super(`${detail} (at byte ${offset} of the block)`);
    this.name = 'BlockDamage';
    this.offset = offset;
    this.detail = detail;
  }
}
