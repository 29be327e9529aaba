/**
 * Token movements, as contracts announce them in their logs: the `Transfer` event of ERC-20
 * (https://eips.ethereum.org/EIPS/eip-20) and the `Deposit`/`Withdrawal` events of wrapped ether (WETH9), which creates
 * and destroys its token without a `Transfer`.
 *
 * Known way to fail: a log is a claim. A contract can announce transfers that its balances do not show, and tokens that
 * rebase or take fees in silence move value without a log. The asset is the contract, so a lying contract lies about
 * its own token only.
 */
import type { Address } from '@gongjo/contract';
import type { EvmLog } from './schema.ts';

/** keccak256 of the event signatures. */
const TRANSFER = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef';
const DEPOSIT = '0xe1fffcc4923d04b559f4d29a8bfc6cda04eb5b0d3c460751c2402c5c5cc9109c';
const WITHDRAWAL = '0x7fcf532c15f0a6db0bd6d0e038bea71d30d808c7d98cb3bf7268a95bf5081b65';

/** `0x` and one word of 32 bytes. */
const WORD_CHARS = 66;
/** `0x` and the 12 zero bytes that stand before an address in a word. */
const ADDRESS_PADDING = `0x${'0'.repeat(24)}`;
const ZERO_ADDRESS = `0x${'0'.repeat(40)}`;

export interface TokenTransfer {
  readonly contract: Address;
  /** Null: minted. */
  readonly from: Address | null;
  /** Null: burned. */
  readonly to: Address | null;
  readonly units: bigint;
}

/**
 * The token transfers in one transaction's logs, in the order of the logs. Transfers of zero are kept, because they are
 * how look-alike addresses are planted. ERC-721, whose `Transfer` has the same name but four topics, is left out.
 */
export function tokenTransfers(logs: readonly EvmLog[]): readonly TokenTransfer[] {
  const ordered = logs.toSorted((a, b) => a.logIndex - b.logIndex);
  const transfers = ordered.map(transferOf);
  // Some wrapped coins announce one wrapping twice, as `Deposit` and as a minting `Transfer`; it must count once.
  const announced = new Map<string, number>();
  for (const transfer of transfers) {
    if (transfer !== null && (transfer.from === null || transfer.to === null)) add(announced, keyOf(transfer), 1);
  }
  return ordered.flatMap((log, index) => {
    const plain = transfers[index];
    if (plain) return [plain];
    const wrapped = wrappingOf(log);
    if (wrapped === null) return [];
    const key = keyOf(wrapped);
    if ((announced.get(key) ?? 0) === 0) return [wrapped];
    add(announced, key, -1);
    return [];
  });
}

function transferOf(log: EvmLog): TokenTransfer | null {
  const [event, from, to] = log.topics;
  if (event !== TRANSFER || log.topics.length !== 3 || log.data.length !== WORD_CHARS) return null;
  return made(log, addressIn(from), addressIn(to));
}

function wrappingOf(log: EvmLog): TokenTransfer | null {
  const [event, account] = log.topics;
  if (log.topics.length !== 2 || log.data.length !== WORD_CHARS) return null;
  if (event === DEPOSIT) return made(log, ZERO_ADDRESS, addressIn(account));
  if (event === WITHDRAWAL) return made(log, addressIn(account), ZERO_ADDRESS);
  return null;
}

function made(log: EvmLog, from: string | null, to: string | null): TokenTransfer | null {
  // Nothing moves from nowhere to nowhere, and a word that is no address is not this event.
  if (from === null || to === null || (from === ZERO_ADDRESS && to === ZERO_ADDRESS)) return null;
  return { contract: log.address, from: present(from), to: present(to), units: BigInt(log.data) };
}

function addressIn(word: string | undefined): string | null {
  return word?.startsWith(ADDRESS_PADDING) ? `0x${word.slice(ADDRESS_PADDING.length)}` : null;
}

function present(address: string): Address | null {
  return address === ZERO_ADDRESS ? null : (address as Address);
}

function keyOf(transfer: TokenTransfer): string {
  return `${transfer.contract} ${transfer.from} ${transfer.to} ${transfer.units}`;
}

function add(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
