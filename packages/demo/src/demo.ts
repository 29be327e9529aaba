import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type AssetId, fill, type Language, type TxId, terms } from '@gongjo/contract';
import { amountText } from './amount-text.ts';
import { assetNames } from './assets.ts';
import { type Cast, chain } from './cast.ts';
import { compare, type Line } from './comparison.ts';
import { compileContracts } from './compile.ts';
import { deskNames, texts } from './demo-texts.ts';
import type { DeskProcess } from './desk-process.ts';
import { type Clock, runHeist, type StepDone } from './heist.ts';
import { planHeist } from './plan.ts';
import { DemoError } from './problem.ts';
import { openTheatre, type Ports, type Theatre } from './theatre.ts';
import { reachVerdict, type Verdict } from './verdict.ts';
import { createVoice, type Output, type Voice } from './voice.ts';

export const defaultPaceMs = 120_000;
export const defaultPorts: Ports = { seoul: 4510, washington: 4520 };

export interface DemoOptions {
  readonly seed: number;
  /** From the theft's first block to its last. */
  readonly paceMs: number;
  /** For both desks' data; emptied where an earlier demo made it, refused where it holds anything else. */
  readonly dataDir: string;
  /** The command that runs a desk: program and first arguments. */
  readonly gongjo: readonly string[];
  readonly ports: Ports;
  /** Stop after the comparison instead of waiting for Ctrl-C. */
  readonly exitWhenDone: boolean;
  /** Lines of JSON instead of sentences. */
  readonly json: boolean;
  readonly language: Language;
  readonly out: Output;
  readonly err: Output;
  readonly signal?: AbortSignal;
}

/** Exit codes: all went well; something failed or the desks do not agree with the book; stopped before the end. */
const exitCodes = { done: 0, failed: 1, interrupted: 130 } as const;
/** A desk that dies of the same Ctrl-C as the demo is not lost: the demo's own signal arrives within this time. */
const lostGraceMs = 300;
/** Ethereum's time between blocks. */
const slotMs = 12_000;

const clock: Clock = {
  nowMs: Date.now,
  sleep: async (ms, signal) => {
    await delay(ms, undefined, signal && { signal });
  },
};

/**
 * Plays a theft on a local chain before the eyes of two desks and compares what they say with the script's own book.
 * Gives the exit code; says every error itself. All processes that it starts have ended when it returns.
 */
export async function runDemo(options: DemoOptions): Promise<number> {
  const voice = createVoice(options.out, options);
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  options.signal?.addEventListener('abort', stop, { once: true });
  if (options.signal?.aborted) stop();

  let lost: DemoError | undefined;
  const onLost = async (error: DemoError) => {
    await delay(lostGraceMs);
    if (stopping.signal.aborted) return;
    lost = error;
    stop();
  };
  let agreed: boolean | undefined;
  try {
    voice.tell('starting', texts.starting, { seed: options.seed });
    const { signal } = stopping;
    const dataDir = resolve(options.dataDir);
    await using theatre = await openTheatre({ ...options, dataDir, clock, onLost, signal });
    await introduce(theatre, voice);
    const verdict = await play(options, theatre, voice, signal);
    tellVerdict(verdict, theatre.world.cast, voice, options.language, dataDir);
    agreed = verdict.agree;
    if (!options.exitWhenDone) {
      voice.tell('staying', texts.staying);
      await keepMining(theatre, signal);
    }
    voice.tell('stopping', texts.stopping);
  } catch (thrown) {
    if (!stopping.signal.aborted) lost ??= asDemoError(thrown);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
    options.signal?.removeEventListener('abort', stop);
  }
  if (lost !== undefined) {
    createVoice(options.err, options).tell('error', texts.error, { text: lost.text, hint: lost.hint });
    return exitCodes.failed;
  }
  if (agreed === undefined) return exitCodes.interrupted;
  return agreed ? exitCodes.done : exitCodes.failed;
}

/** As long as people look around, the chain goes on as chains do: a node without a new block would be told as one that stands still. */
async function keepMining({ world: { chain } }: Theatre, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(slotMs, signal).catch(() => undefined);
    if (!signal.aborted) await chain.mine();
  }
}

async function introduce({ world, seoul, washington }: Theatre, voice: Voice): Promise<void> {
  const { tookMs } = await compileContracts();
  voice.tell('chain', texts.chain, { url: world.chain.url, ms: Math.round(tookMs) });
  voice.tell('paired', texts.paired);
  for (const { id, ready } of [seoul, washington]) {
    const url = ready.signInUrl;
    if (url) voice.tell('sign-in', texts.signIn, { desk: id, name: deskNames[id], url });
  }
}

async function play(options: DemoOptions, theatre: Theatre, voice: Voice, signal: AbortSignal): Promise<Verdict> {
  const { world, seoul } = theatre;
  const lead: TxId[] = [];
  await runHeist({
    ...{ world, plan: planHeist(options.seed), clock, paceMs: options.paceMs, signal },
    onStep: async (done) => {
      tellStep(done, voice);
      if (done.leadTxids.length === 0) return;
      lead.push(...done.leadTxids);
      await openIncident(seoul, lead, signal);
      voice.tell('incident', texts.opened, { desk: seoul.id, txids: lead, count: lead.length });
    },
  });
  voice.tell('heist-over', texts.heistOver);
  return reachVerdict(theatre, lead, clock, signal);
}

function tellStep({ step, number, of, height, time, txids }: StepDone, voice: Voice): void {
  voice.tell('step', texts.step, { id: step.id, number, of, height, time, txids, text: step.text });
}

async function openIncident(desk: DeskProcess, lead: readonly TxId[], signal: AbortSignal): Promise<void> {
  const { en, ko } = texts.incidentTitle;
  const what = ['--chain', chain, ...lead.flatMap((txid) => ['--tx', txid]), '--kind', 'theft'];
  const named = ['--title-en', en, '--title-ko', ko, '--victim', texts.victim.en];
  await desk.run(['incident', 'open', ...what, ...named], signal);
}

/** The book's totals, then where a desk says something else. */
function tellVerdict(
  { expected, desks, agree }: Verdict,
  cast: Cast,
  voice: Voice,
  language: Language,
  folder: string,
): void {
  const names = assetNames(cast);
  const amount = (units: bigint, asset: AssetId) =>
    amountText(units, names.get(asset) ?? { symbol: asset, decimals: 0 });
  const kindOf = (kind: Line['kind']) => (kind === 'stolen' ? texts.stolen : terms.stop[kind])[language];
  for (const { asset, kind, expected: units } of compare(expected, undefined)) {
    voice.tell('total', texts.total, { kind: kindOf(kind), code: kind, asset, units, amount: amount(units, asset) });
  }
  for (const { desk, incident, lines } of desks) {
    const name = deskNames[desk];
    if (incident === undefined) {
      voice.tell('missing', texts.missing, { desk, name });
      continue;
    }
    for (const { asset, kind, expected: right, found } of lines.filter((line) => line.expected !== line.found)) {
      const said = { kind: kindOf(kind), expected: amount(right, asset), found: amount(found, asset) };
      voice.tell('differs', texts.differs, { ...said, desk, name, code: kind, asset });
    }
  }
  voice.tell('result', agree ? texts.agree : texts.disagree, { agree, folder });
}

function asDemoError(thrown: unknown): DemoError {
  if (thrown instanceof DemoError) return thrown;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  const text = { en: fill(texts.unexpected.en, { detail }), ko: fill(texts.unexpected.ko, { detail }) };
  return new DemoError({ text, hint: texts.unexpectedHint }, thrown);
}
