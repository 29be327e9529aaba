/** A transaction before it is written: coins taken, outputs paid. One object, filled and cleared. */
export interface Draft {
  inputs: number;
  readonly slots: Int32Array;
  outputs: number;
  /** `dataAddress`: an OP_RETURN. */
  readonly addresses: Uint32Array;
  readonly owners: Uint32Array;
  readonly units: Float64Array;
  /** Bytes in the OP_RETURN. */
  dataBytes: number;
  /** Sum of the coins taken. */
  taken: number;
  kind: Kind;
}

export const kinds = [
  'payment',
  'payout',
  'sweep',
  'data',
  'peel',
  'dust',
  'tx0',
  'whirlpool',
  'wasabi1',
  'wasabi2',
  'joinmarket',
] as const;
export type Kind = (typeof kinds)[number];
export const isCoinJoin = (kind: Kind) =>
  kind === 'whirlpool' || kind === 'wasabi1' || kind === 'wasabi2' || kind === 'joinmarket';

export const dataAddress = 0xffff_ffff;
/** No transaction has more. */
export const inputsMax = 512;
export const outputsMax = 2048;

export const newDraft = (): Draft => ({
  inputs: 0,
  slots: new Int32Array(inputsMax),
  outputs: 0,
  addresses: new Uint32Array(outputsMax),
  owners: new Uint32Array(outputsMax),
  units: new Float64Array(outputsMax),
  dataBytes: 0,
  taken: 0,
  kind: 'payment',
});

export function clear(draft: Draft, kind: Kind): void {
  draft.inputs = 0;
  draft.outputs = 0;
  draft.dataBytes = 0;
  draft.taken = 0;
  draft.kind = kind;
}

export function take(draft: Draft, slot: number, units: number): void {
  draft.slots[draft.inputs++] = slot;
  draft.taken += units;
}

export function pay(draft: Draft, owner: number, address: number, units: number): void {
  const at = draft.outputs++;
  draft.owners[at] = owner;
  draft.addresses[at] = address;
  draft.units[at] = units;
}

export function swapOutputs(draft: Draft, a: number, b: number): void {
  const { owners, addresses, units } = draft;
  [owners[a], owners[b]] = [owners[b]!, owners[a]!];
  [addresses[a], addresses[b]] = [addresses[b]!, addresses[a]!];
  [units[a], units[b]] = [units[b]!, units[a]!];
}
