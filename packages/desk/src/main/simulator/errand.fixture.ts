import { GongjoError } from '../../kernel/index.ts';
import type { PartnerContext } from '../../partner/index.ts';

/** What happens at a desk from outside of it: its thefts go on, its people do something, somebody reads what it serves. */
export type Errand = readonly [name: string, work: (context: PartnerContext) => Promise<void>];

/** A problem that whoever asked is told; anything else is a fault of the desk. */
export function expected(thrown: unknown): void {
  if (!(thrown instanceof GongjoError)) throw thrown;
}
