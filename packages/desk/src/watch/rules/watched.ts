import type { Hit } from '../screen/hit.ts';
import type { Finding } from './model.ts';

/**
 * `watched-moved`: value came to or left an address that somebody ordered to be watched – by itself, in a list, or by a
 * category of tags.
 *
 * Fails: as the list fails; dust that strangers send is told, too, for who sends to a watched address may matter. A list that
 * holds busy addresses of services floods: its alerts join into one group an address, which can be silenced.
 */
export function watched(hits: readonly Hit[]): Finding[] {
  return hits.flatMap(({ movement, address, watch }) =>
    watch === null || movement.units === 0n ? [] : [{ rule: 'watched-moved', at: movement, subject: address, watch }],
  );
}
