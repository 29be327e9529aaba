import { inputFault, type NewIncident } from '@gongjo/contract';
import { epochMs, GongjoError, instant } from '../kernel/index.ts';
import { parseAddress, parseTxIds } from './parse.ts';

/** Clocks of honest reporters differ by this much. */
const clockSkewMs = 5 * 60_000;

type Moved = Pick<NewIncident, 'chain' | 'txids' | 'addresses' | 'amounts'>;

/**
 * What a report names, as the ledger knows it. Throws `input-invalid` for what is no transaction or address of its chain,
 * `asset-of-other-chain` and `time-in-future`.
 */
export function parseReported(given: NewIncident, now: number): NewIncident {
  for (const field of ['occurredAt', 'detectedAt'] as const) {
    const at = given[field];
    if (at === undefined) continue;
    if (Number.isNaN(epochMs(at))) throw new GongjoError('input-invalid', { detail: inputFault(field, 'time') });
    if (epochMs(at) > now + clockSkewMs) throw new GongjoError('time-in-future', { field, at: instant(epochMs(at)) });
  }
  const { parts } = given;
  return { ...given, ...movedOf(given), ...(parts && { parts: parts.map((part) => movedOf(part)) }) };
}

function movedOf({ chain, txids, addresses, amounts }: Moved): Moved {
  const foreign = amounts?.find(({ asset }) => !asset.startsWith(`${chain}/`));
  if (foreign) throw new GongjoError('asset-of-other-chain', { asset: foreign.asset, chain });
  return {
    chain,
    txids: parseTxIds(chain, txids),
    ...(addresses && {
      addresses: addresses.map(({ address, role }, index) => ({
        address: parseAddress(chain, `addresses.${index}`, address),
        role,
      })),
    }),
    ...(amounts && { amounts }),
  };
}
