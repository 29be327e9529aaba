import type { UtxoTransaction } from '../model.ts';
import { type CoinJoinVerdict, reason, type Shape, unknownInputs } from './shape.ts';

/** The pools' denominations in satoshi: 0.001, 0.01, 0.05 and 0.5 BTC. */
const pools: ReadonlySet<bigint> = new Set([100_000n, 1_000_000n, 5_000_000n, 50_000_000n]);
/** A mix had five participants; from 2022 ("surge cycles") up to eight, and ten were announced. */
const participantsMin = 5;
const participantsMax = 10;
/** What a newcomer's coin holds above the denomination, for the miner. Seen up to about 0.0011 BTC when fees were high. */
const excessMax = 110_000n;

/**
 * Whirlpool (Samourai Wallet, 2019–2024, and its successors): as many inputs as outputs, every output exactly the pool's
 * denomination and to an address of its own, every input the denomination (a coin that mixes again) or a little more (a
 * newcomer, who pays the miner). Schnoering, Vazirgiannis, "Heuristics for Detecting CoinJoin Transactions on the Bitcoin
 * Blockchain", 2023, section on Whirlpool. The transaction before it (tx0), with which one owner splits coins into the
 * denomination, is no CoinJoin: its outputs hold more than the denomination and it carries data.
 *
 * Fails: pools of other denominations (they are seen as `equal-output`); one owner who imitates the shape is refused too.
 */
export function whirlpool(tx: UtxoTransaction, shape: Shape): CoinJoinVerdict | null {
  const { inputs, outputs, equal, inputAddresses } = shape;
  if (inputs !== outputs || inputs < participantsMin || inputs > participantsMax) return null;
  if (!pools.has(equal.units) || equal.count !== outputs || inputAddresses < inputs) return null;
  let exact = 0;
  for (const { units } of tx.inputs) {
    if (units === null) continue;
    if (units < equal.units || units > equal.units + excessMax) return null;
    if (units === equal.units) exact += 1;
  }
  const again = { exact, above: inputs - shape.inputsUnknown - exact };
  return {
    kind: 'whirlpool',
    certainty: 'heuristic',
    reasons: [
      reason('pool-denomination', { count: outputs, units: equal.units }),
      reason('pool-inputs', again),
      reason('input-addresses', { count: inputAddresses, equal: equal.count }),
      ...unknownInputs(shape),
    ],
  };
}
