import { once } from 'node:events';
import { createServer } from 'node:net';
import { demoError } from './problem.ts';

export const host = '127.0.0.1';

/** Takes `port` (0: any free one) for a moment and says which it was. Throws `port-in-use`. */
export async function probePort(port: number): Promise<number> {
  const server = createServer();
  try {
    server.listen({ host, port, exclusive: true });
    await once(server, 'listening');
    const bound = server.address();
    return typeof bound === 'object' && bound !== null ? bound.port : port;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EADDRINUSE') {
      throw demoError('port-in-use', { host, port });
    }
    throw thrown;
  } finally {
    server.close();
  }
}
