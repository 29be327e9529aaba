/** Characters kept at each end of a shortened identifier. EVM wallets show about as many, which is what imitators aim at. */
const HEAD = 6;
const TAIL = 4;

/** Characters that must agree at each end before two addresses look alike; vanity generators reach this in seconds. */
const ALIKE = 3;

/** Characters of the differing middle that are shown of a look-alike. */
const MIDDLE = 8;

/** `0x1234…abcd`. Short texts stay whole. */
export function shorten(text: string): string {
  return text.length <= HEAD + TAIL + 1 ? text : `${text.slice(0, HEAD)}…${text.slice(-TAIL)}`;
}

/** A shortened address in pieces, so that the part in which look-alikes differ can be shown and marked. */
export interface AddressText {
  readonly head: string;
  /** Present only for a look-alike: where it first differs from the others. */
  readonly middle: string | null;
  readonly tail: string;
}

export function addressText(address: string, differsAt: number | undefined): AddressText {
  if (differsAt === undefined || address.length <= HEAD + MIDDLE + TAIL) {
    const short = shorten(address);
    const cut = short.indexOf('…');
    return cut < 0
      ? { head: short, middle: null, tail: '' }
      : { head: short.slice(0, cut + 1), middle: null, tail: short.slice(cut + 1) };
  }
  const start = Math.min(Math.max(differsAt, HEAD), address.length - TAIL - MIDDLE);
  const end = start + MIDDLE;
  return {
    head: `${address.slice(0, HEAD)}${start > HEAD ? '…' : ''}`,
    middle: address.slice(start, end),
    tail: `${end < address.length - TAIL ? '…' : ''}${address.slice(-TAIL)}`,
  };
}

/**
 * Which of these addresses a person could take for another one: same first and last characters (after an EVM address's
 * `0x`), not the same in between. The value is the first place at which it differs from the nearest look-alike.
 * It fails to see imitations that agree at one end only.
 */
export function lookAlikes(addresses: Iterable<string>): ReadonlyMap<string, number> {
  const groups = new Map<string, string[]>();
  for (const address of new Set(addresses)) {
    const body = address.startsWith('0x') ? address.slice(2) : address;
    if (body.length <= 2 * ALIKE) continue;
    const key = `${body.length} ${body.slice(0, ALIKE)} ${body.slice(-ALIKE)}`.toLowerCase();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [address]);
    else group.push(address);
  }
  const found = new Map<string, number>();
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    const sorted = [...group].sort();
    sorted.forEach((address, index) => {
      const before = sorted[index - 1];
      const after = sorted[index + 1];
      found.set(
        address,
        Math.max(before === undefined ? 0 : agree(address, before), after === undefined ? 0 : agree(address, after)),
      );
    });
  }
  return found;
}

/** How many characters agree from the start. */
function agree(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}
