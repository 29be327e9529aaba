/** How many letters people compare at each end of an address; who mints look-alikes matches just these. */
const lettersCompared = 4;
/** What every address of a kind begins with and nobody compares: `0x`; the prefix, separator and version of BIP 173. */
const head = /^(?:0x|(?:bc|tb|ltc|bcrt)1.)/i;

/**
 * What an address shows of itself where it is shortened: its first letters, after what all of its kind begin with, and its last,
 * in lower case. Two addresses with the same ends that are not the same are look-alikes. Known to miss imitations that agree at
 * one end only. The index of watched addresses (`watch/search.store.ts`) says the same in SQL.
 */
export function endsOf(address: string): string {
  const body = address.replace(head, '');
  return (body.slice(0, lettersCompared) + address.slice(-lettersCompared)).toLowerCase();
}
