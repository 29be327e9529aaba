/**
 * A contract for tests, as EVM code by hand. With four bytes of input it answers `decimals()` with 6 and everything else
 * with the `bytes32` "USDT"; with more input it emits `Transfer(caller, first word, second word)`.
 */
export const TOKEN_CODE = [
  '0x',
  '60043611603157', // more than four bytes of input? → emit, at 0x31
  '60003560e01c63313ce56714602657', // decimals()? → at 0x26
  '635553445460e01b60005260206000f3', // return "USDT"
  '5b600660005260206000f3', // return 6
  '5b602035600052600035337f', // amount into memory; topics: to, from, and then the event
  'ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef',
  '60206000a300',
].join('');

/** A contract that refuses every call. */
export const REFUSING_CODE = '0x60006000fd';

/** The input with which the token announces a transfer from the caller. */
export function transferInput(to: string, units: bigint): string {
  return `0x${to.slice(2).padStart(64, '0')}${units.toString(16).padStart(64, '0')}`;
}
