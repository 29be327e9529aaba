import { type ChildProcess, execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { endChild, hasEnded, spawnOwned } from './child.ts';
import type { DeskName } from './demo-texts.ts';
import { errorFrom, jsonLine, type Ready, tailOf, zReady } from './desk-output.ts';
import type { DemoError } from './problem.ts';

/** A desk opens its stores within seconds; a loaded machine gets this long. */
const readyMsMax = 120_000;
/** The longest that one command may take; the desk answers most within a second. */
const commandMsMax = 60_000;
/** An incident with its trace is the largest answer; a long one has some megabytes. */
const answerBytesMax = 64 * 1024 * 1024;

export interface DeskOptions {
  readonly id: DeskName;
  /** The command that runs a desk: program and first arguments. */
  readonly gongjo: readonly string[];
  readonly dataDir: string;
  readonly configFile: string;
  /** Takes what the desk writes to its error output. */
  readonly logFile: string;
  /** The desk ended though nobody asked it to. */
  readonly onLost?: (error: DemoError) => void;
  /** Ends a desk that is not ready yet. */
  readonly signal?: AbortSignal;
}

/** A desk as a stranger knows it: a process, a command line, an address. */
export interface DeskProcess {
  readonly id: DeskName;
  /** Of the latest start. */
  readonly ready: Ready;
  readonly pid: number;
  /** Runs a command against its data folder and gives what it printed, parsed. Throws the desk's own error. */
  run(args: readonly string[], signal?: AbortSignal): Promise<unknown>;
  /** Ends it as an accident would (SIGKILL) or politely (SIGTERM), and waits. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same data, after stopping it where it still runs. */
  restart(): Promise<void>;
}

const runFile = promisify(execFile);

/** Starts a desk and waits until it is ready. Throws the desk's own error where it does not start. */
export async function startDesk(options: DeskOptions): Promise<DeskProcess> {
  const { id, gongjo, dataDir } = options;
  const [program = process.execPath, ...first] = gongjo;
  let running = await up(options);

  const kill = async (signal: NodeJS.Signals = 'SIGTERM') => {
    running.expected = true;
    await endChild(running.child, signal);
  };
  return {
    id,
    kill,
    get ready() {
      return running.ready;
    },
    get pid() {
      return running.child.pid ?? 0;
    },
    restart: async () => {
      await kill();
      running = await up(options);
    },
    run: async (args, signal) => {
      const command = [...first, ...args, '--data', dataDir, '--json'];
      try {
        const { stdout } = await runFile(program, command, {
          timeout: commandMsMax,
          maxBuffer: answerBytesMax,
          ...(signal && { signal }),
        });
        return JSON.parse(stdout);
      } catch (thrown) {
        signal?.throwIfAborted();
        throw errorFrom(`gongjo ${args.slice(0, 2).join(' ')}`, outputOf(thrown));
      }
    },
  };
}

interface Running {
  readonly child: ChildProcess;
  readonly ready: Ready;
  expected: boolean;
}

async function up(options: DeskOptions): Promise<Running> {
  const { id, gongjo, dataDir, configFile, logFile, onLost, signal } = options;
  signal?.throwIfAborted();
  const [program = process.execPath, ...first] = gongjo;
  const args = [...first, 'up', '--data', dataDir, '--config', configFile, '--json'];
  const child = spawnOwned(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });

  let written = '';
  const keep = (text: string) => {
    written = tailOf(written + text);
  };
  const log = createWriteStream(logFile, { flags: 'a' });
  child.stderr?.setEncoding('utf8').on('data', keep);
  child.stderr?.pipe(log);

  const giveUp = () => child.kill('SIGKILL');
  signal?.addEventListener('abort', giveUp);
  const ready = await new Promise<Ready>((resolve, reject) => {
    const timer = setTimeout(() => fail(`not ready after ${readyMsMax / 1000} s`), readyMsMax);
    const fail = (why?: string) => {
      clearTimeout(timer);
      reject(errorFrom(id, why ?? written));
    };
    child.once('error', (error) => fail(error.message));
    // `close`, not `exit`: what it wrote last may still be in the pipe.
    child.once('close', () => fail());
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = zReady.safeParse(jsonLine(line));
      if (!said.success) return keep(`${line}\n`);
      clearTimeout(timer);
      resolve(said.data);
    });
  })
    .catch(async (thrown) => {
      await endChild(child, 'SIGKILL');
      throw thrown;
    })
    .finally(() => signal?.removeEventListener('abort', giveUp));

  const running: Running = { child, ready, expected: false };
  const lost = () => {
    if (!running.expected) onLost?.(errorFrom(id, written));
  };
  if (hasEnded(child)) lost();
  else child.once('close', lost);
  return running;
}

function outputOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const { stdout = '', stderr = '' } = thrown as Error & { stdout?: string; stderr?: string };
  const said = `${stdout.trim()}\n${stderr.trim()}`.trim();
  return said === '' ? thrown.message : said;
}
