/** The coins that can be spent: unspent outputs, by age and by owner, in typed arrays of a fixed size. */
export interface Coins {
  /** Unspent outputs held. */
  readonly live: number;
  /** Of each slot: */
  readonly txids: Buffer;
  readonly indexes: Uint16Array;
  readonly units: Float64Array;
  readonly owners: Uint32Array;
  readonly addresses: Uint32Array;
  /** How many coins an owner has. */
  countOf(owner: number): number;
  /** The owner's newest coin; −1 where it has none. */
  newestOf(owner: number): number;
  /** The owner's next older coin; −1 at the end. */
  olderThan(slot: number): number;
  /** The coin made `age` coins ago; −1 where it is spent or no longer known. */
  aged(age: number): number;
  add(txid: Buffer, txidAt: number, index: number, units: number, owner: number, address: number): number;
  remove(slot: number): void;
}

/**
 * @param capacity coins held at most. Beyond it the oldest is forgotten: it stays unspent for ever, as lost coins do.
 * @param ownersMax owners are numbers below this
 */
export function openCoins(capacity: number, ownersMax: number): Coins {
  const txids = Buffer.from(new ArrayBuffer(capacity * 32));
  const indexes = new Uint16Array(capacity);
  const units = new Float64Array(capacity);
  const owners = new Uint32Array(capacity);
  const addresses = new Uint32Array(capacity);
  const serials = new Uint32Array(capacity);
  const older = new Int32Array(capacity);
  const newer = new Int32Array(capacity);
  const newest = new Int32Array(ownersMax).fill(-1);
  const counts = new Uint32Array(ownersMax);
  const ringMask = 2 ** Math.ceil(Math.log2(Math.max(1024, capacity * 2))) - 1;
  const ring = new Int32Array(ringMask + 1).fill(-1);
  let free = -1;
  let touched = 0;
  let serial = 0;
  let oldest = 1;
  let live = 0;

  const remove = (slot: number) => {
    const owner = owners[slot]!;
    const up = newer[slot]!;
    const down = older[slot]!;
    if (up >= 0) older[up] = down;
    else newest[owner] = down;
    if (down >= 0) newer[down] = up;
    counts[owner]! -= 1;
    serials[slot] = 0;
    older[slot] = free;
    free = slot;
    live -= 1;
  };
  const at = (wanted: number) => {
    if (wanted < 1 || serial - wanted > ringMask) return -1;
    const slot = ring[wanted & ringMask]!;
    return slot >= 0 && serials[slot] === wanted ? slot : -1;
  };
  const forgetOldest = () => {
    oldest = Math.max(oldest, serial - ringMask);
    while (at(oldest) < 0) oldest += 1;
    remove(at(oldest));
  };

  return {
    get live() {
      return live;
    },
    txids,
    indexes,
    units,
    owners,
    addresses,
    countOf: (owner) => counts[owner]!,
    newestOf: (owner) => newest[owner]!,
    olderThan: (slot) => older[slot]!,
    aged: (age) => at(serial + 1 - age),
    add: (txid, txidAt, index, value, owner, address) => {
      if (free < 0 && touched === capacity) forgetOldest();
      let slot = free;
      if (slot >= 0) free = older[slot]!;
      else slot = touched++;
      txid.copy(txids, slot * 32, txidAt, txidAt + 32);
      indexes[slot] = index;
      units[slot] = value;
      owners[slot] = owner;
      addresses[slot] = address;
      serial += 1;
      serials[slot] = serial;
      ring[serial & ringMask] = slot;
      const head = newest[owner]!;
      older[slot] = head;
      newer[slot] = -1;
      if (head >= 0) newer[head] = slot;
      newest[owner] = slot;
      counts[owner]! += 1;
      live += 1;
      return slot;
    },
    remove,
  };
}
