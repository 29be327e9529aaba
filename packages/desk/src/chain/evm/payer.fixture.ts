/**
 * Contracts for tests, as EVM code by hand, that send coin on in every way there is. `code(…)` joins instructions; each of
 * these leaves the stack as it found it.
 */
export function code(...instructions: readonly string[]): string {
  return `0x${instructions.join('')}`;
}

const push = (value: number) => `60${value.toString(16).padStart(2, '0')}`;
const pushAddress = (address: string) => `73${address.slice(2)}`;
const nothing = push(0).repeat(4);

/** CALL with so many wei (at most 255). */
export const pay = (to: string, wei: number) => `${nothing}${push(wei)}${pushAddress(to)}5af150`;
/** DELEGATECALL: the other's code on the caller's own balance. */
export const borrow = (of: string) => `${nothing}${pushAddress(of)}5af450`;
/** STATICCALL. */
export const look = (at: string) => `${nothing}${pushAddress(at)}5afa50`;
/** CREATE of a contract without code, with so many wei. */
export const create = (wei: number) => `${push(0)}${push(0)}${push(wei)}f050`;
/** SELFDESTRUCT: all that is left to an address. */
export const destroy = (to: string) => `${pushAddress(to)}ff`;
export const revert = `${push(0)}${push(0)}fd`;
