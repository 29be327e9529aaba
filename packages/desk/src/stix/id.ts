import { z } from 'zod';
import { canonicalJson } from '../kernel/index.ts';
import { uuid5 } from './uuid.ts';

/** STIX 2.1 section 2.9: object type, two hyphens, UUID. Versions 1 to 8 and both cases are read; we write lower case. */
const uuidPattern = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}';

export const zStixType = z
  .string()
  .min(3)
  .max(250)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);

/** The longest type (250), the two hyphens and the UUID (36). */
const ID_CHARS_MAX = 288;

export const zStixId = z
  .string()
  .max(ID_CHARS_MAX)
  .regex(new RegExp(`^[a-z][a-z0-9]*(-[a-z0-9]+)*--${uuidPattern}$`))
  .brand<'StixId'>();
export type StixId = z.infer<typeof zStixId>;

/** An identifier of an object of one of these types. */
export function zRefTo(...types: readonly string[]) {
  return z
    .string()
    .max(ID_CHARS_MAX)
    .regex(new RegExp(`^(${types.join('|')})--${uuidPattern}$`), `must be the id of: ${types.join(', ')}`)
    .brand<'StixId'>();
}

/** `stixId('incident', uuid)`; throws `ZodError` when either part is not of its form. */
export function stixId(type: string, uuid: string): StixId {
  return zStixId.parse(`${type}--${uuid}`);
}

/** STIX 2.1 section 2.9: the namespace of deterministic identifiers of observables. */
export const stixNamespace = '00abedb4-aa42-466c-9c01-fed23315a9b7';

/**
 * The name is the bare address, not the JSON of the contributing properties that STIX 2.1 section 2.9 describes, because
 * the published wallet and transaction extensions and the tools that emit them do it this way; identifiers then agree.
 */
export function walletId(address: string): StixId {
  return stixId('cryptocurrency-wallet', uuid5(stixNamespace, address));
}

/** As `walletId`: the name is the bare transaction hash. */
export function transactionId(txid: string): StixId {
  return stixId('cryptocurrency-transaction', uuid5(stixNamespace, txid));
}

/** Chosen once for this project; a change would give every object that desks have exchanged another identifier. */
const gongjoNamespace = 'dea456d4-c2bd-4482-9baf-c1f9188592cb';

/**
 * The identifier of what these parts name: built again from the same parts it is the same, so a partner sees a new
 * version and not a new object. The parts are joined as canonical JSON, so that `['a', 'bc']` and `['ab', 'c']` differ.
 */
export function gongjoId(type: string, ...parts: readonly string[]): StixId {
  return stixId(type, uuid5(gongjoNamespace, canonicalJson([type, ...parts])));
}
