import { z } from 'zod';
import {
  zChainExtension,
  zGroupingExtension,
  zIncidentExtension,
  zRequestExtension,
  zRevisionExtension,
  zTransactionExtension,
} from './extension.ts';
import { zHoldExtension } from './hold.ts';
import { zHoldAskedExtension, zHoldToldExtension } from './hold-desk.ts';

const schemas: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ['incident', zIncidentExtension],
  ['cryptocurrency-transaction', zTransactionExtension],
  ['course-of-action', zHoldExtension],
  ['grouping', zGroupingExtension],
  ['note', z.union([zRevisionExtension, zRequestExtension, zHoldAskedExtension, zHoldToldExtension])],
]);

/** The schema of our extension on objects of this type. */
export function extensionSchemaOf(type: string): z.ZodType {
  return schemas.get(type) ?? zChainExtension;
}
