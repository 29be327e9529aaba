import type { Address } from '@gongjo/contract';

/** Bech32 and Bech32m: a human-readable part, the last `1`, then the witness version's character (BIP 173, BIP 350). */
const segwit = /^[a-z]{2,8}1(?=[02-9ac-hj-np-z]+$)(.)/;
/** Version 0 programs are 20 or 32 bytes: 39 or 59 characters after the separator. */
const keyHashLength = 39;

/**
 * A text that is the same for addresses of the same kind of script on the same network, as far as the address tells: inputs
 * of the ledger carry no type. P2PK counts as P2PKH, whose address it has. In base58 the first character tells the version;
 * test networks' P2PKH have two (`m`, `n`).
 */
export function addressKind(address: Address): string {
  const version = segwit.exec(address)?.[1];
  if (version !== undefined) {
    const data = address.length - address.lastIndexOf('1') - 1;
    return version === 'q' ? (data === keyHashLength ? 'p2wpkh' : 'p2wsh') : `witness ${version}`;
  }
  if (address.startsWith('scripthash:')) return 'script';
  const first = address.slice(0, 1);
  return `base58 ${first === 'n' ? 'm' : first}`;
}
