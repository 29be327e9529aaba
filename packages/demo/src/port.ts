import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { demoError } from './problem.ts';

export const host = '127.0.0.1';

/** Below the ports that operating systems give to whoever asks for any (Linux: from 32768; IANA: from 49152). */
const quietPorts = [20_000, 32_768] as const;

/**
 * A port that a child process can be told to listen on: free now, and not one that the system would give to another
 * process in the meantime. Throws `port-in-use` where none was found.
 */
export async function freePort(attempts = 20): Promise<number> {
  const port = randomInt(...quietPorts);
  try {
    await probePort(port);
    return port;
  } catch (thrown) {
    if (attempts <= 1) throw thrown;
    return freePort(attempts - 1);
  }
}

/** Takes `port` for a moment. Throws `port-in-use`. */
export async function probePort(port: number): Promise<void> {
  const server = createServer();
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, 'listening');
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE') {
      throw demoError('port-in-use', { host, port });
    }
    throw thrown;
  } finally {
    server.close();
  }
}
