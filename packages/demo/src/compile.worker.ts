import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';

// The compiler is several megabytes of WebAssembly, keeps some 200 MB and takes over the process's unhandledRejection
// event. In a worker all of that goes away when the answer is in.
const solc: { compile(input: string): string } = createRequire(import.meta.url)('solc');
parentPort?.postMessage(solc.compile(workerData));
