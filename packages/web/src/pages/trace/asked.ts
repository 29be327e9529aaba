import { feeRules, type Lead, type TraceRequest, traceDirections, traceMethods } from '@gongjo/contract';
import { z } from 'zod';

const zWhole = z.coerce.number().int().min(0).optional().catch(undefined);

/**
 * What the page traces, in its address, so that a link to it can be sent. `start` is one or several of `ADDRESS`, `TXID` and
 * `TXID:ORD`, with commas between them. What is left out is the desk's default.
 */
export const zTraceAsked = z.object({
  chain: z.string().optional().catch(undefined),
  start: z.coerce.string().optional().catch(undefined),
  direction: z.enum(traceDirections).optional().catch(undefined),
  method: z.enum(traceMethods).optional().catch(undefined),
  fees: z.enum(feeRules).optional().catch(undefined),
  hops: zWhole,
  /** The smallest part that is followed, in the asset's smallest unit. */
  min: z.coerce
    .string()
    .regex(/^\d{1,78}$/)
    .optional()
    .catch(undefined),
  /** As of this block. */
  until: zWhole,
  /** Methods that are compared with it. */
  with: z.array(z.enum(traceMethods)).optional().catch(undefined),
  /** A saved view. */
  view: z.coerce.string().optional().catch(undefined),
});
export type TraceAsked = z.infer<typeof zTraceAsked>;

export const startsMax = 100;

/** A transaction's hash is 64 hexadecimal digits on every chain that a desk reads; no address is. */
const TXID = /^(?:0x)?[0-9a-f]{64}$/i;

export function startText(lead: TraceRequest['leads'][number]): string {
  if ('address' in lead) return lead.address;
  return typeof lead.ord === 'number' ? `${lead.txid}:${lead.ord}` : lead.txid;
}

/** The leads that a text names, each once. Whether they are good ones is the desk's to say. */
export function readStart(text: string): Lead[] {
  const words = [...new Set(text.split(/[\s,;]+/).filter((word) => word !== ''))];
  return words.map((word) => {
    const [, txid, ord] = /^(.+):(\d{1,7})$/.exec(word) ?? [];
    if (txid !== undefined && TXID.test(txid)) return { txid, ord: Number(ord) };
    return TXID.test(word) ? { txid: word, ord: null } : { address: word };
  }) as Lead[];
}

/** The question for the desk; null where there is none yet. */
export function requestOf({
  chain,
  start,
  direction,
  method,
  fees,
  hops,
  min,
  until,
}: TraceAsked): TraceRequest | null {
  const leads = readStart(start ?? '');
  if (chain === undefined || leads.length === 0 || leads.length > startsMax) return null;
  const bounds = {
    ...(hops === undefined ? {} : { hopsMax: hops }),
    ...(min === undefined ? {} : { unitsMin: min.replace(/^0+(?=\d)/, '') }),
  };
  return {
    chain: chain as TraceRequest['chain'],
    leads,
    ...(direction && { direction }),
    ...(method && { method }),
    ...(fees && { fees }),
    ...(Object.keys(bounds).length > 0 && { bounds }),
    ...(until === undefined ? {} : { untilHeight: until }),
  };
}

/** The address of the page for a question, e.g. of a saved view. */
export function askedOf(request: TraceRequest, compareWith: readonly (typeof traceMethods)[number][] = []): TraceAsked {
  const { chain, leads, direction, method, fees, bounds, untilHeight } = request;
  return {
    chain,
    start: leads.map(startText).join(','),
    direction,
    method,
    fees,
    hops: bounds?.hopsMax,
    min: bounds?.unitsMin,
    until: untilHeight,
    with: compareWith.length === 0 ? undefined : [...compareWith],
  };
}
