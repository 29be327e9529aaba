import type { Settings } from '../platform/index.ts';

/** What the command line needs of the process it runs in. `main` provides it. */
export interface CliHost {
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends when the person asks to stop (Ctrl-C) or the system does. */
  readonly signal: AbortSignal;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** The desk of a data folder: the running one, or the folder opened in this process. */
  open(settings: Settings): Promise<Door>;
  /** Runs a desk until the signal; `ready` is called when it answers. */
  up(settings: Settings, ready: (started: Started) => void): Promise<void>;
  demo(options: DemoOptions): Promise<number>;
}

/** The desk's HTTP API, wherever it is. Problems are thrown as `GongjoError`. */
export interface Door {
  call<T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T>;
  /** An answer of JSON lines, as they come, until it ends or the signal ends it. */
  lines<T>(path: string, body: unknown, signal: AbortSignal): AsyncIterable<T>;
  close(): Promise<void>;
}

export interface Started {
  readonly desk: string;
  readonly url: string;
  /** A one-time link, where nobody has signed in yet. */
  readonly signInUrl: string | null;
}

export interface DemoOptions {
  readonly paceMs: number;
  readonly seed: number;
  readonly dataDir: string;
  readonly exitWhenDone: boolean;
  readonly json: boolean;
  readonly language: 'en' | 'ko';
}
