import { readFile } from 'node:fs/promises';
import { detailOf, GongjoError } from '../../kernel/index.ts';
import { type Rpc, rpcClient } from '../evm/rpc.client.ts';

export interface BitcoinNodeOptions {
  /** `http://user:password@host:8332`, with `rpcuser` and `rpcpassword` (or `rpcauth`) of the node. */
  readonly url: string;
  /** The file `.cookie` in the node's data folder, instead of user and password in the URL. */
  readonly cookieFile?: string | undefined;
}

/** A cookie is `__cookie__:` and 64 hexadecimal digits; what is much longer is another file. */
const COOKIE_CHARS_MAX = 1024;

/**
 * A client of Bitcoin Core's JSON-RPC. The cookie is read now, and a node writes another at each start: make the client anew
 * at each connection.
 *
 * @throws GongjoError `node-unreachable` when the URL or the cookie file is of no use
 */
export async function bitcoinNode({ url, cookieFile }: BitcoinNodeOptions): Promise<Rpc> {
  if (cookieFile === undefined) return rpcClient({ url, alwaysBatch: true });
  const place = URL.parse(url);
  const unreachable = (detail: string) =>
    new GongjoError('node-unreachable', { url: place === null ? '(?)' : `${place.protocol}//${place.host}`, detail });
  const cookie = await readFile(cookieFile, 'utf8').catch((error: unknown) => {
    throw unreachable(`the cookie file cannot be read: ${detailOf(error)}`);
  });
  const [user, password, ...rest] = cookie.trim().split(':');
  if (!user || !password || rest.length > 0 || cookie.length > COOKIE_CHARS_MAX) {
    throw unreachable('the cookie file holds no cookie');
  }
  if (place !== null) {
    place.username = encodeURIComponent(user);
    place.password = encodeURIComponent(password);
  }
  return rpcClient({ url: place?.href ?? url, alwaysBatch: true });
}
