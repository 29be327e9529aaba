import { createHash } from 'node:crypto';

/** SHA-256 over the fields in a fixed order: equal digests mean equal items, however a list orders its fields. */
export function digestOf(fields: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}
