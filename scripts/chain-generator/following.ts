/** Known reach of a lead: what FIFO forward from all outputs of a transaction comes to, as of a height. */
export interface Reach {
  readonly txid: string;
  readonly height: number;
  /** Counting the chain up to this block. */
  readonly untilHeight: number;
  readonly leadUnits: number;
  /** Outputs that held traced value at some time, the lead's among them. */
  readonly holdings: number;
  /** Transactions that moved traced value on, the lead not among them. */
  readonly transactions: number;
  readonly unspent: number;
  readonly unspentUnits: number;
  readonly feeUnits: number;
  /** Value that entered a generated CoinJoin, where following stops. */
  readonly coinJoinUnits: number;
}

interface Lead {
  readonly txid: string;
  readonly height: number;
  readonly bit: number;
  /** By slot: pairs from, to within the coin. */
  readonly coins: Map<number, number[]>;
  leadUnits: number;
  holdings: number;
  transactions: number;
  unspent: number;
  unspentUnits: number;
  feeUnits: number;
  coinJoinUnits: number;
  milestones: number;
}

/** Holdings at which a lead's reach is written down. */
export const milestones = [1_000, 100_000] as const;
/** Leads followed at a time: the bits of a mask. */
const leadsMax = 31;
/** Holdings beyond which a lead is no longer followed, so that memory stays bounded. */
const holdingsMax = 150_000;

/**
 * Follows some leads while the chain is made, in chain order, first in first out: the inputs' value in their order is a line of
 * units from which the outputs take in theirs; what is left is the fee. Independent of the desk's own trace, so that it can check it.
 */
export class Followings {
  readonly reached: Reach[] = [];
  private readonly masks: Int32Array;
  private leads: Lead[] = [];

  constructor(capacity: number) {
    this.masks = new Int32Array(capacity);
  }

  /** The next transaction that is made becomes a lead. */
  begin(txid: string, height: number, slots: Int32Array, units: Float64Array, outputs: number): void {
    const used = this.leads.reduce((mask, { bit }) => mask | bit, 0);
    if (this.leads.length >= leadsMax) return;
    let bit = 1;
    while (used & bit) bit <<= 1;
    const lead: Lead = {
      txid,
      height,
      bit,
      coins: new Map(),
      leadUnits: 0,
      holdings: 0,
      transactions: 0,
      unspent: 0,
      unspentUnits: 0,
      feeUnits: 0,
      coinJoinUnits: 0,
      milestones: 0,
    };
    for (let i = 0; i < outputs; i += 1) {
      if (units[i]! <= 0) continue;
      lead.leadUnits += units[i]!;
      this.hold(lead, slots[i]!, [0, units[i]!]);
    }
    this.leads.push(lead);
  }

  /** Whose value is in these coins: the bits of their leads. */
  concerned(slots: Int32Array, inputs: number): number {
    let mask = 0;
    for (let i = 0; i < inputs; i += 1) mask |= this.masks[slots[i]!]!;
    return mask;
  }

  /** A coin that is spent or forgotten. */
  leave(slot: number): void {
    const mask = this.masks[slot]!;
    if (mask === 0) return;
    for (const lead of this.leads) if (mask & lead.bit) lead.coins.delete(slot);
    this.masks[slot] = 0;
  }

  /** Before the inputs are removed: what each lead of the mask has in them, on the transaction's line of units. */
  gather(mask: number, slots: Int32Array, units: Float64Array, inputs: number): Map<Lead, number[]> {
    const lines = new Map<Lead, number[]>();
    for (const lead of this.leads) {
      if (!(mask & lead.bit)) continue;
      let at = 0;
      const line: number[] = [];
      for (let i = 0; i < inputs; i += 1) {
        const parts = lead.coins.get(slots[i]!);
        if (parts) {
          for (let p = 0; p < parts.length; p += 2) {
            const from = at + parts[p]!;
            const to = at + parts[p + 1]!;
            lead.unspentUnits -= to - from;
            if (line.length > 0 && line.at(-1) === from) line[line.length - 1] = to;
            else line.push(from, to);
          }
          lead.unspent -= 1;
        }
        at += units[slots[i]!]!;
      }
      if (line.length > 0) lines.set(lead, line);
    }
    return lines;
  }

  /** After the outputs are there. `slots` of outputs without a coin are −1 and worth nothing. */
  divide(lines: Map<Lead, number[]>, slots: Int32Array, units: Float64Array, outputs: number, stops: boolean): void {
    for (const [lead, line] of lines) {
      let traced = 0;
      for (let p = 0; p < line.length; p += 2) traced += line[p + 1]! - line[p]!;
      if (stops) {
        lead.coinJoinUnits += traced;
        continue;
      }
      lead.transactions += 1;
      let start = 0;
      let p = 0;
      for (let i = 0; i < outputs; i += 1) {
        const end = start + units[i]!;
        const parts: number[] = [];
        while (p < line.length && line[p + 1]! <= start) p += 2;
        for (let q = p; q < line.length && line[q]! < end; q += 2) {
          const from = Math.max(line[q]!, start);
          const to = Math.min(line[q + 1]!, end);
          parts.push(from - start, to - start);
          traced -= to - from;
        }
        if (parts.length > 0) this.hold(lead, slots[i]!, parts);
        start = end;
      }
      lead.feeUnits += traced;
    }
  }

  endOfBlock(height: number): void {
    for (const lead of this.leads) {
      const next = milestones[lead.milestones];
      if (next !== undefined && lead.holdings >= next) {
        this.reached.push(reachOf(lead, height));
        lead.milestones += 1;
      }
    }
    const far = this.leads.filter(({ holdings }) => holdings > holdingsMax);
    for (const lead of far) {
      for (const slot of lead.coins.keys()) this.masks[slot]! &= ~lead.bit;
      this.leads = this.leads.filter((it) => it !== lead);
    }
  }

  /** What the leads that are still followed come to at the tip. */
  atTip(height: number): Reach[] {
    return this.leads.map((lead) => reachOf(lead, height));
  }

  private hold(lead: Lead, slot: number, parts: number[]): void {
    lead.holdings += 1;
    lead.unspent += 1;
    for (let p = 0; p < parts.length; p += 2) lead.unspentUnits += parts[p + 1]! - parts[p]!;
    lead.coins.set(slot, parts);
    this.masks[slot]! |= lead.bit;
  }
}

function reachOf(lead: Lead, untilHeight: number): Reach {
  const { txid, height, leadUnits, holdings, transactions, unspent, unspentUnits, feeUnits, coinJoinUnits } = lead;
  return {
    txid,
    height,
    untilHeight,
    leadUnits,
    holdings,
    transactions,
    unspent,
    unspentUnits,
    feeUnits,
    coinJoinUnits,
  };
}
