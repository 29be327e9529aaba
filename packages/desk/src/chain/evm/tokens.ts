/**
 * Token movements, as contracts announce them in their logs: the `Transfer` event of ERC-20
 * (https://eips.ethereum.org/EIPS/eip-20) and the `Deposit`/`Withdrawal` events of wrapped coins (`wrapped.ts`).
 *
 * ERC-721 (https://eips.ethereum.org/EIPS/eip-721) has a `Transfer` of the same name with a fourth topic, whose number
 * names one thing and is no amount; it is told apart, and ERC-1155 has other events altogether. Neither is value in units,
 * so neither becomes a movement.
 *
 * Known way to fail: a log is a claim. A contract can announce transfers that its balances do not show, and tokens that
 * rebase or take fees in silence move value without a log. The asset is the contract, so a lying contract lies about
 * its own token only. Tokens from before ERC-20 was settled, which announce transfers without indexed parties, are not read.
 */
import type { Address } from '@gongjo/contract';
import type { EvmLog } from './schema.ts';
import type { IsWrapping } from './wrapped.ts';

/** keccak256 of the event signatures. */
export const TRANSFER = '0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef';
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

/** One thing that changed hands (ERC-721). */
export interface UniqueTransfer extends Omit<TokenTransfer, 'units'> {
  readonly tokenId: bigint;
  readonly logIndex: number;
}

/**
 * The token transfers in one transaction's logs, in the order of the logs. Transfers of zero are kept, because they are
 * how look-alike addresses are planted.
 */
export function tokenTransfers(logs: readonly EvmLog[], isWrapping: IsWrapping): readonly TokenTransfer[] {
  const ordered = logs.toSorted((a, b) => a.logIndex - b.logIndex);
  const transfers = ordered.map(transferOf);
  // Some wrapped coins announce one wrapping twice, as `Deposit` and as a minting `Transfer`; it must count once.
  const announced = new Map<string, number>();
  for (const transfer of transfers) {
    if (transfer !== null && (transfer.from === null || transfer.to === null)) add(announced, keyOf(transfer), 1);
  }
  const wrapping = wrappingContracts(ordered, isWrapping);
  return ordered.flatMap((log, index) => {
    const plain = transfers[index];
    if (plain) return [plain];
    const wrapped = wrapping.has(log.address) ? wrappingOf(log) : null;
    if (wrapped === null) return [];
    const key = keyOf(wrapped);
    if ((announced.get(key) ?? 0) === 0) return [wrapped];
    add(announced, key, -1);
    return [];
  });
}

/** The transfers of unique things (ERC-721) in a transaction's logs, in the order of the logs. */
export function uniqueTransfers(logs: readonly EvmLog[]): readonly UniqueTransfer[] {
  const ordered = logs.toSorted((a, b) => a.logIndex - b.logIndex);
  return ordered.flatMap(({ address, topics, data, logIndex }): UniqueTransfer[] => {
    const [event, sender, receiver, tokenId] = topics;
    const from = addressIn(sender);
    const to = addressIn(receiver);
    if (event !== TRANSFER || tokenId === undefined || data !== '0x' || from === null || to === null) return [];
    return [{ contract: address, from: present(from), to: present(to), tokenId: BigInt(tokenId), logIndex }];
  });
}

/** The contracts whose deposits and withdrawals are wrapping and unwrapping. */
function wrappingContracts(logs: readonly EvmLog[], isWrapping: IsWrapping): ReadonlySet<Address> {
  const sums = new Map<Address, { deposited: bigint; withdrawn: bigint }>();
  for (const log of logs) {
    const claim = wrappingOf(log);
    if (claim === null) continue;
    const sum = sums.get(claim.contract) ?? { deposited: 0n, withdrawn: 0n };
    if (claim.from === null) sum.deposited += claim.units;
    else sum.withdrawn += claim.units;
    sums.set(claim.contract, sum);
  }
  const wrapping = new Set<Address>();
  for (const [contract, { deposited, withdrawn }] of sums) {
    if (isWrapping(contract, deposited, withdrawn)) wrapping.add(contract);
  }
  return wrapping;
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
