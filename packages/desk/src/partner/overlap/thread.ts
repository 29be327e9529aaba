import { randomBytes } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { detailOf, invariant } from '../../kernel/index.ts';
import { type Context, openGroup, voprfOver } from '../../overlap/index.ts';
import { work } from './work.ts';

/** A thread that computes what it is asked, one thing after another. */
invariant(parentPort !== null, 'this file runs as a thread');
const port = parentPort;
const context: Context = {
  voprf: voprfOver(await openGroup()),
  random: (count) => new Uint8Array(randomBytes(count)),
};

port.on('message', ({ name, args }: { name: keyof typeof work; args: unknown[] }) => {
  try {
    const perform = work[name] as (context: Context, ...given: unknown[]) => unknown;
    port.postMessage({ result: perform(context, ...args), failure: null });
  } catch (thrown) {
    port.postMessage({ result: null, failure: detailOf(thrown) });
  }
});
