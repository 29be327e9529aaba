import { GongjoError } from '../kernel/index.ts';
import { instantIn } from './instant.ts';

/** A time as people type it. */
export const timeIn = (given: string | undefined) => (given === undefined ? undefined : instantIn(given));

/** `--amount ASSET=UNITS`, as often as it is given. Throws `usage-wrong`. */
export function amountsIn(given: unknown): object[] | undefined {
  if (!Array.isArray(given)) return undefined;
  return given.map((it: string) => {
    const at = it.lastIndexOf('=');
    if (at < 1) throw new GongjoError('usage-wrong', { detail: `--amount ${it}` });
    return { asset: it.slice(0, at), units: it.slice(at + 1) };
  });
}
